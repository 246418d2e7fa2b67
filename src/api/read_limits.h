// How often one network address may read: counted in this process alone, since a write to the database for
// every read would cost more than the read.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace mmx::api {

// Token buckets by keyed hash. Any thread. Memory is bounded: buckets that are full again are forgotten.
class ReadLimits {
  public:
    // 0: no limit.
    explicit ReadLimits(int per_minute) : per_minute_(per_minute) {}
    void set(int per_minute) { per_minute_ = per_minute; }
    // Seconds to wait, or 0 when the read may go on. key_hash: see rate_key().
    int take(const std::string& key_hash);

  private:
    using Clock = std::chrono::steady_clock;
    struct Bucket {
        double left;
        Clock::time_point at;
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<std::string, Bucket> buckets;
    };
    void forget_full(Shard& shard, Clock::time_point now);

    std::atomic<int> per_minute_;
    std::array<Shard, 16> shards_;
};

// A keyed hash of an address and what is counted; IPv6 addresses count by their /64, which one household has.
std::string rate_key(std::string_view secret, std::string_view what, std::string_view address);

}  // namespace mmx::api
