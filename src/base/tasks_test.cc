#include "base/tasks.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace mmx::base {
namespace {

TEST(Tasks, Every_piece_runs_exactly_once_for_any_number_of_threads) {
    for (const unsigned threads : {1u, 2u, 5u}) {
        Tasks tasks(threads);
        for (int round = 0; round < 200; ++round) {
            std::vector<std::atomic<int>> ran(17);
            tasks.run(ran.size(), [&](std::size_t i) { ++ran[i]; });
            for (const auto& count : ran) EXPECT_EQ(count, 1);
        }
        tasks.run(0, [](std::size_t) { FAIL(); });
    }
}

TEST(Tasks, A_failing_piece_is_reported_to_the_caller_and_the_crew_goes_on) {
    Tasks tasks(2);
    EXPECT_THROW(tasks.run(8,
                           [](std::size_t i) {
                               if (i == 3) throw std::runtime_error("string broke");
                           }),
                 std::runtime_error);
    std::atomic<int> ran = 0;
    tasks.run(8, [&](std::size_t) { ++ran; });
    EXPECT_EQ(ran, 8);
}

TEST(Tasks, Denormal_numbers_are_flushed_in_the_pieces) {
    Tasks tasks(2);
    std::vector<float> results(64, 1.0f);
    tasks.run(results.size(), [&](std::size_t i) {
        volatile float tiny = 1e-38f;
        results[i] = tiny * 0.01f;
    });
    for (const float result : results) EXPECT_EQ(result, 0.0f);
}

}  // namespace
}  // namespace mmx::base
