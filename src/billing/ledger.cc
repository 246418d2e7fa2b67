// Grants, balances and the pages of the ledger.
#include "billing/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "billing/entries.h"
#include "billing/periods.h"

namespace mmx::billing {
namespace {

constexpr std::int64_t kLargestGrant = 1'000'000;
constexpr std::size_t kLongestReason_bytes = 800;  // 200 characters of UTF-8

std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

EntryKind kind_of(const std::string& name) {
    if (name == "reserve") return EntryKind::reserve;
    if (name == "commit") return EntryKind::commit;
    if (name == "refund") return EntryKind::refund;
    return EntryKind::grant;
}

}  // namespace

std::string_view name_of(EntryKind kind) {
    switch (kind) {
        case EntryKind::grant:
            return "grant";
        case EntryKind::reserve:
            return "reserve";
        case EntryKind::commit:
            return "commit";
        case EntryKind::refund:
            return "refund";
    }
    return "";
}

base::Result<std::optional<std::int64_t>> change_balance(store::Transaction& transaction,
                                                         const std::string& account_id, std::int64_t amount) {
    TRY_VOID(
        transaction.execute("INSERT INTO balances (account_id, balance, updated_at) "
                            "VALUES (?, 0, now_ms()) ON CONFLICT DO NOTHING",
                            {account_id}));
    const store::Rows rows =
        TRY(transaction.query("UPDATE balances SET balance = balance + ?, updated_at = now_ms() "
                              "WHERE account_id = ? AND balance >= ? RETURNING balance",
                              {amount, account_id, -amount}));
    if (rows.empty()) return std::nullopt;
    return rows[0].integer(0);
}

base::Status append_entry(store::Transaction& transaction, const NewEntry& entry) {
    TRY_VOID(transaction.execute(
        "INSERT INTO ledger (account_id, kind, amount, reservation_id, subject, reason, actor_id, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, now_ms())",
        {entry.account_id, name_of(entry.kind), entry.amount, entry.reservation_id, entry.subject,
         entry.reason, entry.actor_id}));
    return {};
}

base::Result<std::int64_t> grant(store::Transaction& transaction, const std::string& account_id,
                                 std::int64_t amount, const std::string& reason,
                                 const std::string& actor_id) {
    if (amount == 0 || amount < -kLargestGrant || amount > kLargestGrant)
        return base::fail_field("amount", fmt::format("The amount is {}; allowed is -{} to {}, but not 0.",
                                                      amount, kLargestGrant, kLargestGrant));
    if (reason.empty() || characters(reason) > 200 || reason.size() > kLongestReason_bytes ||
        reason.find('\0') != std::string::npos)
        return base::fail_field("reason", "Please give a reason of 1 to 200 characters.");
    const auto after = TRY(change_balance(transaction, account_id, amount));
    if (!after)
        return base::fail(base::Kind::conflict,
                          "The account has fewer credits than that; nothing was changed.");
    NewEntry entry{account_id, EntryKind::grant, amount, {}, {}, {}, reason};
    if (!actor_id.empty()) entry.actor_id = actor_id;
    TRY_VOID(append_entry(transaction, entry));
    return *after;
}

base::Result<bool> grant_month(store::Transaction& transaction, const std::string& account_id,
                               const Plan& plan) {
    if (plan.monthly_credits == 0) return false;
    const std::string month = TRY(periods_now(transaction)).month;
    // The first of parallel requests makes the row, the others wait for it here and then find it done.
    TRY_VOID(
        transaction.execute("INSERT INTO monthly_grants (account_id, period, amount) VALUES (?, ?, 0) "
                            "ON CONFLICT DO NOTHING",
                            {account_id, month}));
    const store::Rows rows = TRY(transaction.query(
        fmt::format("SELECT amount FROM monthly_grants WHERE account_id = ? AND period = ?{}",
                    store::for_update(transaction.dialect())),
        {account_id, month}));
    const std::int64_t missing = plan.monthly_credits - rows.at(0).integer(0);
    if (missing <= 0) return false;
    TRY_VOID(transaction.execute("UPDATE monthly_grants SET amount = ? WHERE account_id = ? AND period = ?",
                                 {plan.monthly_credits, account_id, month}));
    TRY_VOID(change_balance(transaction, account_id, missing));
    TRY_VOID(append_entry(transaction,
                          {account_id, EntryKind::grant, missing, {}, {}, {}, "monthly credits " + month}));
    return true;
}

base::Result<std::int64_t> balance(store::Transaction& transaction, const std::string& account_id) {
    const store::Rows rows =
        TRY(transaction.query("SELECT balance FROM balances WHERE account_id = ?", {account_id}));
    return rows.empty() ? 0 : rows[0].integer(0);
}

base::Result<std::vector<Entry>> ledger_page(store::Database& database, const std::string& account_id,
                                             std::optional<std::int64_t> before, int limit) {
    constexpr std::int64_t kBeyondAll = INT64_MAX;
    const store::Rows rows =
        TRY(database.query("SELECT seq, kind, amount, subject, reason, actor_id, at FROM ledger "
                           "WHERE account_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
                           {account_id, before.value_or(kBeyondAll), std::clamp(limit, 1, 200)}));
    std::vector<Entry> page;
    for (const store::Row& row : rows)
        page.push_back({row.integer(0), kind_of(row.text(1)), row.integer(2), row.maybe_text(3).value_or(""),
                        row.text(4), row.maybe_text(5).value_or(""), row.integer(6)});
    return page;
}

base::Status erase_account(store::Transaction& transaction, const std::string& account_id) {
    // The row in billing_erasures is what the ledger's trigger asks for.
    TRY_VOID(transaction.execute(
        "INSERT INTO billing_erasures (account_id) VALUES (?) ON CONFLICT DO NOTHING", {account_id}));
    for (const char* table :
         {"ledger", "reservations", "balances", "usage", "monthly_grants", "billing_erasures"})
        TRY_VOID(
            transaction.execute(fmt::format("DELETE FROM {} WHERE account_id = ?", table), {account_id}));
    return {};
}

}  // namespace mmx::billing
