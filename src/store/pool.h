// Things that are lent out one user at a time: connections. Those who wait are served in the order they came.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace mmx::store {

// Any thread. The pool outlives its leases. The thing given back last is lent first: its caches are warm.
template <class Thing>
class Pool {
  public:
    // Gives the thing back when it ends; empty when the time was over before one was free.
    class Lease {
      public:
        Lease() = default;
        Lease(Pool* pool, std::unique_ptr<Thing> thing) : pool_(pool), thing_(std::move(thing)) {}
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (thing_) pool_->add(std::move(thing_));
        }
        explicit operator bool() const { return thing_ != nullptr; }
        Thing* operator->() const { return thing_.get(); }
        Thing& operator*() const { return *thing_; }

      private:
        Pool* pool_ = nullptr;
        std::unique_ptr<Thing> thing_;
    };

    void add(std::unique_ptr<Thing> thing) {
        const std::lock_guard lock(mutex_);
        if (waiting_.empty()) {
            free_.push_back(std::move(thing));
        } else {
            Waiter* first = waiting_.front();
            waiting_.pop_front();
            first->thing = std::move(thing);
            first->served.notify_one();
        }
    }

    Lease take(std::chrono::milliseconds at_most) {
        std::unique_lock lock(mutex_);
        if (!free_.empty()) {
            auto thing = std::move(free_.back());
            free_.pop_back();
            return Lease(this, std::move(thing));
        }
        Waiter self;
        waiting_.push_back(&self);
        if (!self.served.wait_for(lock, at_most, [&] { return self.thing != nullptr; })) {
            std::erase(waiting_, &self);
            return Lease();
        }
        return Lease(this, std::move(self.thing));
    }

  private:
    struct Waiter {
        std::condition_variable served;
        std::unique_ptr<Thing> thing;
    };
    std::mutex mutex_;
    std::vector<std::unique_ptr<Thing>> free_;
    std::deque<Waiter*> waiting_;
};

}  // namespace mmx::store
