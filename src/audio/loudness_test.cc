// The meter against every case of EBU Tech 3341 and 3342 that concerns stereo sound.
#include "audio/loudness.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "base/tasks.h"

namespace mmx::audio {
namespace {

struct Stretch {
    double dbfs;  // peak level of the tone; below -900: silence
    double seconds;
};
constexpr double kSilence = -1000;

StereoBuffer tones(const std::vector<Stretch>& stretches, int rate, double hertz = 1000) {
    StereoBuffer sound(0, rate);
    // A turning pointer makes the tone: far quicker than a sine for each sample, and exact enough for a
    // minute.
    const std::complex<double> turn = std::polar(1.0, 2 * std::numbers::pi * hertz / rate);
    std::complex<double> pointer = 1;
    double time = 0;
    for (const auto& stretch : stretches) {
        const double amplitude = stretch.dbfs < -900 ? 0.0 : std::pow(10.0, stretch.dbfs / 20);
        const auto end = static_cast<std::size_t>(std::llround((time + stretch.seconds) * rate));
        for (std::size_t i = sound.frames(); i < end; ++i, pointer *= turn) {
            const auto x = static_cast<float>(amplitude * pointer.imag());
            sound.left.push_back(x);
            sound.right.push_back(x);
        }
        time += stretch.seconds;
    }
    return sound;
}

class Tech3341 : public testing::TestWithParam<int> {
  protected:
    Loudness measure(const std::vector<Stretch>& stretches) const {
        const StereoBuffer sound = tones(stretches, GetParam());
        return measure_loudness(sound.view(), GetParam());
    }
};
INSTANTIATE_TEST_SUITE_P(Rates, Tech3341, testing::Values(8000, 44100, 48000),
                         [](const auto& parameter) { return std::to_string(parameter.param) + "_Hz"; });

TEST_P(Tech3341, Case_1_steady_tone_at_minus_23) {
    const Loudness l = measure({{-23, 20}});
    EXPECT_NEAR(l.integrated_lufs, -23, 0.1);
    EXPECT_NEAR(l.max_momentary_lufs, -23, 0.1);
    EXPECT_NEAR(l.max_short_term_lufs, -23, 0.1);
}
TEST_P(Tech3341, Case_2_steady_tone_at_minus_33) {
    EXPECT_NEAR(measure({{-33, 20}}).integrated_lufs, -33, 0.1);
}
TEST_P(Tech3341, Case_3_relative_gate_drops_the_quiet_ends) {
    EXPECT_NEAR(measure({{-36, 10}, {-23, 60}, {-36, 10}}).integrated_lufs, -23, 0.1);
}
TEST_P(Tech3341, Case_4_absolute_gate_drops_the_near_silence) {
    EXPECT_NEAR(measure({{-72, 10}, {-36, 10}, {-23, 60}, {-36, 10}, {-72, 10}}).integrated_lufs, -23, 0.1);
}
TEST_P(Tech3341, Case_5_levels_within_the_gate_are_averaged) {
    EXPECT_NEAR(measure({{-26, 20}, {-20, 20.1}, {-26, 20}}).integrated_lufs, -23, 0.1);
}
TEST_P(Tech3341, Case_9_short_term_is_steady_over_its_own_period) {
    std::vector<Stretch> stretches;
    for (int i = 0; i < 5; ++i) stretches.insert(stretches.end(), {{-20, 1.34}, {-30, 1.66}});
    const StereoBuffer sound = tones(stretches, GetParam());
    LoudnessMeter meter(GetParam());
    const auto hop = static_cast<std::size_t>(GetParam() / 10);
    for (std::size_t at = 0; at + hop <= sound.frames(); at += hop) {
        meter.add(sound.view().part(at, hop));
        if (at + hop < static_cast<std::size_t>(3 * GetParam())) continue;
        EXPECT_NEAR(meter.short_term_lufs(), -23, 0.1);
    }
}
TEST_P(Tech3341, Case_10_short_term_finds_three_seconds_anywhere) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_NEAR(measure({{kSilence, i * 0.15}, {-23, 3}, {kSilence, 1}}).max_short_term_lufs, -23, 0.1)
            << i;
    }
}
TEST_P(Tech3341, Case_11_short_term_follows_each_level) {
    for (int i = 0; i < 20; i += 3) {
        EXPECT_NEAR(measure({{-38.0 + i, 3}, {kSilence, 1}}).max_short_term_lufs, -38 + i, 0.1) << i;
    }
}
TEST_P(Tech3341, Case_12_momentary_is_steady_over_its_own_period) {
    std::vector<Stretch> stretches;
    for (int i = 0; i < 25; ++i) stretches.insert(stretches.end(), {{-20, 0.18}, {-30, 0.22}});
    const StereoBuffer sound = tones(stretches, GetParam());
    LoudnessMeter meter(GetParam());
    const auto hop = static_cast<std::size_t>(GetParam() / 100);
    for (std::size_t at = 0; at + hop <= sound.frames(); at += hop) {
        meter.add(sound.view().part(at, hop));
        if (at + hop < static_cast<std::size_t>(GetParam())) continue;
        EXPECT_NEAR(meter.momentary_lufs(), -23, 0.1);
    }
}
TEST_P(Tech3341, Case_13_momentary_finds_400_milliseconds_anywhere) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_NEAR(measure({{kSilence, i * 0.02}, {-23, 0.4}, {kSilence, 1}}).max_momentary_lufs, -23, 0.1)
            << i;
    }
}
TEST_P(Tech3341, Case_14_momentary_follows_each_level) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_NEAR(measure({{-38.0 + i, 0.4}, {kSilence, 1}}).max_momentary_lufs, -38 + i, 0.1) << i;
    }
}

