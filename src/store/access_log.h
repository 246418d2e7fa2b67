// The access log: what came over the network, kept apart from accounts and forgotten after its days.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"

namespace mmx::store {

// There is no place here for an account, a song or the id of a request, so the two logs cannot be joined.
struct AccessEntry {
    std::string address;
    std::int64_t at_ms = 0;  // since 1970; 0: now
    std::string method;
    std::string route;  // the route's template, "/api/v1/songs/{id}", never the path itself
    int status = 0;
    std::string user_agent;  // its first 300 bytes are kept
};

// On SQLite a file of its own, on PostgreSQL a schema of its own (access_log). Entries are written in batches
// by a thread of its own; what is waiting is written when the log ends.
class AccessLog {
  public:
    // Makes what is missing. The address is as in DatabaseSettings.
    static base::Result<std::unique_ptr<AccessLog>> open(const std::string& address,
                                                         std::size_t longest_queue = 10000);
    virtual ~AccessLog() = default;
    // Never waits for the database, so I/O threads may call it: when the queue is full the entry is dropped
    // and counted.
    virtual void add(AccessEntry entry) = 0;
    virtual std::uint64_t dropped() const = 0;
    // Returns once what was added before is written, or has failed to be.
    virtual base::Status flush() = 0;
    // Blocks; says how many entries went.
    virtual base::Result<std::int64_t> purge(int older_than_days) = 0;
};

}  // namespace mmx::store
