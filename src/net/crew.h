// Threads for work that blocks, with a bounded queue in front: too much of one kind never starves another.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace mmx::net {

// Any thread may add. Jobs must not throw.
class Crew {
  public:
    // Told whether to work or, when the crew is leaving, only to let go of whoever waits.
    enum class Turn { work, give_up };
    using Job = std::function<void(Turn)>;

    Crew(int threads, std::size_t most_waiting);
    ~Crew() { leave(); }
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;

    bool try_add(Job job);  // false: the queue is full
    void add(Job job);      // beside the bound, for what is bounded otherwise
    // Jobs that run are waited for, those that wait are told to give up. Later ones give up at once.
    void leave();

  private:
    struct Idle {
        std::condition_variable wake;
        bool called = false;
    };
    void serve();
    void queue(Job job);  // with the lock held

    std::mutex mutex_;
    std::deque<Job> waiting_;
    std::size_t most_waiting_, idle_ = 0;
    // Those that nobody has called yet. The one that rested last is called first: what it needs is still in
    // the processor's caches, and the rest sleep on.
    std::vector<Idle*> resting_;
    bool leaving_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace mmx::net
