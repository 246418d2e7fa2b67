#include "base/random.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace mmx::base {
namespace {

TEST(P04_Chance, The_same_seed_stream_and_place_give_the_same_draws_for_ever) {
    // Published songs depend on these numbers: they may never change.
    Chance chance(42, Stream::melody, {1, 2, 3});
    EXPECT_EQ(chance.bits(), Chance(42, Stream::melody, {1, 2, 3}).bits());
    Chance golden(1, Stream::plan);
    EXPECT_EQ(golden.bits(), 0x9fa73c150954882cULL);
    EXPECT_EQ(golden.bits(), 0xd6fb5361dde56487ULL);
}

TEST(Chance, Neighbouring_places_streams_and_seeds_do_not_resemble_each_other) {
    std::vector<std::uint64_t> draws;
    for (std::uint64_t i = 0; i < 8; ++i) {
        draws.push_back(Chance(i, Stream::melody).bits());
        draws.push_back(Chance(100, static_cast<Stream>(i + 1)).bits());
        draws.push_back(Chance(100, Stream::drums, {i + 1, 0, 0}).bits());
        draws.push_back(Chance(100, Stream::drums, {0, i + 1, 0}).bits());
        draws.push_back(Chance(100, Stream::drums, {0, 0, i + 1}).bits());
    }
    for (std::size_t a = 0; a < draws.size(); ++a)
        for (std::size_t b = 0; b < a; ++b) {
            const int different_bits = __builtin_popcountll(draws[a] ^ draws[b]);
            EXPECT_GT(different_bits, 12) << a << " " << b;
            EXPECT_LT(different_bits, 52) << a << " " << b;
        }
}

TEST(Chance, Uniform_and_normal_draws_have_their_mean_and_variance) {
    Chance chance(7, Stream::humanise_time);
    double sum = 0, squares = 0, normal_sum = 0, normal_squares = 0;
    constexpr int kDraws = 100000;
    for (int i = 0; i < kDraws; ++i) {
        const double u = chance.uniform(), n = chance.normal();
        ASSERT_GE(u, 0.0);
        ASSERT_LT(u, 1.0);
        sum += u, squares += u * u, normal_sum += n, normal_squares += n * n;
    }
    EXPECT_NEAR(sum / kDraws, 0.5, 0.005);
    EXPECT_NEAR(squares / kDraws, 1.0 / 3, 0.005);
    EXPECT_NEAR(normal_sum / kDraws, 0.0, 0.015);
    EXPECT_NEAR(normal_squares / kDraws, 1.0, 0.02);
}

TEST(Chance, Integers_reach_both_ends_and_nothing_beyond) {
    Chance chance(7, Stream::form);
    std::array<int, 6> seen{};
    for (int i = 0; i < 6000; ++i) ++seen.at(static_cast<std::size_t>(chance.integer(-2, 3) + 2));
    for (const int count : seen) EXPECT_NEAR(count, 1000, 150);
}

TEST(Chance, Weights_of_zero_are_never_picked) {
    Chance chance(9, Stream::harmony);
    const std::array<double, 4> weights = {0, 1, 0, 3};
    std::array<int, 4> seen{};
    for (int i = 0; i < 4000; ++i) ++seen.at(chance.pick(weights));
    EXPECT_EQ(seen[0], 0);
    EXPECT_EQ(seen[2], 0);
    EXPECT_NEAR(seen[1], 1000, 150);
}

}  // namespace
}  // namespace mmx::base
