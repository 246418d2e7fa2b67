#include "watermark/surprise.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kLongFrames = 600;

double mean_square(const std::vector<float>& values) {
    double sum = 0;
    for (const float x : values) sum += static_cast<double>(x * x);
    return sum / static_cast<double>(values.size());
}

TEST(P12_Surprise, Takes_away_what_repeats_and_keeps_what_a_mark_adds) {
    base::Chance chance(5, base::Stream::effects);
    // Levels that rise and fall together, every eight frames, and columns of chips of two frames and two half
    // bands on top.
    std::vector<float> music(kLongFrames * kHalfBands), marked = music, mark = music;
    for (std::size_t f = 0; f < kLongFrames; ++f)
        for (std::size_t j = 0; j < kHalfBands; ++j)
            music[f * kHalfBands + j] = static_cast<float>(
                3 * std::sin(2 * M_PI * static_cast<double>(f) / 8) + 0.1 * chance.normal());
    for (std::size_t f = 0; f < kLongFrames; f += 2)
        for (std::size_t j = 0; j < kHalfBands; j += 2) {
            const float chip = chance.happens(0.5) ? 0.1f : -0.1f;
            for (const std::size_t at : {f * kHalfBands + j, f * kHalfBands + j + 1, (f + 1) * kHalfBands + j,
                                         (f + 1) * kHalfBands + j + 1})
                mark[at] = chip;
        }
    for (std::size_t i = 0; i < music.size(); ++i) marked[i] = music[i] + mark[i];
    const auto left = surprise(marked, kLongFrames);
    EXPECT_LT(mean_square(left), 0.06);  // of 4.5
    double product = 0;
    for (std::size_t i = 0; i < left.size(); ++i) product += static_cast<double>(left[i] * mark[i]);
    const double kept = product / static_cast<double>(left.size()) / mean_square(mark);
    EXPECT_GT(kept, 0.85);
    EXPECT_LT(kept, 1.15);
}

TEST(P12_Surprise, Takes_few_frames_and_silence) {
    EXPECT_TRUE(surprise({}, 0).empty());
    for (const std::size_t frames : {std::size_t{1}, std::size_t{3}, std::size_t{40}}) {
        const std::vector<float> silence(frames * kHalfBands, -30.0f);
        for (const float x : surprise(silence, frames)) EXPECT_EQ(x, 0.0f);
    }
}

}  // namespace
}  // namespace mmx::watermark
