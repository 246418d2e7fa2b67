// The queue: jobs in a table of the same database, so that ordering, paying and enqueuing are one
// transaction.
//
// A worker claims a job for 60 s and a lease token, beats every 15 s, and ends the job with that token. A
// worker that lost its lease changes nothing any more (Kind::conflict). An attempt is counted when it is
// claimed, so a job that kills its worker comes to rest too.
//
//     queued -> running -> done
//                       -> queued   (failed in a way that may pass, lease lost, given back)
//                       -> failed   (doing it again is useless)
//                       -> dead     (attempts used up; administrators see it and may replay it)
//     queued, running   -> cancelled
//
// Fair order: first the accounts with the fewest running jobs, then priority (one step is worth a minute of
// waiting, so nobody waits for ever), then age. No account runs more than its jobs' `parallel` at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace mmx::jobs {

inline constexpr std::string_view kChannel = "jobs";  // notified when a job may have become claimable
inline constexpr std::int64_t kLease_ms = 60'000;
inline constexpr std::int64_t kHeartbeat_ms = 15'000;

enum class State { queued, running, done, failed, dead, cancelled };
std::string_view name_of(State state);  // "queued", ...
std::optional<State> state_of(std::string_view name);

struct NewJob {
    std::string kind;        // "song", "rendition", "sweep-tokens"
    std::string unique_key;  // at most one queued or running job bears it; empty: none
    std::string account_id;  // whose turn it uses; empty: the service's own
    std::string subject;     // the song's id, or empty
    std::string engine;      // with engine_version: only workers that run exactly it; empty: any
    std::string engine_version;
    std::string payload = "{}";  // JSON for the worker; never shown to administrators, cleared when done
    int parallel = 64;           // the plan's cap: how many jobs of the account may run at once, 1 or more
    int priority = 0;            // -100 to 100
    int max_attempts = 3;        // 1 to 20
    std::int64_t delay_ms = 0;   // not before
};

// Gives the job's id. Kind::conflict when an active job bears the unique key: give the transaction up.
base::Result<std::string> enqueue(store::Transaction& transaction, const NewJob& job);
// For periodic work: enqueues unless an active job bears job.unique_key (required). True when it did.
base::Result<bool> ensure(store::Transaction& transaction, const NewJob& job);

struct EngineVersion {
    std::string engine, version;
};
struct Claimer {
    std::string worker;                  // names the process and thread; shown to administrators
    std::vector<std::string> kinds;      // which it works at; empty: every kind
    std::vector<EngineVersion> engines;  // which it runs; jobs without an engine run anywhere
};
struct Claim {
    std::string job_id, kind, account_id, subject, engine, engine_version, payload;
    std::string lease_token;
    int attempt = 1;  // from 1
    int max_attempts = 1;
};
// The next job in fair order, or nothing. Any number of threads and servers at once.
base::Result<std::optional<Claim>> claim(store::Database& database, const Claimer& claimer);

enum class Pulse {
    go_on,      // the lease holds for another 60 s
    cancelled,  // the account took the order back: stop, then fail() with Kind::cancelled
    lost,       // another has the job: stop, and change nothing
};
// stage: a word for show ("singing"); progress: 0 to 1.
base::Result<Pulse> heartbeat(store::Database& database, const Claim& claim, std::string_view stage,
                              double progress);

base::Status finish(store::Transaction& transaction, const Claim& claim);

// What became of the job: queued again (after 2, 4, 8... s, at most 5 min, give or take a quarter) where
// error.retry is may_help and attempts remain; else failed, dead, or cancelled (Kind::cancelled, or the
// account had asked for it). Whoever gets failed, dead or cancelled refunds in the same transaction.
base::Result<State> fail(store::Transaction& transaction, const Claim& claim, const base::Error& error);

// A worker that stops hands its job back: queued at once, the attempt not counted.
base::Status give_back(store::Transaction& transaction, const Claim& claim);

// A job that changed without its worker.
struct Touched {
    std::string job_id, kind, account_id, subject;
    State state = State::queued;  // what it is now
};
// Jobs whose lease ran out, at most 100 a call: queued again, or dead (attempts used up) or cancelled (asked
// for): those the caller refunds in the same transaction.
base::Result<std::vector<Touched>> reap(store::Transaction& transaction);

// The account takes its subject's active jobs back: queued ones are cancelled at once (state cancelled: the
// caller refunds), running ones stop at their next heartbeat (state running). Empty: nothing was active.
base::Result<std::vector<Touched>> cancel(store::Transaction& transaction, const std::string& account_id,
                                          const std::string& subject);
// Every active job of an account, before it is suspended or erased.
base::Result<std::vector<Touched>> cancel_all(store::Transaction& transaction, const std::string& account_id);

// An administrator runs a dead or failed job again, with fresh attempts. Kind::not_found, or conflict when it
// is in another state. What it had paid was refunded when it ended: the caller reserves anew or lets it pass.
base::Result<Touched> replay(store::Transaction& transaction, const std::string& job_id,
                             const std::string& actor_id);

// What administrators see: never the payload.
struct JobRow {
    std::string id, kind, account_id, subject, engine, engine_version, worker, stage;
    State state = State::queued;
    int attempts = 0, max_attempts = 0, priority = 0;
    double progress = 0;
    bool cancel_asked = false;
    std::string error_user, error_log;
    std::int64_t run_after_at_ms = 0, created_at_ms = 0;
    std::optional<std::int64_t> started_at_ms, ended_at_ms, lease_until_at_ms;
};
struct ListQuery {
    std::optional<State> state;
    std::string kind;        // empty: all
    std::string account_id;  // empty: all
    std::string before_id;   // the last job of the page before; empty: the first page
    int limit = 50;          // 1 to 200
};
// Newest first.
base::Result<std::vector<JobRow>> list(store::Database& database, const ListQuery& query);
base::Result<std::optional<JobRow>> find(store::Database& database, const std::string& job_id);
// The newest job of a subject.
base::Result<std::optional<JobRow>> find_by_subject(store::Database& database, const std::string& account_id,
                                                    const std::string& subject);

struct Counts {
    std::int64_t queued = 0, running = 0, done = 0, failed = 0, dead = 0, cancelled = 0;
    std::int64_t oldest_queued_ms = 0;  // how long the oldest claimable job has waited
};
base::Result<Counts> counts(store::Database& database);

// How many queued jobs stand before this subject's by priority and age, plus one; empty when it is not
// queued. Fairness may let others pass, so it is an estimate for show.
base::Result<std::optional<std::int64_t>> queue_position(store::Database& database,
                                                         const std::string& account_id,
                                                         const std::string& subject);

// Forgets ended jobs: done and cancelled after 7 days, failed and dead after 90. Says how many.
base::Result<std::int64_t> sweep_jobs(store::Database& database);

// What does not add up, one sentence each: the count of running jobs by which caps are held. Empty is clean.
base::Result<std::vector<std::string>> audit_queue(store::Database& database);

}  // namespace mmx::jobs
