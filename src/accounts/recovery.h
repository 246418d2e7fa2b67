// Forgotten passwords: a link by mail, good once and for an hour.
#pragma once

#include <string_view>

#include "accounts/registry.h"

namespace mmx::accounts {

// The same answer whether the address has an account or not; at most five mails an hour go to one address.
// Only an address that can be none is an error (field "email").
base::Status forgot_password(const Registry& registry, std::string_view email);

// Hashes. Ends all sessions and any pause for failed log-ins, and tells the owner by mail. Errors: fields
// "token" (unknown, used, over) and "password" (the link stays good then).
base::Status reset_password(const Registry& registry, std::string_view token, std::string_view password);

}  // namespace mmx::accounts
