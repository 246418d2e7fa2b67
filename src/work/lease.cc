#include "work/lease.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "jobs/events.h"
#include "log/log.h"

namespace mmx::work {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Most songs are made in less than one lease, so we beat far more often than it needs: a cancellation is
// noticed within two seconds.
constexpr milliseconds kLook{500}, kBeat{2000};
static_assert(kBeat.count() <= jobs::kHeartbeat_ms);

}  // namespace

Lease::Lease(store::Database& database, const jobs::Claim& claim, std::string song_id)
    : database_(database), claim_(claim), song_id_(std::move(song_id)), thread_([this] { run(); }) {}

Lease::~Lease() {
    {
        const std::lock_guard lock(mutex_);
        end_ = true;
    }
    ended_.notify_all();
    thread_.join();
}

void Lease::tell(std::string_view stage, double progress) {
    const std::lock_guard lock(mutex_);
    stage_ = stage;
    progress_ = progress;
}

Halt Lease::halt() const {
    const std::lock_guard lock(mutex_);
    return halt_;
}

void Lease::stop() {
    halt_for(Halt::stopping);
}

void Lease::halt_for(Halt why) {
    const std::lock_guard lock(mutex_);
    // What was taken from us can neither be handed back nor cancelled.
    if (halt_ == Halt::none || why == Halt::lost) halt_ = why;
    cancellation_.cancel();
}

void Lease::run() {
    auto last_good = Clock::now();
    auto next_beat = last_good + kBeat;
    std::string shown_stage;
    double shown_progress = -1;
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, kLook, [&] { return end_; })) {
        const std::string stage = stage_;
        const double progress = progress_;
        lock.unlock();
        if (stage != shown_stage || progress >= shown_progress + 0.01) {
            show(stage, progress);
            shown_stage = stage;
            shown_progress = progress;
        }
        if (Clock::now() >= next_beat) {
            next_beat = Clock::now() + kBeat;
            const auto pulse = jobs::heartbeat(database_, claim_, stage, progress);
            if (pulse) last_good = Clock::now();
            if (pulse && *pulse == jobs::Pulse::cancelled) halt_for(Halt::cancelled);
            if (pulse && *pulse == jobs::Pulse::lost) halt_for(Halt::lost);
            if (!pulse) log::failure("a heartbeat failed", pulse.error(), {{"job", claim_.job_id}});
            if (Clock::now() - last_good > milliseconds(jobs::kLease_ms)) halt_for(Halt::lost);
        }
        lock.lock();
    }
}

void Lease::show(const std::string& stage, double progress) {
    if (song_id_.empty() || stage.empty()) return;
    const nlohmann::json body = {{"id", song_id_}, {"stage", stage}, {"progress", progress}};
    const auto shown = database_.write([&](store::Transaction& transaction) {
        return jobs::append(transaction, claim_.account_id, "progress", body.dump());
    });
    // Only for show: the work goes on without it.
    if (!shown) log::failure("progress could not be shown", shown.error(), {{"job", claim_.job_id}});
}

}  // namespace mmx::work
