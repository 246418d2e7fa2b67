#include "api/read_limits.h"

#include <algorithm>
#include <cmath>

#include "base/secrets.h"

namespace mmx::api {

// The first four groups of an IPv6 address, expanded as far as that needs.
std::string network_of(std::string_view address) {
    if (address.find(':') == std::string_view::npos) return std::string(address);
    if (address.starts_with("::ffff:") && address.find('.') != std::string_view::npos)
        return std::string(address.substr(7));
    std::string network;
    int groups = 0;
    std::size_t at = 0;
    while (groups < 4 && at < address.size()) {
        std::size_t colon = address.find(':', at);
        if (colon == std::string_view::npos) colon = address.size();
        if (colon == at) break;  // "::": the rest of the network is zeros
        network += std::string(address.substr(at, colon - at)) + ":";
        ++groups;
        at = colon + 1;
    }
    return network + "/64";
}

std::string rate_key(std::string_view secret, std::string_view what, std::string_view address) {
    return base::to_hex(
        base::hmac_sha256(secret, std::string(what) + "\n" + network_of(address)).substr(0, 16));
}

int ReadLimits::take(std::string_view network) {
    const int per_minute = per_minute_;
    if (per_minute <= 0) return 0;
    const auto now = Clock::now();
    Shard& shard = shards_[Hash{}(network) % shards_.size()];
    const std::lock_guard lock(shard.mutex);
    if (shard.buckets.size() > 4096) forget_full(shard, now);
    const double per_second = per_minute / 60.0;
    auto found = shard.buckets.find(network);
    if (found == shard.buckets.end())
        found = shard.buckets.emplace(network, Bucket{static_cast<double>(per_minute), now}).first;
    Bucket& bucket = found->second;
    const double passed = std::chrono::duration<double>(now - bucket.at).count();
    bucket.left = std::min(static_cast<double>(per_minute), bucket.left + passed * per_second);
    bucket.at = now;
    if (bucket.left < 1) return std::max(1, static_cast<int>(std::ceil((1 - bucket.left) / per_second)));
    bucket.left -= 1;
    return 0;
}

void ReadLimits::forget_full(Shard& shard, Clock::time_point now) {
    const int per_minute = per_minute_;
    std::erase_if(shard.buckets, [&](const auto& entry) {
        const double passed = std::chrono::duration<double>(now - entry.second.at).count();
        return entry.second.left + passed * per_minute / 60.0 >= per_minute;
    });
}

}  // namespace mmx::api
