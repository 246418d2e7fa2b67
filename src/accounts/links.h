// The tokens in mailed links: random, stored as their hash, good once. For this room only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace mmx::accounts {

inline constexpr std::int64_t kLinkLife_ms = 3600LL * 1000;
inline constexpr std::int64_t kRegistrationLife_ms = 24LL * 3600 * 1000;

// Under which a token is stored and looked up. The tokens are random, so a plain hash is enough.
std::string stored_form(std::string_view token);
// "The link is not good (any more)", on the field "token".
tl::unexpected<base::Error> fail_link();

enum class Purpose { reset, email };

// Makes a link's token; a new one for another address replaces the one before.
base::Result<std::string> make_link_token(store::Transaction& transaction, const std::string& account_id,
                                          Purpose purpose,
                                          const std::optional<std::string>& new_email = std::nullopt);

// The same work for somebody who has no account, and no link.
base::Status make_no_link(store::Transaction& transaction, Purpose purpose);

struct Link {
    std::string account_id, new_email;
};
// Uses it up; of two at once, one gets it. fail_link() when it is unknown, used, over or for another purpose.
base::Result<Link> use_link(store::Transaction& transaction, std::string_view token, Purpose purpose);
// Only looks.
base::Result<Link> look_at_link(store::Database& database, std::string_view token, Purpose purpose);

}  // namespace mmx::accounts
