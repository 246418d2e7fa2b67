// Logging in, and the pauses that make guessing passwords hopeless.
#pragma once

#include <string_view>

#include "accounts/registry.h"
#include "accounts/sessions.h"

namespace mmx::accounts {

// Hashes. A new session with a new token. Errors: not_signed_in (unknown address or wrong password: same
// words, same time), not_allowed (the password was right, the account is suspended), too_many with
// retry_after_seconds: after ten failures within 15 minutes a pause of half a minute that doubles with each
// further failure, at most 15 minutes. The pause is the address's, whether it has an account or not; living
// sessions go on, and a password reset ends it.
base::Result<SignedIn> log_in(const Registry& registry, std::string_view email, std::string_view password,
                              std::string_view user_agent);

// Hashes. Asks for the password again before something grave; the same pauses, counted by account. Errors:
// the given field (wrong password), too_many.
base::Status confirm_password(const Registry& registry, const std::string& account_id,
                              std::string_view password, std::string_view field = "password");

}  // namespace mmx::accounts
