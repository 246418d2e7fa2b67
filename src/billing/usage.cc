// Reserving, committing and refunding: rows are locked in one order everywhere (reservation, day, month,
// month's grant, balance), so that parallel orders of an account wait for each other and never in a circle.
#include "billing/usage.h"

#include <fmt/format.h>

#include <utility>

#include "base/secrets.h"
#include "billing/entries.h"
#include "billing/ledger.h"
#include "billing/periods.h"

namespace mmx::billing {
namespace {

tl::unexpected<base::Error> over_quota(std::string tell_user, std::string_view limit,
                                       std::int64_t resets_in_ms) {
    auto failure = base::fail(base::Kind::over_quota, std::move(tell_user), fmt::format("limit {}", limit));
    failure.value().retry_after_seconds = static_cast<int>(resets_in_ms / 1000 + 1);
    return failure;
}

// True when one more fitted below the limit.
base::Result<bool> count_one(store::Transaction& transaction, const std::string& account_id,
                             const std::string& period, int limit) {
    TRY_VOID(transaction.execute(
        "INSERT INTO usage (account_id, period, used) VALUES (?, ?, 0) ON CONFLICT DO NOTHING",
        {account_id, period}));
    return TRY(transaction.execute(
               "UPDATE usage SET used = used + 1 WHERE account_id = ? AND period = ? AND used < ?",
               {account_id, period, limit})) == 1;
}

base::Status uncount_one(store::Transaction& transaction, const std::string& account_id,
                         const std::string& period) {
    TRY_VOID(transaction.execute("UPDATE usage SET used = used - 1 WHERE account_id = ? AND period = ?",
                                 {account_id, period}));
    return {};
}

struct Reservation {
    std::string id, account_id, day, month;
    std::int64_t cost = 0;
};
// Takes the open reservation of the subject into its last state: for one caller only.
base::Result<std::optional<Reservation>> end_reservation(store::Transaction& transaction,
                                                         const std::string& subject, std::string_view state) {
    const store::Rows rows = TRY(transaction.query(
        "UPDATE reservations SET state = ?, ended_at = now_ms() WHERE subject = ? AND state = 'open' "
        "RETURNING id, account_id, day, month, cost",
        {state, subject}));
    if (rows.empty()) return std::nullopt;
    const store::Row& row = rows[0];
    return Reservation{row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4)};
}

std::string songs(std::int64_t count) {
    return count == 1 ? "1 song" : fmt::format("{} songs", count);
}

base::Status spend(store::Transaction& transaction, const std::string& account_id, const Plan& plan, int cost,
                   const Periods& periods) {
    TRY_VOID(grant_month(transaction, account_id, plan));
    if (TRY(change_balance(transaction, account_id, -cost))) return {};
    const std::int64_t left = TRY(balance(transaction, account_id));
    std::string message = fmt::format("This song costs {} credits and you have {}.", cost, left);
    message += plan.monthly_credits > 0
                   ? fmt::format(" Your plan grants {} more at {}; a shorter song costs less.",
                                 plan.monthly_credits, utc_text(periods.next_month_ms))
                   : " A shorter song costs less.";
    return over_quota(std::move(message), "credits", periods.next_month_ms - periods.now_ms);
}

}  // namespace

base::Status reserve(store::Transaction& transaction, const std::string& account_id, const Plan& plan,
                     const std::string& subject, int cost) {
    if (cost < 0)
        return base::fail(base::Kind::internal, "Something went wrong on our side.", "negative cost");
    const Periods periods = TRY(periods_now(transaction));
    const std::string id = base::random_id();
    const std::int64_t made = TRY(transaction.execute(
        "INSERT INTO reservations (id, subject, account_id, cost, day, month, state, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, 'open', now_ms()) ON CONFLICT DO NOTHING",
        {id, subject, account_id, cost, periods.day, periods.month}));
    if (made == 0)
        return base::fail(base::Kind::conflict, "This song is being made already.",
                          "reserved twice: " + subject);

    if (!TRY(count_one(transaction, account_id, periods.day, plan.daily_generations)))
        return over_quota(
            fmt::format("Your plan makes {} a day and all of today's are used. The count starts "
                        "anew at {}.",
                        songs(plan.daily_generations), utc_text(periods.next_day_ms)),
            "daily_generations", periods.next_day_ms - periods.now_ms);
    if (!TRY(count_one(transaction, account_id, periods.month, plan.monthly_generations)))
        return over_quota(
            fmt::format("Your plan makes {} a month and all of this month's are used. The count "
                        "starts anew at {}.",
                        songs(plan.monthly_generations), utc_text(periods.next_month_ms)),
            "monthly_generations", periods.next_month_ms - periods.now_ms);
    TRY_VOID(spend(transaction, account_id, plan, cost, periods));
    return append_entry(transaction, {account_id, EntryKind::reserve, -cost, id, subject, {}, {}});
}

