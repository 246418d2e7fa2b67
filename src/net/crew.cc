#include "net/crew.h"

#include <utility>

namespace mmx::net {

Crew::Crew(int threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { serve(); });
}

bool Crew::try_add(Job job) {
    {
        const std::lock_guard lock(mutex_);
        // What an idle thread is about to take does not wait.
        if (!leaving_ && waiting_.size() >= most_waiting_ + idle_) return false;
        if (!leaving_) {
            queue(std::move(job));
            return true;
        }
    }
    job(Turn::give_up);
    return true;
}

void Crew::add(Job job) {
    {
        const std::lock_guard lock(mutex_);
        if (!leaving_) return queue(std::move(job));
    }
    job(Turn::give_up);
}

void Crew::queue(Job job) {
    waiting_.push_back(std::move(job));
    if (resting_.empty()) return;
    Idle* last = resting_.back();
    resting_.pop_back();
    last->called = true;
    last->wake.notify_one();
}

void Crew::serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
        while (!leaving_ && waiting_.empty()) {
            Idle self;
            resting_.push_back(&self);
            ++idle_;
            self.wake.wait(lock, [&] { return self.called; });
            --idle_;
        }
        if (waiting_.empty()) return;
        Job job = std::move(waiting_.front());
        waiting_.pop_front();
        const Turn turn = leaving_ ? Turn::give_up : Turn::work;
        lock.unlock();
        job(turn);
        job = nullptr;  // what it holds is let go outside the lock
        lock.lock();
    }
}

void Crew::leave() {
    {
        const std::lock_guard lock(mutex_);
        leaving_ = true;
        for (Idle* idle : resting_) {
            idle->called = true;
            idle->wake.notify_one();
        }
        resting_.clear();
    }
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
}

}  // namespace mmx::net
