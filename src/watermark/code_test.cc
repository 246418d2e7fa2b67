#include "watermark/code.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace mmx::watermark {
namespace {

std::array<float, kCodeBits> heard(std::uint64_t id, double noise, std::uint64_t seed) {
    base::Chance chance(seed, base::Stream::plan);
    const auto code = encode_id(id);
    std::array<float, kCodeBits> soft;
    for (std::size_t i = 0; i < kCodeBits; ++i)
        soft[i] = static_cast<float>(code[i] + noise * chance.normal());
    return soft;
}

TEST(WatermarkCode, Reads_back_any_id_without_noise) {
    for (const std::uint64_t id : {0ull, ~0ull, 1ull, 1ull << 63, 0x0123456789abcdefull}) {
        const auto ids = decode_ids(heard(id, 0, 1), 1);
        ASSERT_EQ(ids.size(), 1u);
        EXPECT_EQ(ids.front(), id);
    }
}

// 3 dB a bit: each of 384 values has a signal of 1 in noise of 1.22.
TEST(WatermarkCode, Names_the_id_in_its_list_at_3_dB_a_bit) {
    base::Chance chance(7, base::Stream::plan);
    int found = 0;
    constexpr int kTrials = 100;
    for (int i = 0; i < kTrials; ++i) {
        const std::uint64_t id = chance.bits();
        const auto ids = decode_ids(heard(id, 1.22, static_cast<std::uint64_t>(i)), 16);
        found += std::find(ids.begin(), ids.end(), id) != ids.end();
    }
    EXPECT_GE(found, kTrials - 3);
}

TEST(WatermarkCode, Gives_ids_that_differ_in_one_bit_words_that_differ_in_44) {
    const auto zero = encode_id(0);
    for (int bit = 0; bit < 64; ++bit) {
        const auto one = encode_id(1ull << bit);
        int apart = 0;
        for (std::size_t i = 0; i < kCodeBits; ++i) apart += one[i] != zero[i];
        EXPECT_GE(apart, 35);
    }
}

}  // namespace
}  // namespace mmx::watermark
