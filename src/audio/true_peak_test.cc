#include "audio/true_peak.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "audio/loudness.h"

namespace mmx::audio {
namespace {

std::vector<float> tone(double fraction, double phase, std::size_t frames) {
    std::vector<float> x(frames);
    for (std::size_t i = 0; i < frames; ++i) {
        const double edge =
            std::min({1.0, static_cast<double>(i) / 300, static_cast<double>(frames - 1 - i) / 300});
        x[i] = static_cast<float>(edge *
                                  std::sin(2 * std::numbers::pi * fraction * static_cast<double>(i) + phase));
    }
    return x;
}

TEST(TruePeak, Of_a_tone_is_its_amplitude_at_any_phase_up_to_20_kHz) {
    for (const double fraction : {0.01, 0.1, 0.21, 0.25, 0.3333, 0.4, 0.416}) {
        for (const double phase : {0.0, 0.4, 0.7853981, 1.3}) {
            const auto x = tone(fraction, phase, 4000);
            const double peak = channel_true_peak(x, 0, x.size());
            EXPECT_GT(20 * std::log10(peak), -0.15) << fraction;
            EXPECT_LT(20 * std::log10(peak), 0.05) << fraction;
        }
    }
}

TEST(TruePeak, Of_the_parts_is_that_of_the_whole) {
    const auto x = tone(0.23, 0.3, 5003);
    double parts = 0;
    for (std::size_t first = 0; first < x.size(); first += 611) {
        parts = std::max(parts, channel_true_peak(x, first, std::min<std::size_t>(611, x.size() - first)));
    }
    EXPECT_EQ(parts, channel_true_peak(x, 0, x.size()));
}

TEST(TruePeak, Block_peaks_find_each_blocks_own_peak) {
    std::vector<float> x(16 + 256 + 24);
    x[16 + 100] = 0.5f;  // a lone sample: block 6 of 16 frames holds it, its neighbours only the ripples
    std::vector<float> peaks(16);
    block_true_peaks(x.data() + 16, 256, 16, Oversampling::eight, peaks.data());
    EXPECT_FLOAT_EQ(peaks[6], 0.5f);
    EXPECT_LT(peaks[5], 0.1f);
    EXPECT_LT(peaks[8], 0.05f);
    EXPECT_EQ(peaks[0], 0.0f);
}

}  // namespace
}  // namespace mmx::audio
