// Writing the ledger: a balance changes only together with the row that says why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "billing/ledger.h"
#include "store/database.h"

namespace mmx::billing {

// Adds the amount where the balance then is not negative, and gives the new one; nothing: it would be.
base::Result<std::optional<std::int64_t>> change_balance(store::Transaction& transaction,
                                                         const std::string& account_id, std::int64_t amount);

struct NewEntry {
    std::string account_id;
    EntryKind kind = EntryKind::grant;
    std::int64_t amount = 0;
    std::optional<std::string> reservation_id, subject, actor_id;
    std::string reason;
};
base::Status append_entry(store::Transaction& transaction, const NewEntry& entry);

}  // namespace mmx::billing
