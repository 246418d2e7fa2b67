// The first administrator: by a link printed at the first start, or from the command line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounts/registry.h"
#include "accounts/sessions.h"

namespace mmx::accounts {

base::Result<bool> has_administrator(const Registry& registry);
// "https://music.example/setup#token=...", good once and for an hour; nothing once an administrator exists.
base::Result<std::optional<std::string>> make_setup_link(const Registry& registry);

struct FirstAdministrator {
    std::string token, email, display_name, password;
};
// Hashes. Makes the account (no mail is needed) and logs in. Of two at once, one succeeds. Errors: field
// "token" (unknown, used, over), conflict (an administrator exists), fields of the account.
base::Result<SignedIn> set_up(const Registry& registry, const FirstAdministrator& first,
                              std::string_view user_agent);

// Hashes. For whoever has the machine's command line. Errors: as above, conflict for a known address.
base::Result<Account> make_administrator(const Registry& registry, std::string_view email,
                                         std::string_view display_name, std::string_view password);

}  // namespace mmx::accounts
