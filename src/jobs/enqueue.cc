// Into the queue: new jobs, periodic ones, and those an administrator runs again.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/secrets.h"
#include "jobs/lanes.h"
#include "jobs/queue.h"

namespace mmx::jobs {
namespace {

// One step of priority is worth this much waiting.
constexpr std::int64_t kPriorityStep_ms = 60'000;
constexpr std::array<std::string_view, 6> kStates = {"queued", "running", "done",
                                                     "failed", "dead",    "cancelled"};

tl::unexpected<base::Error> defect(std::string what) {
    return base::fail(base::Kind::internal, "Something went wrong on our side.", std::move(what));
}

// The id, or nothing when an active job bears the unique key.
base::Result<std::optional<std::string>> insert(store::Transaction& transaction, const NewJob& job) {
    if (job.kind.empty() || job.parallel < 1 || job.max_attempts < 1 || job.max_attempts > 20 ||
        job.priority < -100 || job.priority > 100 || job.delay_ms < 0)
        return defect("a job out of range: " + job.kind);
    if (job.engine.empty() != job.engine_version.empty()) return defect("an engine without its version");
    const std::string id = base::random_id();
    const std::int64_t made = TRY(transaction.execute(
        "INSERT INTO jobs (id, kind, unique_key, account_id, lane, subject, parallel, engine, "
        "engine_version, "
        "payload, state, priority, rank_at, max_attempts, run_after_at, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, now_ms() + ?, ?, now_ms() + ?, now_ms()) "
        "ON CONFLICT DO NOTHING",
        {id, job.kind, maybe(job.unique_key), maybe(job.account_id), lane_of(job.account_id, job.kind),
         maybe(job.subject), job.parallel, maybe(job.engine), maybe(job.engine_version), job.payload,
         job.priority, job.delay_ms - job.priority * kPriorityStep_ms, job.max_attempts, job.delay_ms}));
    if (made == 0) return std::nullopt;
    transaction.notify(kChannel);
    return id;
}

}  // namespace

std::string_view name_of(State state) {
    return kStates[static_cast<std::size_t>(state)];
}

std::optional<State> state_of(std::string_view name) {
    const auto found = std::find(kStates.begin(), kStates.end(), name);
    if (found == kStates.end()) return std::nullopt;
    return static_cast<State>(found - kStates.begin());
}

base::Result<std::string> enqueue(store::Transaction& transaction, const NewJob& job) {
    const auto id = TRY(insert(transaction, job));
    if (!id)
        return base::fail(base::Kind::conflict, "This is being worked at already.",
                          "active key " + job.unique_key);
    return *id;
}

base::Result<bool> ensure(store::Transaction& transaction, const NewJob& job) {
    if (job.unique_key.empty()) return defect("a periodic job without a key: " + job.kind);
    return TRY(insert(transaction, job)).has_value();
}

base::Result<Touched> replay(store::Transaction& transaction, const std::string& job_id,
                             const std::string& actor_id) {
    const store::Rows rows = TRY(transaction.query(
        fmt::format("SELECT kind, account_id, subject, state, unique_key FROM jobs WHERE id = ?{}",
                    store::for_update(transaction.dialect())),
        {job_id}));
    if (rows.empty()) return base::fail(base::Kind::not_found, "There is no such job.");
    const store::Row& row = rows[0];
    const std::string& state = row.text(3);
    if (state != "dead" && state != "failed")
        return base::fail(base::Kind::conflict,
                          fmt::format("The job is {}; only a failed or dead one can be run again.", state));
    if (!row.is_null(4) &&
        !TRY(transaction.query("SELECT 1 FROM jobs WHERE unique_key = ? AND state IN ('queued', 'running')",
                               {row.text(4)}))
             .empty())
        return base::fail(base::Kind::conflict, "The same work is in the queue already.");
    TRY_VOID(transaction.execute(
        "UPDATE jobs SET state = 'queued', attempts = 0, run_after_at = now_ms(), rank_at = now_ms() - "
        "priority * ?, "
        "cancel_asked = 0, stage = '', progress = 0, ended_at = NULL, replayed_by = ? WHERE id = ?",
        {kPriorityStep_ms, maybe(actor_id), job_id}));
    transaction.notify(kChannel);
    return Touched{job_id, row.text(0), row.maybe_text(1).value_or(""), row.maybe_text(2).value_or(""),
                   State::queued};
}

}  // namespace mmx::jobs
