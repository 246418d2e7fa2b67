// Does the ledger add up? Asked by the doctor, and after every crash that a test provokes.
#include <fmt/format.h>

#include "billing/ledger.h"
#include "billing/periods.h"

namespace mmx::billing {
namespace {

struct Check {
    const char* claim;  // what a row that comes back breaks
    const char* sql;    // gives: who, found, expected
};

constexpr Check kChecks[] = {
    {"the balance is not the sum of the ledger",
     "SELECT s.account_id, COALESCE(b.balance, 0), s.total FROM "
     "(SELECT account_id, CAST(SUM(amount) AS BIGINT) AS total FROM ledger GROUP BY account_id) s "
     "LEFT JOIN balances b ON b.account_id = s.account_id WHERE COALESCE(b.balance, 0) <> s.total"},
    {"there is a balance without a ledger",
     "SELECT b.account_id, b.balance, 0 FROM balances b WHERE b.balance <> 0 "
     "AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.account_id = b.account_id)"},
    {"the balance is negative", "SELECT account_id, balance, 0 FROM balances WHERE balance < 0"},
    {"a reservation has another price in the ledger",
     "SELECT r.id, COALESCE(-l.amount, -1), r.cost FROM reservations r "
     "LEFT JOIN ledger l ON l.reservation_id = r.id AND l.kind = 'reserve' "
     "WHERE l.seq IS NULL OR -l.amount <> r.cost"},
    {"a reservation ended more than once",
     "SELECT reservation_id, COUNT(*), 1 FROM ledger WHERE kind IN ('commit', 'refund') "
     "GROUP BY reservation_id HAVING COUNT(*) > 1"},
    {"the ledger ends a reservation otherwise than its row says",
     "SELECT r.id, COUNT(l.seq), CASE WHEN r.state = 'open' THEN 0 ELSE 1 END FROM reservations r "
     "LEFT JOIN ledger l ON l.reservation_id = r.id AND l.kind IN ('commit', 'refund') "
     "AND ((r.state = 'committed' AND l.kind = 'commit' AND l.amount = 0) "
     "  OR (r.state = 'refunded' AND l.kind = 'refund' AND l.amount = r.cost) OR r.state = 'open') "
     "GROUP BY r.id, r.state HAVING COUNT(l.seq) <> CASE WHEN r.state = 'open' THEN 0 ELSE 1 END"},
    {"the ledger names a reservation that is not there",
     "SELECT l.reservation_id, 0, 1 FROM ledger l WHERE l.reservation_id IS NOT NULL "
     "AND NOT EXISTS (SELECT 1 FROM reservations r WHERE r.id = l.reservation_id)"},
    {"a count is not the number of its reservations",
     "SELECT u.account_id || ' ' || u.period, u.used, COUNT(r.id) FROM usage u "
     "LEFT JOIN reservations r ON r.account_id = u.account_id AND r.state <> 'refunded' "
     "AND (r.day = u.period OR r.month = u.period) "
     "GROUP BY u.account_id, u.period, u.used HAVING u.used <> COUNT(r.id)"},
    // Counts are swept after 400 days, reservations stay.
    {"a reservation is not counted",
     "SELECT r.id, 0, 1 FROM reservations r WHERE r.state <> 'refunded' "
     "AND r.created_at > now_ms() - 31536000000 AND ("
     "NOT EXISTS (SELECT 1 FROM usage u WHERE u.account_id = r.account_id AND u.period = r.day) OR "
     "NOT EXISTS (SELECT 1 FROM usage u WHERE u.account_id = r.account_id AND u.period = r.month))"},
};

}  // namespace

base::Result<std::vector<std::string>> audit_ledger(store::Database& database) {
    return database.read([](store::Transaction& transaction) -> base::Result<std::vector<std::string>> {
        std::vector<std::string> problems;
        for (const Check& check : kChecks)
            for (const store::Row& row : TRY(transaction.query(check.sql)))
                problems.push_back(fmt::format("{}: {}: {} where {} is due", check.claim, row.text(0),
                                               row.integer(1), row.integer(2)));
        return problems;
    });
}

}  // namespace mmx::billing
