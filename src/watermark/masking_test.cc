#include "watermark/masking.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "audio/fft.h"
#include "base/random.h"

namespace mmx::watermark {
namespace {

// Three frames of a signal at the half rate, one hop apart, in the middle of the mark's frames.
std::array<float, kGroups> allowed_in(const std::function<double(double seconds)>& signal) {
    audio::RealFft<float> fft(kWindow);
    std::array<std::vector<float>, 3> powers;
    for (std::size_t f = 0; f < 3; ++f) {
        std::vector<float> x(kWindow), re(kBins), im(kBins);
        for (std::size_t i = 0; i < kWindow; ++i) {
            const double hann = 0.5 - 0.5 * std::cos(2 * M_PI * static_cast<double>(i) / kWindow);
            x[i] = static_cast<float>(hann * signal(static_cast<double>(f * kHop + i) / kHalfRate));
        }
        fft.forwards(x, re, im);
        powers[f].resize(kBins);
        for (std::size_t k = 0; k < kBins; ++k) powers[f][k] = re[k] * re[k] + im[k] * im[k];
    }
    return allowed_mark(powers[1], powers[0], powers[2]);
}
// The group of a frequency.
std::size_t group_at(double hertz) {
    std::size_t group = 0;
    while (half_band_edges()[4 * group + 4] < hertz) ++group;
    return group;
}

TEST(P11_Masking, Lets_noise_hide_more_than_tones) {
    base::Chance chance(3, base::Stream::effects);
    std::vector<double> noise(8192);
    for (double& x : noise) x = chance.normal();
    const auto in_noise =
        allowed_in([&](double t) { return noise[static_cast<std::size_t>(t * kHalfRate + 0.5)]; });
    double mean = 0;
    for (std::size_t g = 4; g < kGroups; ++g) mean += in_noise[g] / (kGroups - 4);
    EXPECT_GT(mean, 0.6 * kMostNoisy);
    const auto in_tone = allowed_in([](double t) { return std::sin(2 * M_PI * 3010 * t); });
    EXPECT_LE(in_tone[group_at(3010)], kMostTonal);
    EXPECT_GT(in_tone[group_at(3010)], 0.02f);
}

// Many peaks in one group look like noise, but they stay where they are.
TEST(P11_Masking, Takes_a_chord_for_tones_also_while_it_fades) {
    const std::array<double, 3> chord = {2960, 3060, 3170};
    const auto played = [&](double t) {
        double sum = 0;
        for (const double hertz : chord) sum += std::sin(2 * M_PI * hertz * t + hertz);
        return sum;
    };
    EXPECT_LE(allowed_in(played)[group_at(3100)], 0.4f * kMostNoisy);
    EXPECT_LE(allowed_in([&](double t) { return std::exp(-40 * t) * played(t); })[group_at(3100)],
              0.4f * kMostNoisy);
}

TEST(P11_Masking, Leaves_silence_alone) {
    for (const float one : allowed_in([](double) { return 0.0; })) EXPECT_EQ(one, 0.0f);
}

}  // namespace
}  // namespace mmx::watermark
