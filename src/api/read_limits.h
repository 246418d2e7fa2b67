// How often one network address may read: counted in this process alone, since a write to the database for
// every read would cost more than the read.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace mmx::api {

// Token buckets by network (see network_of), in this process's memory alone. Any thread. Memory is bounded:
// buckets that are full again are forgotten.
class ReadLimits {
  public:
    // 0: no limit.
    explicit ReadLimits(int per_minute) : per_minute_(per_minute) {}
    void set(int per_minute) { per_minute_ = per_minute; }
    // Seconds to wait, or 0 when the read may go on.
    int take(std::string_view network);

  private:
    using Clock = std::chrono::steady_clock;
    struct Bucket {
        double left;
        Clock::time_point at;
    };
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<std::string, Bucket, Hash, std::equal_to<>> buckets;
    };
    void forget_full(Shard& shard, Clock::time_point now);

    std::atomic<int> per_minute_;
    std::array<Shard, 16> shards_;
};

// What counts as one: an address, of IPv6 its /64, which one household has.
std::string network_of(std::string_view address);
// A keyed hash of a network and what is counted, for counters that are stored.
std::string rate_key(std::string_view secret, std::string_view what, std::string_view address);

}  // namespace mmx::api
