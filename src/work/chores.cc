#include "work/chores.h"

#include <algorithm>

#include "accounts/sweep.h"
#include "billing/usage.h"
#include "jobs/events.h"
#include "jobs/idempotency.h"
#include "library/archive.h"
#include "library/edit.h"
#include "library/making.h"
#include "library/renditions.h"
#include "log/log.h"
#include "work/jobs.h"

namespace mmx::work {
namespace {

using store::Transaction;

constexpr std::int64_t kMinute_ms = 60'000, kHour_ms = 60 * kMinute_ms;
// Longer than the longest song takes to make and encode.
constexpr std::int64_t kScratchAge_seconds = 6 * 60 * 60;
constexpr const char* kDeliverNow = "deliver_mail_now";

template <class T>
base::Status done(const base::Result<T>& result) {
    if (!result) return tl::unexpected(result.error());
    return {};
}

base::Status deliver_all(store::Database& database, mail::Sender& sender) {
    for (;;) {
        const mail::Deliveries deliveries = TRY(mail::deliver_some(database, sender));
        if (deliveries.dead > 0)
            log::warn("mails were given up", {{"count", std::to_string(deliveries.dead)}});
        if (deliveries.sent == 0) return {};
    }
}

base::Status sweep_all_deletions(store::Database& database, store::Objects& objects) {
    constexpr int kAtOnce = 500;
    while (TRY(library::sweep_deletions(database, objects, kAtOnce)) == kAtOnce) {
    }
    return {};
}

base::Status look_for_orphans(store::Database& database, store::Objects& objects) {
    const int found = TRY(library::queue_orphans(database, objects));
    if (found > 0) log::warn("folders that no song owns will be removed", {{"count", std::to_string(found)}});
    return {};
}

jobs::NewJob job_of(const Chore& chore, std::int64_t delay_ms) {
    jobs::NewJob job;
    job.kind = chore.kind;
    job.unique_key = chore.kind;
    job.delay_ms = delay_ms;
    return job;
}

}  // namespace

std::vector<Chore> all_chores(const Tools& tools, const Settings& settings) {
    store::Database& database = tools.database;
    store::Objects& objects = tools.objects;
    std::vector<Chore> chores = {
        // What is written is delivered at once; this is for what has to be tried again.
        {kDeliverMail, kMinute_ms, [&] { return deliver_all(database, tools.sender); }},
        {"sweep_mail", kHour_ms, [&] { return done(mail::sweep(database)); }},
        {"sweep_tokens", 10 * kMinute_ms, [&] { return done(accounts::sweep(tools.registry)); }},
        {"sweep_deletions", kMinute_ms, [&] { return sweep_all_deletions(database, objects); }},
        {"sweep_orphans", 24 * kHour_ms, [&] { return look_for_orphans(database, objects); }},
        {"evict_renditions", 10 * kMinute_ms,
         [&, bound = settings.renditions_bytes] { return done(library::evict_renditions(database, bound)); }},
        {"sweep_scratch", kHour_ms, [&] { return done(objects.sweep_scratch(kScratchAge_seconds)); }},
        {"sweep_events", kHour_ms, [&] { return done(jobs::sweep_events(database)); }},
        {"sweep_idempotency", kHour_ms, [&] { return done(jobs::sweep_idempotency(database)); }},
        {"sweep_jobs", kHour_ms, [&] { return done(jobs::sweep_jobs(database)); }},
        {"sweep_usage", 24 * kHour_ms, [&] { return billing::sweep_usage(database); }},
    };
    chores.insert(chores.end(), settings.chores.begin(), settings.chores.end());
    return chores;
}

std::vector<std::string> chore_kinds(const std::vector<Chore>& chores) {
    std::vector<std::string> kinds = {kDeliverNow};
    for (const Chore& chore : chores) kinds.push_back(chore.kind);
    return kinds;
}

base::Status ensure_chores(store::Database& database, const std::vector<Chore>& chores) {
    return database.write([&](Transaction& transaction) -> base::Status {
        for (const Chore& chore : chores) TRY(jobs::ensure(transaction, job_of(chore, 0)));
        return {};
    });
}

base::Status do_chore(store::Database& database, const std::vector<Chore>& chores, const jobs::Claim& claim) {
    const std::string kind = claim.kind == kDeliverNow ? kDeliverMail : claim.kind;
    const auto chore = std::ranges::find(chores, kind, &Chore::kind);
    if (chore == chores.end())
        return base::fail(base::Kind::internal, "Nobody knows how to do this.", "no chore " + claim.kind);
    TRY_VOID(chore->work());
    return database.write([&](Transaction& transaction) -> base::Status {
        TRY_VOID(jobs::finish(transaction, claim));
        if (claim.kind != kDeliverNow) TRY(jobs::ensure(transaction, job_of(*chore, chore->every_ms)));
        return {};
    });
}

base::Result<bool> deliver_now(store::Database& database) {
    jobs::NewJob job;
    job.kind = job.unique_key = kDeliverNow;
    return database.write([&](Transaction& transaction) { return jobs::ensure(transaction, job); });
}

base::Status do_archive(const Tools& tools, const jobs::Claim& claim) {
    const billing::Plan plan = TRY(plan_of(tools, claim.subject));
    while (!TRY(library::archive_over_limit(tools.database, claim.subject, plan.storage_bytes))
                .song_ids.empty()) {
    }
    return tools.database.write([&](Transaction& transaction) { return jobs::finish(transaction, claim); });
}

base::Status reap(store::Database& database) {
    for (;;) {
        const auto touched =
            TRY(database.write([](Transaction& transaction) -> base::Result<std::vector<jobs::Touched>> {
                std::vector<jobs::Touched> expired = TRY(jobs::reap(transaction));
                for (const jobs::Touched& job : expired) TRY_VOID(library::settle(transaction, job));
                return expired;
            }));
        if (touched.empty()) return {};
        for (const jobs::Touched& job : touched)
            log::warn("a job's worker fell silent",
                      {{"job", job.job_id}, {"kind", job.kind}, {"state", std::string(name_of(job.state))}});
    }
}

}  // namespace mmx::work
