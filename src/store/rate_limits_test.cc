#include "store/rate_limits.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "store/test_database.h"

namespace mmx::store {
namespace {

class P23_RateLimits : public testing::TestWithParam<Dialect> {
  protected:
    FreshDatabase fresh_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(On, P23_RateLimits, testing::ValuesIn(test_databases()), test_name);

TEST_P(P23_RateLimits, Let_through_as_many_as_allowed_however_many_ask_at_once) {
    std::atomic<int> passed{0}, waited{0};
    std::vector<std::thread> crew;
    for (int i = 0; i < 8; ++i) {
        crew.emplace_back([&] {
            for (int n = 0; n < 10; ++n) {
                const auto wait = take(*fresh_, "hash", 25, 600);
                if (!wait) continue;
                wait->has_value() ? ++waited : ++passed;
                if (wait->has_value()) {
                    EXPECT_GT(**wait, 0);
                    EXPECT_LE(**wait, 600);
                }
            }
        });
    }
    for (auto& thread : crew) thread.join();
    EXPECT_EQ(passed, 25);
    EXPECT_EQ(waited, 55);
    EXPECT_FALSE(take(*fresh_, "another", 1, 600)->has_value());
}

TEST_P(P23_RateLimits, Begin_anew_when_the_window_has_ended_and_forget_what_has_ended) {
    ASSERT_FALSE(take(*fresh_, "hash", 1, 600)->has_value());
    ASSERT_TRUE(take(*fresh_, "hash", 1, 600)->has_value());
    ASSERT_TRUE(fresh_->execute("UPDATE rate_buckets SET window_ends_at = now_ms() - 1"));
    EXPECT_FALSE(take(*fresh_, "hash", 1, 600)->has_value());
    EXPECT_TRUE(take(*fresh_, "hash", 1, 600)->has_value());
    EXPECT_EQ(*sweep_rate_buckets(*fresh_), 0);
    ASSERT_TRUE(fresh_->execute("UPDATE rate_buckets SET window_ends_at = now_ms() - 1"));
    EXPECT_EQ(*sweep_rate_buckets(*fresh_), 1);
}

TEST_P(P23_RateLimits, Remember_nothing_for_longer_than_hours) {
    ASSERT_TRUE(take(*fresh_, "hash", 1, 1'000'000));
    const auto rows = fresh_->query("SELECT window_ends_at - now_ms() FROM rate_buckets");
    EXPECT_LE(rows->front().integer(0), 1000 * kLongestWindowSeconds);
}

}  // namespace
}  // namespace mmx::store
