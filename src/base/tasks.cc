#include "base/tasks.h"

#include <pmmintrin.h>
#include <xmmintrin.h>

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace mmx::base {

void flush_denormals_on_this_thread() {
    _MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_ON);
    _MM_SET_DENORMALS_ZERO_MODE(_MM_DENORMALS_ZERO_ON);
}

struct Tasks::Crew {
    std::mutex mutex;
    std::condition_variable wake, done;
    const std::function<void(std::size_t)>* work = nullptr;
    std::size_t count = 0;
    std::atomic<std::size_t> next{0};
    std::size_t busy = 0;
    std::size_t generation = 0;
    bool leaving = false;
    std::exception_ptr failure;
    std::vector<std::thread> threads;

    void take_pieces() {
        for (std::size_t i; (i = next.fetch_add(1)) < count;) {
            try {
                (*work)(i);
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!failure) failure = std::current_exception();
            }
        }
    }

    void serve() {
        flush_denormals_on_this_thread();
        std::size_t seen = 0;
        std::unique_lock lock(mutex);
        for (;;) {
            wake.wait(lock, [&] { return leaving || generation != seen; });
            if (leaving) return;
            seen = generation;
            lock.unlock();
            take_pieces();
            lock.lock();
            if (--busy == 0) done.notify_one();
        }
    }
};

Tasks::Tasks(unsigned threads) : crew_(std::make_unique<Crew>()) {
    if (threads == 0) threads = std::thread::hardware_concurrency();
    for (unsigned i = 1; i < threads; ++i)
        crew_->threads.emplace_back([crew = crew_.get()] { crew->serve(); });
}

Tasks::~Tasks() {
    {
        const std::lock_guard lock(crew_->mutex);
        crew_->leaving = true;
    }
    crew_->wake.notify_all();
    for (auto& thread : crew_->threads) thread.join();
}

unsigned Tasks::threads() const {
    return static_cast<unsigned>(crew_->threads.size()) + 1;
}

void Tasks::run(std::size_t count, const std::function<void(std::size_t)>& work) {
    {
        const std::lock_guard lock(crew_->mutex);
        crew_->work = &work;
        crew_->count = count;
        crew_->next = 0;
        crew_->busy = crew_->threads.size();
        crew_->failure = nullptr;
        ++crew_->generation;
    }
    crew_->wake.notify_all();
    const unsigned mode = _mm_getcsr();
    flush_denormals_on_this_thread();
    crew_->take_pieces();
    _mm_setcsr(mode);
    std::unique_lock lock(crew_->mutex);
    crew_->done.wait(lock, [&] { return crew_->busy == 0; });
    if (crew_->failure) std::rethrow_exception(crew_->failure);
}

}  // namespace mmx::base
