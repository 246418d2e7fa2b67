// Out of the queue in fair order, and the beats that keep a claim.
//
// A claim first picks a lane (of those with the fewest running jobs, the one whose job ranks first), locks
// it, and then takes the lane's best job by what is true under that lock. So two workers never exceed a cap,
// and never meet at one job.
#include <fmt/format.h>

#include <algorithm>

#include "base/secrets.h"
#include "jobs/lanes.h"
#include "jobs/queue.h"

namespace mmx::jobs {
namespace {

// What may be claimed by this worker, as SQL over jobs j and job_lanes l.
struct Filter {
    std::string sql;
    store::Parameters parameters;
};

Filter filter_for(const Claimer& claimer) {
    Filter filter{"j.state = 'queued' AND j.run_after_at <= now_ms() AND l.running < j.parallel", {}};
    if (!claimer.kinds.empty()) {
        std::string marks;
        for (const std::string& kind : claimer.kinds) {
            marks += marks.empty() ? "?" : ", ?";
            filter.parameters.emplace_back(kind);
        }
        filter.sql += " AND j.kind IN (" + marks + ")";
    }
    filter.sql += " AND (j.engine IS NULL";
    for (const EngineVersion& runs : claimer.engines) {
        filter.sql += " OR (j.engine = ? AND j.engine_version = ?)";
        filter.parameters.emplace_back(runs.engine);
        filter.parameters.emplace_back(runs.version);
    }
    filter.sql += ")";
    return filter;
}

enum class Locked { skip, wait };

// The lane whose turn it is, locked; empty: no lane has a job for this worker.
base::Result<std::string> pick_lane(store::Transaction& transaction, const Filter& filter, Locked locked) {
    // Both planners, before they have statistics, would rather sort the whole queue than walk it in order and
    // stop at the first that fits.
    const bool postgresql = transaction.dialect() == store::Dialect::postgresql;
    if (postgresql) TRY_VOID(transaction.execute("SET LOCAL enable_sort = off"));
    std::string_view lock;
    if (postgresql) lock = locked == Locked::skip ? " FOR UPDATE OF l SKIP LOCKED" : " FOR UPDATE OF l";
    const std::string sql = fmt::format(
        "SELECT j.lane FROM jobs j{} CROSS JOIN job_lanes l WHERE l.lane = j.lane AND l.running = ? AND {} "
        "ORDER BY j.rank_at, j.id LIMIT 1{}",
        postgresql ? "" : " INDEXED BY jobs_queued", filter.sql, lock);
    // Idle lanes first, then those with more running jobs: two or three numbers, seldom more.
    for (std::int64_t running = 0;;) {
        store::Parameters parameters{running};
        parameters.insert(parameters.end(), filter.parameters.begin(), filter.parameters.end());
        const store::Rows rows = TRY(transaction.query(sql, parameters));
        if (!rows.empty()) return rows[0].text(0);
        const store::Rows next =
            TRY(transaction.query("SELECT MIN(running) FROM job_lanes WHERE running > ?", {running}));
        if (next.at(0).is_null(0)) return std::string();
        running = next[0].integer(0);
    }
}

base::Result<std::optional<Claim>> take_from(store::Transaction& transaction, const std::string& lane,
                                             const Filter& filter, const std::string& worker) {
    const std::string token = base::random_id();
    store::Parameters parameters{token, kLease_ms, worker, lane};
    parameters.insert(parameters.end(), filter.parameters.begin(), filter.parameters.end());
    const store::Rows rows = TRY(transaction.query(
        fmt::format(
            "UPDATE jobs SET state = 'running', attempts = attempts + 1, lease_token = ?, "
            "lease_until_at = now_ms() + ?, worker = ?, started_at = now_ms(), stage = '', progress = 0 "
            "WHERE state = 'queued' AND id = (SELECT j.id FROM jobs j JOIN job_lanes l ON l.lane = j.lane "
            "WHERE j.lane = ? AND {} ORDER BY j.rank_at, j.id LIMIT 1) "
            "RETURNING id, kind, account_id, subject, engine, engine_version, payload, attempts, "
            "max_attempts",
            filter.sql),
        parameters));
    if (rows.empty()) return std::nullopt;
    const store::Row& row = rows[0];
    const auto text = [&](std::size_t column) { return row.maybe_text(column).value_or(""); };
    return Claim{row.text(0),
                 row.text(1),
                 text(2),
                 text(3),
                 text(4),
                 text(5),
                 row.text(6),
                 token,
                 static_cast<int>(row.integer(7)),
                 static_cast<int>(row.integer(8))};
}

}  // namespace

base::Result<std::optional<Claim>> claim(store::Database& database, const Claimer& claimer) {
    // An idle worker only reads.
    if (TRY(database.query("SELECT 1 FROM jobs WHERE state = 'queued' AND run_after_at <= now_ms() LIMIT 1"))
            .empty())
        return std::nullopt;
    const Filter filter = filter_for(claimer);
    const auto attempt = [&](Locked locked) {
        return database.write([&](store::Transaction& transaction) -> base::Result<std::optional<Claim>> {
            // A lane may have lost its job between being picked and being locked: then another is picked.
            for (int tries = 0; tries < 10; ++tries) {
                const std::string lane = TRY(pick_lane(transaction, filter, locked));
                if (lane.empty()) return std::nullopt;
                auto claim = TRY(take_from(transaction, lane, filter, claimer.worker));
                if (claim) return claim;
            }
            return std::nullopt;
        });
    };
    auto claimed = TRY(attempt(Locked::skip));
    if (claimed || database.dialect() == store::Dialect::sqlite) return claimed;
    // What is left may stand in lanes that others have locked just now: wait for those.
    return attempt(Locked::wait);
}

base::Result<Pulse> heartbeat(store::Database& database, const Claim& claim, std::string_view stage,
                              double progress) {
    return database.write([&](store::Transaction& transaction) -> base::Result<Pulse> {
        const store::Rows rows = TRY(transaction.query(
            "UPDATE jobs SET lease_until_at = now_ms() + ?, stage = ?, progress = ? "
            "WHERE id = ? AND lease_token = ? RETURNING cancel_asked",
            {kLease_ms, stage, std::clamp(progress, 0.0, 1.0), claim.job_id, claim.lease_token}));
        if (rows.empty()) return Pulse::lost;
        return rows[0].flag(0) ? Pulse::cancelled : Pulse::go_on;
    });
}

}  // namespace mmx::jobs
