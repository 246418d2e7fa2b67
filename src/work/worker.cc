#include "work/worker.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <optional>
#include <thread>
#include <utility>

#include "base/secrets.h"
#include "jobs/queue.h"
#include "library/archive.h"
#include "library/making.h"
#include "library/renditions.h"
#include "log/log.h"
#include "work/chores.h"
#include "work/jobs.h"
#include "work/lease.h"

namespace mmx::work {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kSlice{500};  // how late a stop may be noticed
constexpr milliseconds kReapEvery{15'000};
constexpr milliseconds kEnsureEvery{300'000};
constexpr milliseconds kAfterTrouble{2000};  // the database is out of reach: no hammering
constexpr int kMostSlots = 64;

// A wake-up can be lost, so the table is looked at anyway, after 1 to 5 s: not all workers at once.
milliseconds poll_time() {
    const auto luck = static_cast<unsigned char>(base::random_bytes(1)[0]);  // 0 to 255
    return milliseconds(1000 + 4000 * luck / 255);
}

}  // namespace

struct Worker::State {
    State(Settings given, const Tools& with)
        : settings(std::move(given)), tools(with), chores(all_chores(tools, settings)) {}

    // One slot: makes songs and renditions.
    void make(std::size_t number) {
        engine::Engine& engine = *engines[number];
        jobs::Claimer claimer;
        claimer.worker = settings.id + "/" + std::to_string(number + 1);
        claimer.kinds = {std::string(library::kMakeSong), std::string(library::kMakeRendition)};
        claimer.engines = {{engine.name(), engine.version()}};
        work(claimer, [&](Lease& lease) {
            return lease.claim().kind == library::kMakeSong ? make_song(tools, engine, lease)
                                                            : make_rendition(tools, engine, lease);
        });
    }

    // A thread apart from the songs, so that no mail waits for one.
    void keep_house() {
        jobs::Claimer claimer;
        claimer.worker = settings.id + "/house";
        claimer.kinds = chore_kinds(chores);
        claimer.kinds.emplace_back(library::kArchive);
        work(claimer, [&](Lease& lease) {
            return lease.claim().kind == library::kArchive ? do_archive(tools, lease.claim())
                                                           : do_chore(tools.database, chores, lease.claim());
        });
    }

    // Brings in what no order does: chores, leases that ran out, mails just written.
    void watch() {
        std::uint64_t seen = tools.database.signals(mail::kChannel);
        bool mail_waits = true;  // those written before we came
        auto next_reap = Clock::now(), next_ensure = next_reap;
        while (!stopping()) {
            const std::uint64_t now_seen = wait(mail::kChannel, seen, kSlice);
            mail_waits = mail_waits || now_seen != seen;
            seen = now_seen;
            if (mail_waits) {
                const auto asked = deliver_now(tools.database);
                mail_waits = !told(asked, "mail could not be queued") || !*asked;
            }
            if (Clock::now() >= next_reap) {
                next_reap = Clock::now() + kReapEvery;
                told(reap(tools.database), "leases could not be looked at");
            }
            if (Clock::now() >= next_ensure) {
                const bool fine = told(ensure_chores(tools.database, chores), "chores could not be queued");
                next_ensure = Clock::now() + (fine ? kEnsureEvery : kReapEvery);
            }
        }
    }

    template <class Do>
    void work(const jobs::Claimer& claimer, const Do& work_at) {
        while (!stopping()) {
            const std::uint64_t seen = tools.database.signals(jobs::kChannel);
            const auto claim = jobs::claim(tools.database, claimer);
            if (!told(claim, "no job could be claimed")) {
                sleep(kAfterTrouble);
            } else if (*claim) {
                do_job(**claim, work_at);
            } else {
                const auto until = Clock::now() + poll_time();
                while (!stopping() && Clock::now() < until && wait(jobs::kChannel, seen, kSlice) == seen) {
                }
            }
        }
    }

    template <class Do>
    void do_job(const jobs::Claim& claim, const Do& work_at) {
        Lease lease(tools.database, claim, claim.kind == library::kMakeSong ? claim.subject : std::string());
        hold(lease);
        const base::Status status = guarded([&] { return work_at(lease); });
        if (!status) told(end_badly(tools, lease, status.error()), "a job could not be ended");
        let_go(lease);
    }

    // No exception ends a worker.
    template <class Do>
    static base::Status guarded(const Do& work_at) {
        try {
            return work_at();
        } catch (const std::bad_alloc&) {
            return base::fail_for_now(base::Kind::unavailable,
                                      "There is not enough memory for this just now.", "out of memory");
        } catch (const std::exception& error) {
            return base::fail(base::Kind::internal, "Something went wrong on our side.", error.what());
        }
    }

    template <class T>
    static bool told(const base::Result<T>& result, std::string_view event) {
        if (!result) log::failure(event, result.error());
        return result.has_value();
    }

    // As Database::wait, but ends with stop(), and takes its time after stop_waiting() too.
    std::uint64_t wait(std::string_view channel, std::uint64_t seen, milliseconds at_most) {
        const auto until = Clock::now() + at_most;
        const std::uint64_t now_seen = tools.database.wait(channel, seen, at_most);
        if (now_seen == seen && Clock::now() < until)
            sleep(std::chrono::duration_cast<milliseconds>(until - Clock::now()));
        return now_seen;
    }
    void sleep(milliseconds time) {
        std::unique_lock lock(mutex);
        stopped.wait_for(lock, time, [&] { return stop_asked.load(); });
    }

    bool stopping() const { return stop_asked; }
    void hold(Lease& lease) {
        const std::lock_guard lock(mutex);
        leases.push_back(&lease);
        if (stop_asked) lease.stop();
    }
    void let_go(Lease& lease) {
        const std::lock_guard lock(mutex);
        std::erase(leases, &lease);
    }
    void stop() {
        const std::lock_guard lock(mutex);
        stop_asked = true;
        for (Lease* lease : leases) lease->stop();
        stopped.notify_all();
    }

    const Settings settings;
    const Tools tools;
    const std::vector<Chore> chores;
    std::vector<std::unique_ptr<engine::Engine>> engines;  // one a slot

    std::mutex mutex;
    std::condition_variable stopped;
    std::atomic<bool> stop_asked{false};
    std::vector<Lease*> leases;  // those at work now
};

base::Result<std::unique_ptr<Worker>> Worker::open(Settings settings, const Tools& tools) {
    if (settings.id.empty() || settings.slots < 0 || settings.slots > kMostSlots)
        return base::fail_field("workers", "workers: " + std::to_string(settings.slots) +
                                               " is not allowed; 0 to " + std::to_string(kMostSlots) + ".");
    auto state = std::make_unique<State>(std::move(settings), tools);
    for (int i = 0; i < state->settings.slots; ++i)
        state->engines.push_back(TRY(state->settings.make_engine()));
    return std::unique_ptr<Worker>(new Worker(std::move(state)));
}

Worker::Worker(std::unique_ptr<State> state) : state_(std::move(state)) {}

Worker::~Worker() {
    stop();
}

void Worker::run() {
    log::info("worker started", {{"worker", state_->settings.id},
                                 {"slots", std::to_string(state_->engines.size())},
                                 {"engine_version", engine_version()}});
    std::vector<std::thread> threads;
    threads.emplace_back([this] { state_->watch(); });
    threads.emplace_back([this] { state_->keep_house(); });
    for (std::size_t i = 0; i < state_->engines.size(); ++i)
        threads.emplace_back([this, i] { state_->make(i); });
    for (std::thread& thread : threads) thread.join();
    log::info("worker stopped", {{"worker", state_->settings.id}});
}

void Worker::stop() {
    state_->stop();
}

std::string Worker::engine_name() const {
    return state_->engines.empty() ? std::string() : state_->engines[0]->name();
}

std::string Worker::engine_version() const {
    return state_->engines.empty() ? std::string() : state_->engines[0]->version();
}

}  // namespace mmx::work
