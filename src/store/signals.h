// Counters of notifications by channel, and waiting for them within one process.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace mmx::store {

// Any thread.
class Signals {
  public:
    std::uint64_t count(std::string_view channel) const;
    // Returns the count once it differs from `seen`, the time is over, or stop() was called.
    std::uint64_t wait(std::string_view channel, std::uint64_t seen, std::chrono::milliseconds at_most);
    void raise(std::string_view channel);
    // Something happened and nobody knows on which channel: all who wait look.
    void raise_all();
    void stop();
    bool stopped() const;

  private:
    std::uint64_t count_locked(std::string_view channel) const;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, std::uint64_t, std::less<>> counts_;
    std::uint64_t on_every_channel_ = 0;
    bool stopped_ = false;
};

}  // namespace mmx::store
