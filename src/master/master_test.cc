// The master's promises, measured: loudness, ceiling, low end, seam, and nothing that should not be there.
#include "master/master.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "base/tasks.h"

namespace mmx::master {
namespace {

constexpr int kRate = 48000;
constexpr double kTwoPi = 2 * std::numbers::pi;

class Noise {
  public:
    double operator()() {
        state_ = state_ * 1664525u + 1013904223u;
        return static_cast<double>(state_ >> 8) / (1 << 23) - 1.0;
    }

  private:
    std::uint32_t state_ = 1;
};

audio::StereoBuffer tone(double hertz, double amplitude, double seconds, int rate = kRate) {
    audio::StereoBuffer sound(static_cast<std::size_t>(seconds * rate), rate);
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        sound.left[i] = sound.right[i] =
            static_cast<float>(amplitude * std::sin(kTwoPi * hertz * static_cast<double>(i) / rate));
    }
    return sound;
}

audio::StereoBuffer noise(double amplitude, double seconds) {
    audio::StereoBuffer sound(static_cast<std::size_t>(seconds * kRate), kRate);
    Noise next;
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        sound.left[i] = static_cast<float>(amplitude * next());
        sound.right[i] = static_cast<float>(amplitude * next());
    }
    return sound;
}

// Kick, hat and a chord: peaks 12-15 dB over the mean, as in a mixed band.
audio::StereoBuffer band(double amplitude, double seconds, int rate = kRate, double drums = 1.0) {
    audio::StereoBuffer sound(static_cast<std::size_t>(seconds * rate), rate);
    Noise next;
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const double t = static_cast<double>(i) / rate;
        const double beat = std::fmod(t, 0.5), off = std::fmod(t + 0.25, 0.5);
        const double kick =
            drums * std::exp(-beat * 45) * std::sin(kTwoPi * (50 * beat + 6 * (1 - std::exp(-beat * 40))));
        const double hat = drums * 0.5 * std::exp(-off * 70) * next();
        const double chord =
            0.12 * (std::sin(kTwoPi * 220 * t) + std::sin(kTwoPi * 277.2 * t) + std::sin(kTwoPi * 329.6 * t));
        sound.left[i] = static_cast<float>(amplitude * (kick + hat + chord));
        sound.right[i] = static_cast<float>(amplitude * (kick + 0.6 * hat + 1.2 * chord));
    }
    return sound;
}

Report mastered(audio::StereoBuffer& sound, const char* preset = "streaming", Seam seam = Seam::none) {
    const auto report = master(sound, *find_preset(preset), seam, {});
    EXPECT_TRUE(report.has_value());
    return report.value_or(Report{});
}

void expect_on_target(const audio::StereoBuffer& sound, const Report& report) {
    const audio::Loudness after = audio::measure_loudness(sound.view(), sound.sample_rate);
    EXPECT_NEAR(after.integrated_lufs, -14, 0.3);
    EXPECT_LE(after.true_peak_dbtp, -1.0);
    EXPECT_FALSE(report.loudness_lowered);
    EXPECT_NEAR(report.loudness.integrated_lufs, after.integrated_lufs, 1e-9);
}

TEST(Master, Brings_a_tone_to_the_loudness_at_any_level) {
    for (const double amplitude : {0.003, 0.05, 0.9, 4.0}) {
        auto sound = tone(440, amplitude, 6);
        expect_on_target(sound, mastered(sound));
    }
}

TEST(Master, Brings_noise_to_the_loudness_at_any_level) {
    for (const double amplitude : {0.01, 0.3, 2.0}) {
        auto sound = noise(amplitude, 8);
        expect_on_target(sound, mastered(sound));
    }
}

TEST(Master, Brings_a_band_to_the_loudness_at_any_level_and_rate) {
    for (const double amplitude : {0.02, 0.2, 0.9}) {
        auto sound = band(amplitude, 12);
        const Report report = mastered(sound);
        expect_on_target(sound, report);
        EXPECT_GT(report.limited_db, 0.5) << "the test is meant to need the limiter";
    }
    for (const int rate : {44100, 96000}) {
        auto sound = band(0.3, 6, rate);
        expect_on_target(sound, mastered(sound));
    }
}

