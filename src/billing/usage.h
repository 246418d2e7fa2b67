// Spending: what an order reserves before work starts, keeps when it succeeds and gets back when it fails.
//
// One order is one `subject` (the generation's id). It has at most one open or committed reservation; after
// a refund it may be reserved again (a replay). Days and months are UTC by the database's clock.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "billing/plans.h"
#include "store/database.h"

namespace mmx::billing {

// Counts one generation in the day and the month and takes `cost` credits (0 or more), together or not at
// all, granting the month's credits first. Correct under parallel requests. On an error the transaction must
// be given up. Kind::over_quota says which limit, how much of it is used and when it starts anew
// (retry_after_seconds too); Kind::conflict: the subject is reserved already.
base::Status reserve(store::Transaction& transaction, const std::string& account_id, const Plan& plan,
                     const std::string& subject, int cost);

// The work is done: the reservation stays spent. True the first time; false when it was committed before,
// was refunded, or never was.
base::Result<bool> commit(store::Transaction& transaction, const std::string& subject);

// The work failed or was cancelled: gives back the credits and the counts of the day and month in which it
// was reserved. True for exactly one caller; false when it was refunded or committed before, or never was.
base::Result<bool> refund(store::Transaction& transaction, const std::string& subject,
                          const std::string& reason);

struct Count {
    std::int64_t used = 0;
    std::int64_t limit = 0;
    std::int64_t resets_at_ms = 0;  // the next UTC midnight, or the first of the next month
    std::int64_t left() const { return used < limit ? limit - used : 0; }
};
struct Usage {
    Count day;
    Count month;
    std::int64_t credits = 0;          // the balance, this month's grant included
    std::int64_t monthly_credits = 0;  // what the plan grants
    std::int64_t credits_at_ms = 0;    // when it grants next
};
// Grants the month's credits if nobody did, so it writes at most once a month.
base::Result<Usage> usage(store::Database& database, const std::string& account_id, const Plan& plan);

// Forgets counts of periods that ended more than 400 days ago.
base::Status sweep_usage(store::Database& database);

}  // namespace mmx::billing
