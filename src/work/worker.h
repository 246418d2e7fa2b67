// The worker: claims jobs from the queue and does them, beside a server or in a process of its own.
//
// However it ends, nothing wrong stays behind. Asked to stop, it hands its jobs back; killed, its leases run
// out within a minute and another worker does the same jobs again: under the same object keys, from the same
// records, so with the same samples. What a job changes, it changes in one transaction that holds only while
// the lease does.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "accounts/registry.h"
#include "base/result.h"
#include "billing/plans.h"
#include "engine/engine.h"
#include "mail/outbox.h"
#include "store/database.h"
#include "store/objects.h"
#include "watermark/keys.h"

namespace mmx::work {

// Work that comes round: one job with the kind as its key, queued again when it ends. Whichever worker is
// free does it, so it runs once per `every_ms` however many workers there are.
struct Chore {
    std::string kind;  // "sweep_logs"
    std::int64_t every_ms = 0;
    std::function<base::Status()> work;  // any of the worker's threads; it blocks
};

// What a worker works with; all of it outlives the worker.
struct Tools {
    store::Database& database;
    store::Objects& objects;
    const billing::PlanBook& plans;
    const accounts::Registry& registry;
    mail::Sender& sender;
    const watermark::KeyRing& marks;  // whose marks songs bear
};

struct Settings {
    std::string id;  // names the process in the list of jobs: "host-4711"
    // Songs made at once, each on a thread and an engine of its own; 0: only chores and mail.
    int slots = 1;
    std::function<base::Result<std::unique_ptr<engine::Engine>>()> make_engine;  // called once a slot
    std::int64_t renditions_bytes = std::int64_t{2} << 30;  // what other formats and stems may take in all
    std::vector<Chore> chores;                              // those of the service, beside the rooms' own
};

class Worker {
  public:
    // Opens the engines. Errors: those of make_engine, and invalid_request for settings out of range.
    static base::Result<std::unique_ptr<Worker>> open(Settings settings, const Tools& tools);
    ~Worker();  // stops first

    // Works until stop(); blocks. Once.
    void run();
    // Any thread, any number of times; returns at once. Songs under way are handed back, the attempt not
    // counted; run() returns as soon as the engine has noticed, within a few seconds.
    void stop();

    // "embedded", "1.4.0-9f3c": of each slot alike; empty without slots.
    std::string engine_name() const;
    std::string engine_version() const;

  private:
    struct State;
    explicit Worker(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace mmx::work
