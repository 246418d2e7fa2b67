#include "watermark/verify.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace mmx::watermark {
namespace {

// What a sound without a mark gives: numbers without a sense, some of them far out.
Soft nonsense(base::Chance& chance) {
    Soft soft;
    for (std::size_t i = 0; i < kSymbols; ++i) {
        soft.weight[i] = static_cast<float>(chance.uniform(5, 40));
        soft.sum[i] = static_cast<float>(chance.normal() * (chance.happens(0.1) ? 4.0 : 1.0)) *
                      std::sqrt(soft.weight[i]);
    }
    return soft;
}

TEST(P12_Verify, Promises_no_more_than_chance_keeps) {
    const Key key(std::string(32, 'v'), 1);
    base::Chance chance(7, base::Stream::effects);
    constexpr int kTrials = 1000;
    int below_tenth = 0, below_hundredth = 0;
    for (int i = 0; i < kTrials; ++i) {
        const Reading reading = read_id(key, nonsense(chance), 320);
        below_tenth += reading.tag_p < 0.1;
        below_hundredth += reading.tag_p < 0.01;
        EXPECT_FALSE(reading.counts());
    }
    // The bound is one: less often than it says, but often enough that it says something.
    EXPECT_LT(below_tenth, kTrials / 10);
    EXPECT_LT(below_hundredth, kTrials / 100);
    EXPECT_GT(below_tenth, 0);
}

TEST(P12_Verify, Counts_an_id_whose_code_and_tag_are_heard) {
    const Key key(std::string(32, 'v'), 1);
    constexpr std::uint64_t kId = 0xfedcba9876543210;
    const auto symbols = symbols_of(key, kId);
    base::Chance chance(8, base::Stream::effects);
    Soft soft;
    for (std::size_t i = 0; i < kSymbols; ++i) {
        soft.weight[i] = 20;
        soft.sum[i] = static_cast<float>(symbols[i] * 6.0 + chance.normal() * 4.5);
    }
    soft.sum[kSyncSymbol] = 60;
    const Reading reading = read_id(key, soft, 320);
    EXPECT_EQ(reading.id, kId);
    EXPECT_TRUE(reading.counts()) << reading.tag_p << ' ' << reading.p_value;
}

}  // namespace
}  // namespace mmx::watermark
