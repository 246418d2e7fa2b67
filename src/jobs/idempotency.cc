// The row of (account, key) is what two equal orders meet at: the second waits for it, then reads the answer.
#include "jobs/idempotency.h"

#include <algorithm>

namespace mmx::jobs {
namespace {

constexpr std::int64_t kKept_ms = 86'400'000;
constexpr char kField[] = "Idempotency-Key";

}  // namespace

base::Result<std::optional<StoredAnswer>> begin(store::Transaction& transaction,
                                                const std::string& account_id, const std::string& key,
                                                const std::string& body_hash) {
    const bool visible = std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (key.empty() || key.size() > 200 || !visible)
        return base::fail_field(kField, "The Idempotency-Key must be 1 to 200 visible ASCII characters.");
    TRY_VOID(transaction.execute(
        "DELETE FROM idempotency WHERE account_id = ? AND key = ? AND created_at < now_ms() - ?",
        {account_id, key, kKept_ms}));
    const std::int64_t made = TRY(transaction.execute(
        "INSERT INTO idempotency (account_id, key, body_hash, created_at) VALUES (?, ?, ?, now_ms()) "
        "ON CONFLICT DO NOTHING",
        {account_id, key, body_hash}));
    if (made == 1) return std::nullopt;

    const store::Rows rows = TRY(transaction.query(
        "SELECT body_hash, status, answer FROM idempotency WHERE account_id = ? AND key = ?",
        {account_id, key}));
    // A sweep may take the row between the two statements; an order without an answer is a caller's mistake.
    if (rows.empty()) return base::fail_for_now(base::Kind::unavailable, "Please send the order again.");
    if (rows[0].text(0) != body_hash)
        return base::fail_field(
            kField, "This Idempotency-Key came before with another order. Use a new one for each order.");
    if (rows[0].is_null(1))
        return base::fail(base::Kind::internal, "Something went wrong on our side.",
                          "an order without its answer");
    return StoredAnswer{static_cast<int>(rows[0].integer(1)), rows[0].text(2)};
}

base::Status remember(store::Transaction& transaction, const std::string& account_id, const std::string& key,
                      const StoredAnswer& answer) {
    TRY_VOID(
        transaction.execute("UPDATE idempotency SET status = ?, answer = ? WHERE account_id = ? AND key = ?",
                            {answer.status, answer.answer, account_id, key}));
    return {};
}

base::Result<std::int64_t> sweep_idempotency(store::Database& database) {
    return database.execute("DELETE FROM idempotency WHERE created_at < now_ms() - ?", {kKept_ms});
}

}  // namespace mmx::jobs