// Cases 15-19: a tone at an exact fraction of the rate, whose samples all miss the peak.
void expect_tone_peak(double amplitude, double fraction, double degrees, double dbtp, int rate) {
    StereoBuffer sound(static_cast<std::size_t>(rate), rate);
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        // Faded at both ends: a sudden beginning overshoots by itself.
        const double edge =
            std::min({1.0, static_cast<double>(i) / 500, static_cast<double>(sound.frames() - 1 - i) / 500});
        const double phase = 2 * std::numbers::pi * (fraction * static_cast<double>(i) + degrees / 360);
        sound.left[i] = sound.right[i] = static_cast<float>(amplitude * edge * std::sin(phase));
    }
    const double read = measure_loudness(sound.view(), rate).true_peak_dbtp;
    EXPECT_LE(read, dbtp + 0.2);
    EXPECT_GE(read, dbtp - 0.4);
    EXPECT_NEAR(read, dbtp, 0.1);  // our own, narrower bound
}
TEST_P(Tech3341, Cases_15_to_19_peaks_between_samples) {
    expect_tone_peak(0.5, 1.0 / 4, 0, -6, GetParam());
    expect_tone_peak(0.5, 1.0 / 4, 45, -6, GetParam());
    expect_tone_peak(0.5, 1.0 / 6, 60, -6, GetParam());
    expect_tone_peak(0.5, 1.0 / 8, 67.5, -6, GetParam());
    expect_tone_peak(1.41, 1.0 / 4, 45, 3, GetParam());
}

// Cases 20-23: one period of a 0 dBFS tone at fs/4 between stretches of fs/6 at half its level, made at four
// times the rate, band-limited and decimated at each of four offsets.
TEST_P(Tech3341, Cases_20_to_23_a_burst_made_at_four_times_the_rate) {
    constexpr int kTaps = 401;
    const std::size_t frames = 8000;
    std::vector<double> fine(4 * frames);
    for (std::size_t i = 0; i < fine.size(); ++i) {
        const double position = static_cast<double>(i);
        const bool burst = i >= 16000 && i < 16016;  // one period of fs/4 is 16 fine samples
        const double edge = std::min({1.0, position / 2000, static_cast<double>(fine.size() - 1 - i) / 2000});
        const double angle = 2 * std::numbers::pi * (position - 16000);
        fine[i] = burst ? std::sin(angle / 16) : 0.5 * edge * std::sin(angle / 24);
    }
    // A low-pass at the final Nyquist frequency, as any decimation has; it rounds the burst off only
    // slightly.
    std::vector<double> taps(kTaps);
    double sum = 0;
    for (int k = 0; k < kTaps; ++k) {
        const double d = k - kTaps / 2;
        const double sinc = d == 0 ? 1.0 : std::sin(std::numbers::pi * d / 4) / (std::numbers::pi * d / 4);
        taps[static_cast<std::size_t>(k)] = sinc * (0.5 + 0.5 * std::cos(2 * std::numbers::pi * d / kTaps));
        sum += taps[static_cast<std::size_t>(k)];
    }
    std::vector<double> smooth(fine.size());
    double exact = 0;
    for (std::size_t i = kTaps; i + kTaps < fine.size(); ++i) {
        double y = 0;
        for (std::size_t k = 0; k < kTaps; ++k) y += taps[k] / sum * fine[i + kTaps / 2 - k];
        smooth[i] = y;
        exact = std::max(exact, std::abs(y));
    }
    for (std::size_t offset = 0; offset < 4; ++offset) {
        StereoBuffer sound(frames, GetParam());
        for (std::size_t i = 0; i < frames; ++i)
            sound.left[i] = sound.right[i] = static_cast<float>(smooth[4 * i + offset] / exact);
        const double read = measure_loudness(sound.view(), GetParam()).true_peak_dbtp;
        EXPECT_LE(read, 0.2) << offset;
        EXPECT_GE(read, -0.4) << offset;
    }
}

class Tech3342 : public Tech3341 {};
INSTANTIATE_TEST_SUITE_P(Rates, Tech3342, testing::Values(44100, 48000),
                         [](const auto& parameter) { return std::to_string(parameter.param) + "_Hz"; });
