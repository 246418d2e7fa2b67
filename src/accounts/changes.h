// What owners change about their own account: name, password, address.
#pragma once

#include <string_view>

#include "accounts/registry.h"
#include "accounts/sessions.h"

namespace mmx::accounts {

// Gives the name as stored. Errors: field "display_name".
base::Result<std::string> rename(const Registry& registry, const Session& session,
                                 std::string_view display_name);

// Hashes twice. Ends the account's other sessions and all its links, and tells the owner by mail. Errors:
// fields "current_password" (wrong) and "password" (rules), too_many.
base::Status change_password(const Registry& registry, const Session& session,
                             std::string_view current_password, std::string_view password);

// Hashes. Sends a link (1 h) to the new address and an alert to the present one; nothing changes before the
// link is used. Whether the new address belongs to somebody else is not told. Errors: fields "email" and
// "password", too_many.
base::Status change_email(const Registry& registry, const Session& session, std::string_view password,
                          std::string_view new_email);
// Needs no session: the link proves the address. Tells both addresses. Errors: field "token", conflict (the
// address has got another account meanwhile). Gives the account as it is now.
base::Result<Account> confirm_email(const Registry& registry, std::string_view token);

}  // namespace mmx::accounts