TEST(Master, Lowers_the_loudness_rather_than_crush_the_peaks_and_says_so) {
    auto clicks = noise(0.002, 10);
    for (std::size_t i = 4800; i < clicks.frames(); i += 12000) {  // four hard clicks a second
        for (std::size_t k = 0; k < 40; ++k)
            clicks.left[i + k] = clicks.right[i + k] =
                static_cast<float>(0.9 * std::sin(0.4 * static_cast<double>(k)));
    }
    const Report report = mastered(clicks);
    EXPECT_TRUE(report.loudness_lowered);
    EXPECT_LT(report.loudness.integrated_lufs, -14.3);
    EXPECT_LE(report.loudness.true_peak_dbtp, -1.0);
    EXPECT_NEAR(report.limited_db, 6, 0.5);
}

TEST(Master, Natural_sets_the_gain_and_nothing_else) {
    auto sound = band(0.2, 10);
    const Report report = mastered(sound, "natural");
    EXPECT_EQ(report.limited_db, 0);
    EXPECT_LE(report.loudness.integrated_lufs, -18 + 0.05);
    EXPECT_LE(report.loudness.true_peak_dbtp, -1.0);
    auto louder = band(0.9, 10);
    mastered(louder, "natural");
    for (std::size_t i = 0; i < sound.frames(); i += 37)
        ASSERT_NEAR(sound.left[i], louder.left[i], 1e-4) << "level does not matter";
}

TEST(Master, Natural_stays_quieter_where_the_peaks_demand_it) {
    auto sound = noise(0.001, 6);
    for (std::size_t k = 0; k < 30; ++k) sound.left[100000 + k] = sound.right[100000 + k] = 0.9f;
    const Report report = mastered(sound, "natural");
    EXPECT_LT(report.loudness.integrated_lufs, -20);
    EXPECT_LE(report.loudness.true_peak_dbtp, -1.0);
}

// Amplitude of one frequency in a stretch, by correlation with it; whole periods only.
double amplitude_of(const std::vector<float>& x, std::size_t first, std::size_t count, double hertz) {
    double re = 0, im = 0;
    for (std::size_t i = first; i < first + count; ++i) {
        re += static_cast<double>(x[i]) * std::cos(kTwoPi * hertz * static_cast<double>(i) / kRate);
        im += static_cast<double>(x[i]) * std::sin(kTwoPi * hertz * static_cast<double>(i) / kRate);
    }
    return 2 * std::hypot(re, im) / static_cast<double>(count);
}

TEST(Master, Does_not_distort_a_bass_tone_under_3_dB_of_limiting) {
    Preset preset = *find_preset("streaming");
    preset.loudness_lufs = 3;  // out of reach, so that the limiter works as hard as it may
    preset.most_limiting_db = 3;
    auto sound = tone(60, 0.5, 6);
    const auto report = master(sound, preset, Seam::none, {});
    ASSERT_TRUE(report.has_value());
    EXPECT_GT(report->limited_db, 2.5);
    double harmonics = 0;
    for (int n = 2; n <= 10; ++n) {
        const double a = amplitude_of(sound.left, 2 * kRate, 2 * kRate, 60.0 * n);
        harmonics += a * a;
    }
    EXPECT_LT(std::sqrt(harmonics) / amplitude_of(sound.left, 2 * kRate, 2 * kRate, 60), 0.01);
}

TEST(Master, Adds_no_clicks_while_limiting) {
    auto sound = band(0.5, 6);
    auto unlimited = sound;
    const Report report = mastered(sound);
    mastered(unlimited, "natural");
    EXPECT_GT(report.limited_db, 1);
    // Both went through the same filters, so their ratio is the gain.
    double last = 0;
    std::size_t last_at = 0;
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const auto x = static_cast<double>(unlimited.left[i]);
        if (std::abs(x) < 0.05) continue;
        const double gain = static_cast<double>(sound.left[i]) / x;
        if (last_at + 1 == i) {
            ASSERT_LT(std::abs(gain / last - 1), 0.004) << i;
        }
        last = gain;
        last_at = i;
    }
}

TEST(Master, Takes_away_DC_and_subsonic_rumble) {
    auto sound = band(0.2, 6);
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        sound.left[i] += 0.05f;
        sound.right[i] += static_cast<float>(0.1 * std::sin(kTwoPi * 4 * static_cast<double>(i) / kRate));
    }
    const Report report = mastered(sound);
    double mean = 0;
    for (std::size_t i = kRate; i < 5 * kRate; ++i) mean += static_cast<double>(sound.left[i]) / (4 * kRate);
    EXPECT_LT(std::abs(mean), 0.001);
    // 28 dB down at 4 Hz.
    EXPECT_LT(amplitude_of(sound.right, kRate, 4 * kRate, 4),
              0.1 * 0.045 * std::pow(10.0, report.gain_db / 20));
}

