// The ledger of credits: it only appends, and the balance is its sum.
//
// Rows hold ids, never names or addresses. The database itself refuses to change a row, and to delete one
// outside erase_account(). Beside it a balance is kept by account, changed in the same transaction, so that
// spending is one conditional update and two requests can never spend the same credit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "billing/plans.h"
#include "store/database.h"

namespace mmx::billing {

enum class EntryKind { grant, reserve, commit, refund };
std::string_view name_of(EntryKind kind);  // "grant", ...

struct Entry {
    std::int64_t seq = 0;  // the order of the ledger
    EntryKind kind = EntryKind::grant;
    std::int64_t amount = 0;  // what it adds to the balance; a reserve is negative, a commit 0
    std::string subject;      // id of the song, or empty
    std::string reason;       // "monthly credits 2031-05", an administrator's words, why it was refunded
    std::string actor_id;     // the administrator who granted, or empty: the service
    std::int64_t at_ms = 0;
};

// An administrator's (or a payment's) grant. amount: -1,000,000 to 1,000,000, not 0; a negative one is a
// correction and never takes more than the balance (Kind::conflict). reason: 1 to 200 characters.
// Errors name the field "amount" or "reason". Gives the new balance.
base::Result<std::int64_t> grant(store::Transaction& transaction, const std::string& account_id,
                                 std::int64_t amount, const std::string& reason, const std::string& actor_id);

// The plan's credits of this UTC month, once an account and month however many requests meet here; after a
// change to a plan with more, the difference. reserve() and usage() call it. True when something was granted.
base::Result<bool> grant_month(store::Transaction& transaction, const std::string& account_id,
                               const Plan& plan);

// Without granting the month first: see usage() for what the account page shows.
base::Result<std::int64_t> balance(store::Transaction& transaction, const std::string& account_id);

// Newest first; `before` is the seq of the last entry of the page before. limit: 1 to 200.
base::Result<std::vector<Entry>> ledger_page(store::Database& database, const std::string& account_id,
                                             std::optional<std::int64_t> before, int limit);

// Takes every row of the account out of this room: the only way a ledger row goes. Call it before the
// account's own row is deleted, in the same transaction.
base::Status erase_account(store::Transaction& transaction, const std::string& account_id);

// What does not add up, one sentence each (account and subject ids inside); empty is clean: balances equal
// their sums, none is negative, each reservation has at most one commit or refund, counts equal the
// reservations of their period that were not given back.
base::Result<std::vector<std::string>> audit_ledger(store::Database& database);

}  // namespace mmx::billing
