#include "store/signals.h"

namespace mmx::store {

std::uint64_t Signals::count_locked(std::string_view channel) const {
    const auto found = counts_.find(channel);
    return on_every_channel_ + (found == counts_.end() ? 0 : found->second);
}

std::uint64_t Signals::count(std::string_view channel) const {
    const std::lock_guard lock(mutex_);
    return count_locked(channel);
}

std::uint64_t Signals::wait(std::string_view channel, std::uint64_t seen, std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, at_most, [&] { return stopped_ || count_locked(channel) != seen; });
    return count_locked(channel);
}

void Signals::raise(std::string_view channel) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = counts_.find(channel);
        if (found == counts_.end()) {
            counts_.emplace(channel, 1);
        } else {
            ++found->second;
        }
    }
    changed_.notify_all();
}

void Signals::raise_all() {
    {
        const std::lock_guard lock(mutex_);
        ++on_every_channel_;
    }
    changed_.notify_all();
}

void Signals::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_all();
}

bool Signals::stopped() const {
    const std::lock_guard lock(mutex_);
    return stopped_;
}

}  // namespace mmx::store
