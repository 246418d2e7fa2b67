// A fixed crew of threads for work that splits into numbered, independent pieces.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace mmx::base {

// Threads wait between calls, so a call costs microseconds. Results never depend on the
// number of threads as long as each piece writes only what is its own.
class Tasks {
  public:
    explicit Tasks(unsigned threads = 0);  // 0: one per core
    ~Tasks();
    Tasks(const Tasks&) = delete;
    Tasks& operator=(const Tasks&) = delete;

    unsigned threads() const;
    // Runs work(0) ... work(count - 1), in any order, and returns when all are done.
    // The caller's thread helps. An exception from a piece is thrown again here.
    void run(std::size_t count, const std::function<void(std::size_t)>& work);

  private:
    struct Crew;
    std::unique_ptr<Crew> crew_;
};

// Denormal numbers cost a hundred times a normal addition; decaying filters are full of
// them. Sets flush-to-zero for the calling thread; Tasks does it for its own.
void flush_denormals_on_this_thread();

}  // namespace mmx::base
