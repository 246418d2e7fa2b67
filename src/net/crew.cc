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
            waiting_.push_back(std::move(job));
            wake_.notify_one();
            return true;
        }
    }
    job(Turn::give_up);
    return true;
}

void Crew::add(Job job) {
    {
        const std::lock_guard lock(mutex_);
        if (!leaving_) {
            waiting_.push_back(std::move(job));
            wake_.notify_one();
            return;
        }
    }
    job(Turn::give_up);
}

void Crew::serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        wake_.wait(lock, [this] { return leaving_ || !waiting_.empty(); });
        --idle_;
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
    }
    wake_.notify_all();
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
}

}  // namespace mmx::net
