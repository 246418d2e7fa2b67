// What administrators and the waiting see of the queue, and forgetting what ended long ago.
#include <fmt/format.h>

#include <algorithm>

#include "jobs/queue.h"

namespace mmx::jobs {
namespace {

constexpr std::string_view kColumns =
    "id, kind, account_id, subject, engine, engine_version, worker, stage, state, attempts, max_attempts, "
    "priority, "
    "progress, cancel_asked, error_user, error_log, run_after_at, created_at, started_at, ended_at, "
    "lease_until_at";

JobRow read(const store::Row& row) {
    const auto text = [&](std::size_t column) { return row.maybe_text(column).value_or(""); };
    JobRow job;
    job.id = text(0);
    job.kind = text(1);
    job.account_id = text(2);
    job.subject = text(3);
    job.engine = text(4);
    job.engine_version = text(5);
    job.worker = text(6);
    job.stage = text(7);
    job.state = state_of(row.text(8)).value_or(State::dead);
    job.attempts = static_cast<int>(row.integer(9));
    job.max_attempts = static_cast<int>(row.integer(10));
    job.priority = static_cast<int>(row.integer(11));
    job.progress = row.real(12);
    job.cancel_asked = row.flag(13);
    job.error_user = text(14);
    job.error_log = text(15);
    job.run_after_at_ms = row.integer(16);
    job.created_at_ms = row.integer(17);
    job.started_at_ms = row.maybe_integer(18);
    job.ended_at_ms = row.maybe_integer(19);
    job.lease_until_at_ms = row.maybe_integer(20);
    return job;
}

base::Result<std::optional<JobRow>> read_one(store::Database& database, std::string_view rest,
                                             const store::Parameters& parameters) {
    const store::Rows rows =
        TRY(database.query(fmt::format("SELECT {} FROM jobs WHERE {}", kColumns, rest), parameters));
    if (rows.empty()) return std::nullopt;
    return read(rows[0]);
}

}  // namespace

base::Result<std::vector<JobRow>> list(store::Database& database, const ListQuery& query) {
    std::string where = "1 = 1";
    store::Parameters parameters;
    const auto also = [&](std::string_view condition, const std::string& value) {
        if (value.empty()) return;
        where += condition;
        parameters.emplace_back(value);
    };
    also(" AND state = ?", query.state ? std::string(name_of(*query.state)) : "");
    also(" AND kind = ?", query.kind);
    also(" AND account_id = ?", query.account_id);
    also(" AND (created_at, id) < (SELECT created_at, id FROM jobs WHERE id = ?)", query.before_id);
    parameters.emplace_back(std::clamp(query.limit, 1, 200));
    const store::Rows rows = TRY(
        database.query(fmt::format("SELECT {} FROM jobs WHERE {} ORDER BY created_at DESC, id DESC LIMIT ?",
                                   kColumns, where),
                       parameters));
    std::vector<JobRow> jobs;
    for (const store::Row& row : rows) jobs.push_back(read(row));
    return jobs;
}

base::Result<std::optional<JobRow>> find(store::Database& database, const std::string& job_id) {
    return read_one(database, "id = ?", {job_id});
}

base::Result<std::optional<JobRow>> find_by_subject(store::Database& database, const std::string& account_id,
                                                    const std::string& subject) {
    return read_one(database, "account_id = ? AND subject = ? ORDER BY created_at DESC, id DESC LIMIT 1",
                    {account_id, subject});
}

base::Result<Counts> counts(store::Database& database) {
    return database.read([](store::Transaction& transaction) -> base::Result<Counts> {
        Counts counts;
        for (const store::Row& row :
             TRY(transaction.query("SELECT state, COUNT(*) FROM jobs GROUP BY state"))) {
            const std::int64_t count = row.integer(1);
            switch (state_of(row.text(0)).value_or(State::dead)) {
                case State::queued:
                    counts.queued = count;
                    break;
                case State::running:
                    counts.running = count;
                    break;
                case State::done:
                    counts.done = count;
                    break;
                case State::failed:
                    counts.failed = count;
                    break;
                case State::dead:
                    counts.dead = count;
                    break;
                case State::cancelled:
                    counts.cancelled = count;
                    break;
            }
        }
        const store::Rows oldest =
            TRY(transaction.query("SELECT now_ms() - MIN(run_after_at) FROM jobs WHERE state = 'queued' AND "
                                  "run_after_at <= now_ms()"));
        counts.oldest_queued_ms = oldest.at(0).maybe_integer(0).value_or(0);
        return counts;
    });
}

base::Result<std::optional<std::int64_t>> queue_position(store::Database& database,
                                                         const std::string& account_id,
                                                         const std::string& subject) {
    const store::Rows rows = TRY(database.query(
        "SELECT COUNT(*), MIN(mine.id) FROM (SELECT rank_at, id FROM jobs WHERE account_id = ? AND subject = "
        "? "
        "AND state = 'queued' ORDER BY created_at DESC, id DESC LIMIT 1) mine "
        "JOIN jobs ahead ON ahead.state = 'queued' AND (ahead.rank_at, ahead.id) <= (mine.rank_at, mine.id)",
        {account_id, subject}));
    if (rows.at(0).is_null(1)) return std::nullopt;
    return rows[0].integer(0);
}

base::Result<std::int64_t> sweep_jobs(store::Database& database) {
    constexpr std::int64_t kDay_ms = 86'400'000;
    return database.execute(
        "DELETE FROM jobs WHERE (state IN ('done', 'cancelled') AND ended_at < now_ms() - ?) "
        "OR (state IN ('failed', 'dead') AND ended_at < now_ms() - ?)",
        {7 * kDay_ms, 90 * kDay_ms});
}

base::Result<std::vector<std::string>> audit_queue(store::Database& database) {
    const store::Rows rows =
        TRY(database.query("SELECT l.lane, l.running, COUNT(j.id) FROM job_lanes l "
                           "LEFT JOIN jobs j ON j.lane = l.lane AND j.state = 'running' "
                           "GROUP BY l.lane, l.running HAVING l.running <> COUNT(j.id)"));
    std::vector<std::string> problems;
    for (const store::Row& row : rows)
        problems.push_back(fmt::format("lane {} counts {} running jobs where there are {}", row.text(0),
                                       row.integer(1), row.integer(2)));
    return problems;
}

}  // namespace mmx::jobs
