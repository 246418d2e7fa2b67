// The same order sent twice is one order: answers kept by account and Idempotency-Key for 24 hours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "store/database.h"

namespace mmx::jobs {

struct StoredAnswer {
    int status = 0;      // HTTP
    std::string answer;  // the body
};

// First thing in the ordering transaction. Nothing: the order is new, so do it and call remember() in the
// same transaction. An answer: the order was done before; send that and change nothing. Of two at the same
// time one waits for the other. body_hash covers method, path and body. Errors: Kind::invalid_request with
// the field "Idempotency-Key": the key is not 1 to 200 visible ASCII characters, or came before with another
// body.
base::Result<std::optional<StoredAnswer>> begin(store::Transaction& transaction,
                                                const std::string& account_id, const std::string& key,
                                                const std::string& body_hash);
base::Status remember(store::Transaction& transaction, const std::string& account_id, const std::string& key,
                      const StoredAnswer& answer);

// Forgets keys older than 24 hours. Says how many.
base::Result<std::int64_t> sweep_idempotency(store::Database& database);

}  // namespace mmx::jobs
