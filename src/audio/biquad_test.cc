#include "audio/biquad.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace mmx::audio {
namespace {

constexpr int kRate = 48000;

// Measures, rather than computes: a second of sine through the running filter, the first half left to settle.
double measured_db(const std::vector<BiquadCoefficients>& filters, double hertz) {
    StereoCascade cascade(filters);
    StereoBuffer tone(kRate, kRate);
    for (int i = 0; i < kRate; ++i)
        tone.left[i] = tone.right[i] = static_cast<float>(0.5 * std::sin(2 * M_PI * hertz * i / kRate));
    cascade.process(tone.view());
    double power = 0;
    for (int i = kRate / 2; i < kRate; ++i) power += tone.right[i] * tone.right[i];
    return 10 * std::log10(power / (kRate / 2) / 0.125);
}

TEST(Biquad, High_pass_keeps_the_passband_halves_power_at_the_cutoff_and_falls_12_dB_an_octave) {
    const std::vector filters = {high_pass(120, 0.70710678, kRate)};
    EXPECT_NEAR(measured_db(filters, 2000), 0, 0.05);
    EXPECT_NEAR(measured_db(filters, 120), -3.01, 0.05);
    EXPECT_NEAR(measured_db(filters, 30), -24.1, 0.2);
}

TEST(Biquad, Low_pass_keeps_the_passband_halves_power_at_the_cutoff_and_falls_12_dB_an_octave) {
    const std::vector filters = {low_pass(1000, 0.70710678, kRate)};
    EXPECT_NEAR(measured_db(filters, 60), 0, 0.05);
    EXPECT_NEAR(measured_db(filters, 1000), -3.01, 0.05);
    EXPECT_NEAR(measured_db(filters, 4000), -24.1, 0.5);
}

TEST(Biquad, Shelves_and_peaks_give_the_asked_gain_where_they_should_and_none_elsewhere) {
    EXPECT_NEAR(measured_db({low_shelf(200, 6, kRate)}, 20), 6, 0.1);
    EXPECT_NEAR(measured_db({low_shelf(200, 6, kRate)}, 200), 3, 0.1);
    EXPECT_NEAR(measured_db({low_shelf(200, 6, kRate)}, 5000), 0, 0.1);
    EXPECT_NEAR(measured_db({high_shelf(4000, -5, kRate)}, 16000), -5, 0.2);
    EXPECT_NEAR(measured_db({high_shelf(4000, -5, kRate)}, 4000), -2.5, 0.1);
    EXPECT_NEAR(measured_db({high_shelf(4000, -5, kRate)}, 100), 0, 0.1);
    EXPECT_NEAR(measured_db({peak(1000, 2, 4, kRate)}, 1000), 4, 0.1);
    EXPECT_NEAR(measured_db({peak(1000, 2, 4, kRate)}, 100), 0, 0.1);
}

TEST(Biquad, Band_pass_and_all_pass_do_what_their_names_say) {
    EXPECT_NEAR(measured_db({band_pass(1000, 2, kRate)}, 1000), 0, 0.05);
    EXPECT_LT(measured_db({band_pass(1000, 2, kRate)}, 50), -30);
    for (double hertz : {50.0, 1000.0, 9000.0})
        EXPECT_NEAR(measured_db({all_pass(800, 0.7, kRate)}, hertz), 0, 0.05);
}

TEST(Biquad, Tilt_is_a_straight_slope_about_1_kHz) {
    for (double slope : {-1.0, -0.4, 0.5, 1.0}) {
        const auto filters = tilt(slope, kRate);
        for (double hertz : {62.5, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0})
            EXPECT_NEAR(measured_db(filters, hertz), slope * std::log2(hertz / 1000), 0.7)
                << slope << " at " << hertz;
    }
}

TEST(Biquad, Computed_gain_agrees_with_the_measured_one) {
    for (double hertz : {40.0, 300.0, 3000.0, 12000.0})
        EXPECT_NEAR(20 * std::log10(gain_at(low_shelf(500, -4, kRate), hertz, kRate)),
                    measured_db({low_shelf(500, -4, kRate)}, hertz), 0.02);
}

TEST(StereoCascade, Gives_the_same_bits_however_the_audio_is_cut) {
    const std::vector filters = {high_pass(30, 0.7, kRate), peak(400, 1, -3, kRate), peak(2500, 1, 2, kRate),
                                 high_shelf(8000, 2, kRate), low_pass(16000, 0.7, kRate)};
    StereoBuffer whole(9000, kRate);
    std::mt19937 random(1);
    for (std::size_t i = 0; i < 4000; ++i) {
        whole.left[i] = static_cast<float>(static_cast<double>(random()) / 4294967296.0 - 0.5);
        whole.right[i] = static_cast<float>(static_cast<double>(random()) / 4294967296.0 - 0.5);
    }
    StereoBuffer cut = whole;
    StereoCascade one(filters), other(filters);
    one.process(whole.view());
    for (std::size_t first = 0, piece = 1; first < 9000; first += piece, piece = piece * 7 % 501 + 1)
        other.process(cut.view().part(first, std::min<std::size_t>(piece, 9000 - first)));
    EXPECT_EQ(whole.left, cut.left);
    EXPECT_EQ(whole.right, cut.right);
}

TEST(StereoCascade, Comes_to_rest_after_the_sound) {
    StereoCascade cascade(std::vector{high_pass(30, 0.7, kRate), low_shelf(100, 6, kRate)});
    StereoBuffer audio(kRate * 4, kRate);
    audio.left[0] = audio.right[0] = 1;
    cascade.process(audio.view());
    for (int i = kRate * 3; i < kRate * 4; ++i) ASSERT_EQ(audio.left[i], 0.0f);
}

}  // namespace
}  // namespace mmx::audio
