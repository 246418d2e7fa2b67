// From a stranger to an account: asking for one, and proving that the address is theirs.
#pragma once

#include <string>
#include <string_view>

#include "accounts/registry.h"

namespace mmx::accounts {

struct Registration {
    std::string email, display_name, password;
    bool age_confirmed = false;  // old enough by their own word; the birth date is never asked
    std::string terms_version;
};

// Hashes. The outcome and the time are the same whether the address is new, pending or known: a new one gets
// a link by mail (24 h), a known one a note that somebody tried. An address gets at most five such mails an
// hour; beyond that nothing more is sent, and nothing says so. Errors name a field of the Registration.
base::Status register_account(const Registry& registry, const Registration& registration);

// Another link for the registration asked for last; the earlier ones stay good. Always the same answer;
// only an address that can be none is an error (field "email").
base::Status resend_verification(const Registry& registry, std::string_view email);

// Makes the account, uses the link up and drops other registrations of the address. Two at once: one
// succeeds. The user then logs in. Errors: field "token" (unknown, used, over), conflict (the address has
// got an account meanwhile).
base::Result<Account> verify(const Registry& registry, std::string_view token);

}  // namespace mmx::accounts
