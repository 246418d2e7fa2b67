// Holding a claim while its work is done: a thread of its own beats for it and tells how far it is.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "engine/engine.h"
#include "jobs/queue.h"
#include "store/database.h"

namespace mmx::work {

// Why the work should not go on.
enum class Halt {
    none,
    cancelled,  // the account took it back
    lost,       // another worker has it, or the database was out of reach for as long as the lease lasts
    stopping,   // this worker ends
};

class Lease {
  public:
    // `song_id`, where there is one, names the song in "progress" events: {"id", "stage", "progress"}.
    Lease(store::Database& database, const jobs::Claim& claim, std::string song_id);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    // How far the work is, 0-1 in all. Any thread; costs nothing.
    void tell(std::string_view stage, double progress);
    // Set as soon as the work should not go on.
    const engine::Cancellation& cancellation() const { return cancellation_; }
    Halt halt() const;
    // The worker ends: any thread.
    void stop();

    const jobs::Claim& claim() const { return claim_; }

  private:
    void run();
    void show(const std::string& stage, double progress);
    void halt_for(Halt why);

    store::Database& database_;
    const jobs::Claim& claim_;
    const std::string song_id_;
    engine::Cancellation cancellation_;

    mutable std::mutex mutex_;
    std::condition_variable ended_;
    bool end_ = false;
    Halt halt_ = Halt::none;
    std::string stage_;
    double progress_ = 0;
    std::thread thread_;
};

}  // namespace mmx::work
