// How a claim ends: done, failed, handed back, its lease run out, or taken back by the account.
#include <fmt/format.h>

#include <algorithm>

#include "base/secrets.h"
#include "jobs/lanes.h"
#include "jobs/queue.h"
#include "jobs/storable.h"

namespace mmx::jobs {
namespace {

constexpr std::int64_t kLongestBackOff_ms = 300'000;
constexpr std::size_t kLongestError_bytes = 2000;

// 2, 4, 8 s and so on, give or take a quarter, so that what failed together does not return together.
std::int64_t back_off_ms(int attempts) {
    const std::int64_t full_ms = std::min(kLongestBackOff_ms, std::int64_t{1000} << std::min(attempts, 20));
    const auto luck = static_cast<unsigned char>(base::random_bytes(1)[0]);  // 0 to 255
    return full_ms * 3 / 4 + full_ms / 2 * luck / 255;
}

tl::unexpected<base::Error> lease_lost(const std::string& job_id) {
    return base::fail(base::Kind::conflict, "Another worker has taken this over.",
                      "lease lost: job " + job_id);
}

struct Attempt {
    int attempts = 0, max_attempts = 0;
    bool cancel_asked = false;
};
// The job as this lease holds it, locked; nothing when the lease is another's by now.
base::Result<std::optional<Attempt>> lock_attempt(store::Transaction& transaction, const std::string& lane,
                                                  const std::string& job_id, const std::string& lease_token,
                                                  std::string_view also = "") {
    TRY_VOID(lock_lane(transaction, lane));
    const store::Rows rows = TRY(transaction.query(
        fmt::format(
            "SELECT attempts, max_attempts, cancel_asked FROM jobs WHERE id = ? AND lease_token = ?{}{}",
            also, store::for_update(transaction.dialect())),
        {job_id, lease_token}));
    if (rows.empty()) return std::nullopt;
    return Attempt{static_cast<int>(rows[0].integer(0)), static_cast<int>(rows[0].integer(1)),
                   rows[0].flag(2)};
}

base::Status requeue(store::Transaction& transaction, const std::string& job_id, std::int64_t delay_ms,
                     const base::Error& error) {
    TRY_VOID(transaction.execute(
        "UPDATE jobs SET state = 'queued', lease_token = NULL, lease_until_at = NULL, worker = NULL, "
        "run_after_at = now_ms() + ?, stage = '', progress = 0, error_user = ?, error_log = ? WHERE id = ?",
        {delay_ms, storable(error.tell_user, kLongestError_bytes),
         storable(error.tell_log, kLongestError_bytes), job_id}));
    transaction.notify(kChannel);
    return {};
}

// What the work was about is forgotten once nobody can run it again.
base::Status end(store::Transaction& transaction, const std::string& job_id, State state,
                 const base::Error& error) {
    const bool replayable = state == State::failed || state == State::dead;
    TRY_VOID(transaction.execute(
        fmt::format(
            "UPDATE jobs SET state = ?, lease_token = NULL, lease_until_at = NULL, ended_at = now_ms(), "
            "error_user = ?, error_log = ?{}{} WHERE id = ?",
            state == State::done ? ", progress = 1" : "", replayable ? "" : ", payload = '{}'"),
        {name_of(state), storable(error.tell_user, kLongestError_bytes),
         storable(error.tell_log, kLongestError_bytes), job_id}));
    transaction.notify(kChannel);  // the account's cap has room again
    return {};
}

State what_becomes(const Attempt& attempt, const base::Error& error) {
    if (attempt.cancel_asked || error.kind == base::Kind::cancelled) return State::cancelled;
    if (error.retry == base::Retry::useless) return State::failed;
    return attempt.attempts < attempt.max_attempts ? State::queued : State::dead;
}

base::Status settle(store::Transaction& transaction, const std::string& job_id, State state,
                    const Attempt& attempt, const base::Error& error) {
    if (state == State::queued) return requeue(transaction, job_id, back_off_ms(attempt.attempts), error);
    return end(transaction, job_id, state, error);
}

}  // namespace

base::Status finish(store::Transaction& transaction, const Claim& claim) {
    if (!TRY(lock_attempt(transaction, lane_of(claim.account_id, claim.kind), claim.job_id,
                          claim.lease_token)))
        return lease_lost(claim.job_id);
    return end(transaction, claim.job_id, State::done, {});
}

base::Result<State> fail(store::Transaction& transaction, const Claim& claim, const base::Error& error) {
    const auto attempt = TRY(
        lock_attempt(transaction, lane_of(claim.account_id, claim.kind), claim.job_id, claim.lease_token));
    if (!attempt) return lease_lost(claim.job_id);
    const State state = what_becomes(*attempt, error);
    TRY_VOID(settle(transaction, claim.job_id, state, *attempt, error));
    return state;
}

base::Status give_back(store::Transaction& transaction, const Claim& claim) {
    if (!TRY(lock_attempt(transaction, lane_of(claim.account_id, claim.kind), claim.job_id,
                          claim.lease_token)))
        return lease_lost(claim.job_id);
    TRY_VOID(requeue(transaction, claim.job_id, 0, {}));
    TRY_VOID(transaction.execute("UPDATE jobs SET attempts = attempts - 1 WHERE id = ?", {claim.job_id}));
    return {};
}

base::Result<std::vector<Touched>> reap(store::Transaction& transaction) {
    // In the order of lanes, so that two reapers lock them alike.
    const store::Rows expired = TRY(transaction.query(
        "SELECT id, kind, account_id, subject, lane, lease_token FROM jobs "
        "WHERE state = 'running' AND lease_until_at < now_ms() ORDER BY lane, id LIMIT 100"));
    const base::Error silence{base::Kind::unavailable,
                              "The work stopped unexpectedly.",
                              "the worker fell silent and its lease ran out",
                              {},
                              base::Retry::may_help,
                              0};
    std::vector<Touched> touched;
    for (const store::Row& row : expired) {
        const auto attempt = TRY(lock_attempt(transaction, row.text(4), row.text(0), row.text(5),
                                              " AND lease_until_at < now_ms()"));
        if (!attempt) continue;  // it beat or ended in the meantime
        const State state = what_becomes(*attempt, silence);
        TRY_VOID(settle(transaction, row.text(0), state, *attempt, silence));
        touched.push_back({row.text(0), row.text(1), row.maybe_text(2).value_or(""),
                           row.maybe_text(3).value_or(""), state});
    }
    return touched;
}

namespace {

base::Status add_touched(store::Transaction& transaction, const std::string& sql,
                         const store::Parameters& parameters, State state, std::vector<Touched>& touched) {
    for (const store::Row& row : TRY(transaction.query(sql, parameters)))
        touched.push_back({row.text(0), row.text(1), row.text(2), row.maybe_text(3).value_or(""), state});
    return {};
}

base::Result<std::vector<Touched>> cancel_where(store::Transaction& transaction, const std::string& which,
                                                const store::Parameters& parameters) {
    const std::string at_once = fmt::format(
        "UPDATE jobs SET state = 'cancelled', cancel_asked = 1, ended_at = now_ms(), payload = '{{}}' WHERE "
        "{} "
        "AND state = 'queued' RETURNING id, kind, account_id, subject",
        which);
    const std::string ask = fmt::format(
        "UPDATE jobs SET cancel_asked = 1 WHERE {} AND state = 'running' "
        "RETURNING id, kind, account_id, subject",
        which);
    std::vector<Touched> touched;
    TRY_VOID(add_touched(transaction, at_once, parameters, State::cancelled, touched));
    TRY_VOID(add_touched(transaction, ask, parameters, State::running, touched));
    // One that was running at the first look and queued again at the second.
    TRY_VOID(add_touched(transaction, at_once, parameters, State::cancelled, touched));
    return touched;
}

}  // namespace

base::Result<std::vector<Touched>> cancel(store::Transaction& transaction, const std::string& account_id,
                                          const std::string& subject) {
    return cancel_where(transaction, "account_id = ? AND subject = ?", {account_id, subject});
}

base::Result<std::vector<Touched>> cancel_all(store::Transaction& transaction,
                                              const std::string& account_id) {
    return cancel_where(transaction, "account_id = ?", {account_id});
}

}  // namespace mmx::jobs
