// Making and ending sessions inside somebody else's transaction. For this room only.
#pragma once

#include "accounts/sessions.h"

namespace mmx::accounts {

// The caller holds the account's lock, so that no suspension or new password slips between.
base::Result<SignedIn> open_session(store::Transaction& transaction, const Account& account,
                                    std::string_view user_agent);

// All of the account's but the one named; an empty name spares none. Says how many.
base::Result<std::int64_t> end_sessions_but(store::Transaction& transaction, const std::string& account_id,
                                            const std::string& spared_id);

}  // namespace mmx::accounts
