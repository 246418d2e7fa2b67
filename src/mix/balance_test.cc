// What the tonal balance hears, and what it does about it.
#include "mix/balance.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace mmx::mix {
namespace {

constexpr int kRate = 48000;
constexpr std::array<double, style::kOctaves> kFlat = {0, 0, 0, 0, 0, 0, 0, 0};

double response_db(const TonalCorrection& correction, double hertz) {
    double gain = 1;
    for (const auto& filter : correction.filters) gain *= audio::gain_at(filter, hertz, kRate);
    return correction.gain_db + 20 * std::log10(gain);
}

OctavePowers of_db(const std::array<double, style::kOctaves>& db) {
    OctavePowers powers{};
    for (std::size_t i = 0; i < db.size(); ++i) powers[i] = std::pow(10.0, db[i] / 10);
    return powers;
}

TEST(Balance, Noise_is_equally_dense_in_every_octave_and_a_tone_in_one) {
    OctaveMeter meter(kRate);
    audio::StereoBuffer noise(kRate * 4, kRate);
    base::Chance chance(1, base::Stream::effects);
    for (std::size_t i = 0; i < noise.frames(); ++i) {
        noise.left[i] = static_cast<float>(0.1 * chance.normal());
        noise.right[i] = static_cast<float>(0.1 * chance.normal());
    }
    meter.add(std::as_const(noise).view());
    const OctavePowers white = meter.powers();
    for (const double power : white) EXPECT_NEAR(10 * std::log10(power / white[7]), 0, 1.2);

    OctaveMeter tone_meter(kRate);
    for (std::size_t i = 0; i < noise.frames(); ++i)
        noise.left[i] = noise.right[i] =
            static_cast<float>(std::sin(2 * 3.14159265358979 * 1000 * static_cast<double>(i) / kRate));
    tone_meter.add(std::as_const(noise).view());
    const OctavePowers tone = tone_meter.powers();
    for (std::size_t octave = 0; octave < tone.size(); ++octave)
        if (octave != 4) {
            EXPECT_LT(tone[octave], 1e-4 * tone[4]) << octave;
        }
}

TEST(Balance, What_is_near_the_curve_is_left_alone) {
    EXPECT_TRUE(
        correct_balance(of_db({0.7, 0.7, -0.7, -0.7, 0.7, 0.7, -0.7, -0.7}), kFlat, kRate).filters.empty());
    EXPECT_TRUE(correct_balance(OctavePowers{}, kFlat, kRate).filters.empty()) << "silence";
    // Energy moved between neighbouring octaves is the song's key, not its balance.
    EXPECT_TRUE(correct_balance(of_db({6, -6, 6, -6, 6, -6, 6, -6}), kFlat, kRate).filters.empty());
}

TEST(Balance, What_lies_off_is_brought_back_and_never_by_more_than_4_dB) {
    // Too little on top: 6 dB below, 4.5 below the mean.
    const auto dark = correct_balance(of_db({0, 0, 0, 0, 0, 0, -6, -6}), kFlat, kRate);
    ASSERT_FALSE(dark.filters.empty());
    EXPECT_NEAR(response_db(dark, 8000) - response_db(dark, 350), 4.5, 0.6);
    EXPECT_NEAR(response_db(dark, 90), response_db(dark, 350), 0.3);
    const auto boomy = correct_balance(of_db({20, 20, 0, 0, 0, 0, 0, 0}), kFlat, kRate);
    for (const double hertz : {60.0, 125.0, 350.0, 1400.0, 5600.0, 12000.0})
        EXPECT_LE(std::abs(response_db(boomy, hertz)), 4.1) << hertz;
    EXPECT_NEAR(response_db(boomy, 60), -4, 0.6);
}

}  // namespace
}  // namespace mmx::mix