TEST(Master, Makes_the_bass_mono_and_leaves_panning_above_alone) {
    // 50 Hz on one side only, 1 kHz on the other only.
    audio::StereoBuffer sound(4 * kRate, kRate);
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const double t = static_cast<double>(i) / kRate;
        sound.left[i] = static_cast<float>(0.2 * std::sin(kTwoPi * 50 * t));
        sound.right[i] = static_cast<float>(0.2 * std::sin(kTwoPi * 1000 * t));
    }
    mastered(sound);
    const auto level = [&](const std::vector<float>& x, double hertz) {
        return amplitude_of(x, kRate, 2 * kRate, hertz);
    };
    EXPECT_NEAR(level(sound.left, 50) / level(sound.right, 50), 1, 0.1);
    EXPECT_LT(level(sound.left, 1000) / level(sound.right, 1000), 0.01);
}

TEST(Master, Does_not_depend_on_the_number_of_threads) {
    for (const Seam seam : {Seam::none, Seam::loop}) {
        auto one = band(0.4, 25), two = one;
        base::Tasks alone(1), crew(3);
        ASSERT_TRUE(master(one, *find_preset("streaming"), seam, {}, &alone));
        ASSERT_TRUE(master(two, *find_preset("streaming"), seam, {}, &crew));
        EXPECT_EQ(one.left, two.left);
        EXPECT_EQ(one.right, two.right);
    }
}

TEST(Master, Of_a_loop_is_the_same_wherever_the_loop_is_cut) {
    // 8 s of whole beats: turned by 3.3 s it is the same loop.
    const auto sound = band(0.4, 8);
    const std::size_t turn = 158400;
    auto loop = sound, turned = sound;
    std::rotate(turned.left.begin(), turned.left.begin() + turn, turned.left.end());
    std::rotate(turned.right.begin(), turned.right.begin() + turn, turned.right.end());
    mastered(loop, "streaming", Seam::loop);
    mastered(turned, "streaming", Seam::loop);
    // The gains differ by as much as the gating windows fall differently; their ratio is one number
    // everywhere, also where the first one's seam lies inside the second.
    std::rotate(turned.left.begin(), turned.left.end() - turn, turned.left.end());
    const double ratio = static_cast<double>(loop.left[100000] / turned.left[100000]);
    EXPECT_NEAR(ratio, 1, 0.02);
    for (std::size_t i = 0; i < 3000; ++i) {
        const std::size_t at = (loop.frames() - 1500 + i) % loop.frames();
        ASSERT_NEAR(static_cast<double>(loop.left[at]), ratio * static_cast<double>(turned.left[at]), 0.01)
            << at;
    }
}

TEST(Master, Of_a_loop_has_no_step_at_the_seam) {
    auto sound = tone(100, 0.5, 3);  // whole periods: its end meets its beginning
    const Report report = mastered(sound, "streaming", Seam::loop);
    EXPECT_LE(report.loudness.true_peak_dbtp, -1.0);
    const double slope = kTwoPi * 100 / kRate;  // the largest step of a 100 Hz tone of amplitude 1
    EXPECT_LT(std::abs(static_cast<double>(sound.left.front() - sound.left.back())), slope);
    for (std::size_t i = 1; i < sound.frames(); ++i) {
        ASSERT_LT(std::abs(static_cast<double>(sound.left[i] - sound.left[i - 1])), slope) << i;
    }
}

TEST(Master, Leaves_silence_silent) {
    audio::StereoBuffer sound(5 * kRate, kRate);
    const Report report = mastered(sound);
    EXPECT_EQ(report.loudness.integrated_lufs, -70);
    for (const float x : sound.left) ASSERT_EQ(x, 0.0f);
    audio::StereoBuffer nothing(0, kRate), one(1, kRate);
    mastered(nothing);
    mastered(one);
    mastered(one, "natural", Seam::loop);
}

TEST(Master, Refuses_what_is_not_a_number_and_touches_nothing) {
    for (const float bad :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        auto sound = tone(440, 0.3, 1);
        sound.right[40000] = bad;
        const auto before = sound.left;
        const auto report = master(sound, *find_preset("streaming"), Seam::none, {});
        ASSERT_FALSE(report.has_value());
        EXPECT_EQ(report.error().kind, base::Kind::internal);
        EXPECT_EQ(sound.left, before);
    }
}

TEST(Master, Reports_progress_that_never_falls) {
    auto sound = band(0.3, 3);
    double last = -1;
    ASSERT_TRUE(master(sound, *find_preset("streaming"), Seam::none, [&](double done) {
        EXPECT_GE(done, last);
        last = done;
    }));
    EXPECT_EQ(last, 1);
}

}  // namespace
}  // namespace mmx::master