base::Result<bool> commit(store::Transaction& transaction, const std::string& subject) {
    const auto ended = TRY(end_reservation(transaction, subject, "committed"));
    if (!ended) return false;
    TRY_VOID(
        append_entry(transaction, {ended->account_id, EntryKind::commit, 0, ended->id, subject, {}, {}}));
    return true;
}

base::Result<bool> refund(store::Transaction& transaction, const std::string& subject,
                          const std::string& reason) {
    const auto ended = TRY(end_reservation(transaction, subject, "refunded"));
    if (!ended) return false;
    TRY_VOID(uncount_one(transaction, ended->account_id, ended->day));
    TRY_VOID(uncount_one(transaction, ended->account_id, ended->month));
    TRY_VOID(change_balance(transaction, ended->account_id, ended->cost));
    TRY_VOID(append_entry(
        transaction, {ended->account_id, EntryKind::refund, ended->cost, ended->id, subject, {}, reason}));
    return true;
}

namespace {

struct Reading {
    Usage usage;
    bool granted = true;  // this month's credits are there already
};
base::Result<Reading> read_usage(store::Transaction& transaction, const std::string& account_id,
                                 const Plan& plan) {
    const Periods periods = TRY(periods_now(transaction));
    Reading reading;
    Usage& usage = reading.usage;
    usage.day = {0, plan.daily_generations, periods.next_day_ms};
    usage.month = {0, plan.monthly_generations, periods.next_month_ms};
    const store::Rows counts =
        TRY(transaction.query("SELECT period, used FROM usage WHERE account_id = ? AND period IN (?, ?)",
                              {account_id, periods.day, periods.month}));
    for (const store::Row& row : counts)
        (row.text(0) == periods.day ? usage.day : usage.month).used = row.integer(1);
    usage.credits = TRY(balance(transaction, account_id));
    usage.monthly_credits = plan.monthly_credits;
    usage.credits_at_ms = periods.next_month_ms;
    const store::Rows granted =
        TRY(transaction.query("SELECT amount FROM monthly_grants WHERE account_id = ? AND period = ?",
                              {account_id, periods.month}));
    reading.granted = (granted.empty() ? 0 : granted[0].integer(0)) >= plan.monthly_credits;
    return reading;
}

}  // namespace

base::Result<Usage> usage(store::Database& database, const std::string& account_id, const Plan& plan) {
    const auto read = [&] {
        return database.read([&](store::Transaction& t) { return read_usage(t, account_id, plan); });
    };
    Reading reading = TRY(read());
    if (reading.granted) return reading.usage;
    TRY_VOID(database.write([&](store::Transaction& t) { return grant_month(t, account_id, plan); }));
    return TRY(read()).usage;
}

base::Status sweep_usage(store::Database& database) {
    return database.write([](store::Transaction& transaction) -> base::Status {
        constexpr std::int64_t kKept_ms = 400LL * 86'400'000;
        const std::int64_t now_ms = TRY(periods_now(transaction)).now_ms;
        const Periods oldest = periods_at(now_ms - kKept_ms);
        // A month is the shorter text: "2030-03" sorts below each of its days.
        TRY_VOID(transaction.execute("DELETE FROM usage WHERE period < ?", {oldest.month}));
        return {};
    });
}

}  // namespace mmx::billing