TEST_P(Tech3342, Cases_1_to_4_loudness_range) {
    EXPECT_NEAR(measure({{-20, 20}, {-30, 20}}).range_lu, 10, 1);
    EXPECT_NEAR(measure({{-20, 20}, {-15, 20}}).range_lu, 5, 1);
    EXPECT_NEAR(measure({{-40, 20}, {-20, 20}}).range_lu, 20, 1);
    EXPECT_NEAR(measure({{-50, 20}, {-35, 20}, {-20, 20}, {-35, 20}, {-50, 20}}).range_lu, 15, 1);
}

// Noise whose level wanders: nothing in it falls on block boundaries.
StereoBuffer wandering_noise(std::size_t frames, int rate) {
    StereoBuffer sound(frames, rate);
    std::uint32_t random = 12345;
    for (std::size_t i = 0; i < frames; ++i) {
        const double level = 0.1 + 0.09 * std::sin(static_cast<double>(i) * 1.7e-5);
        for (auto* channel : {&sound.left, &sound.right}) {
            random = random * 1664525u + 1013904223u;
            (*channel)[i] = static_cast<float>(level * (static_cast<double>(random >> 8) / (1 << 23) - 1.0));
        }
    }
    return sound;
}

TEST(Loudness, Of_portions_of_any_size_equals_that_of_the_whole) {
    for (const int rate : {44100, 48000, 11025}) {
        const StereoBuffer sound = wandering_noise(static_cast<std::size_t>(14.37 * rate), rate);
        const Loudness whole = measure_loudness(sound.view(), rate);
        LoudnessMeter meter(rate);
        std::size_t at = 0, portion = 1;
        while (at < sound.frames()) {
            const std::size_t count = std::min(portion, sound.frames() - at);
            meter.add(sound.view().part(at, count));
            at += count;
            portion = portion * 7 % 9973 + 1;
        }
        const Loudness parts = meter.result();
        EXPECT_NEAR(parts.integrated_lufs, whole.integrated_lufs, 1e-9);
        EXPECT_NEAR(parts.max_short_term_lufs, whole.max_short_term_lufs, 1e-9);
        EXPECT_NEAR(parts.range_lu, whole.range_lu, 1e-9);
        EXPECT_EQ(parts.true_peak_dbtp, whole.true_peak_dbtp);
        EXPECT_EQ(parts.sample_peak_dbfs, whole.sample_peak_dbfs);
    }
}

TEST(Loudness, Does_not_depend_on_the_number_of_threads) {
    const StereoBuffer sound = wandering_noise(48000 * 35 + 17, 48000);
    const Loudness alone = measure_loudness(sound.view(), 48000);
    base::Tasks crew(2);
    const Loudness shared = measure_loudness(sound.view(), 48000, &crew);
    EXPECT_EQ(alone.integrated_lufs, shared.integrated_lufs);
    EXPECT_EQ(alone.max_momentary_lufs, shared.max_momentary_lufs);
    EXPECT_EQ(alone.range_lu, shared.range_lu);
    EXPECT_EQ(alone.true_peak_dbtp, shared.true_peak_dbtp);
}

TEST(Loudness, Of_silence_or_nothing_is_the_floor) {
    for (const std::size_t frames : {std::size_t{0}, std::size_t{1}, std::size_t{100}, std::size_t{480000}}) {
        const StereoBuffer sound(frames, 48000);
        const Loudness l = measure_loudness(sound.view(), 48000);
        EXPECT_EQ(l.integrated_lufs, -70);
        EXPECT_EQ(l.range_lu, 0);
        EXPECT_EQ(l.true_peak_dbtp, -120);
    }
}

TEST(Loudness, Is_right_at_every_rate) {
    for (const int rate : {11025, 16000, 22050, 32000, 88200, 96000, 176400, 192000}) {
        const StereoBuffer sound = tones({{-23, 4}}, rate);
        EXPECT_NEAR(measure_loudness(sound.view(), rate).integrated_lufs, -23, 0.1) << rate;
        EXPECT_NEAR(measure_loudness(sound.view(), rate).true_peak_dbtp, -23, 0.1) << rate;
    }
}

TEST(Loudness, Of_a_hit_shorter_than_the_window_is_still_measured) {
    const StereoBuffer sound = tones({{-12, 0.2}}, 48000);
    EXPECT_NEAR(measure_loudness(sound.view(), 48000).integrated_lufs, -12, 0.2);
}

TEST(Loudness, Of_one_channel_alone_reads_3_LU_less) {
    StereoBuffer sound = tones({{-20, 5}}, 48000);
    std::fill(sound.right.begin(), sound.right.end(), 0.0f);
    EXPECT_NEAR(measure_loudness(sound.view(), 48000).integrated_lufs, -23, 0.1);
}

}  // namespace
}  // namespace mmx::audio
