// What the counters of this room are keyed by, and asking for a password again. For this room only.
#pragma once

#include <string>
#include <string_view>

#include "accounts/registry.h"

namespace mmx::accounts {

std::string login_key(const Registry& registry, std::string_view email);
std::string confirm_key(const Registry& registry, const std::string& account_id);

// As confirm_password(), and gives the hash that was matched: what replaces it must find it unchanged.
base::Result<std::string> confirmed_hash(const Registry& registry, const std::string& account_id,
                                         std::string_view password, std::string_view field);

}  // namespace mmx::accounts
