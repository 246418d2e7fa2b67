#include "master/limiter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace mmx::master {
namespace {

constexpr int kRate = 48000;
constexpr std::size_t kSecond = 3000;  // blocks

double gain_at(const GainCurve& curve, std::size_t block) {
    return static_cast<double>(curve.nodes[block]);
}

TEST(Limiter, Is_at_rest_below_the_ceiling) {
    const std::vector<float> peaks(kSecond, 0.79f);
    const GainCurve curve = Limiter(peaks, kRate, Seam::none).curve(1.0, 0.8);
    for (const float node : curve.nodes) EXPECT_EQ(node, 1.0f);
}

TEST(Limiter, Keeps_every_block_under_the_ceiling) {
    std::vector<float> peaks(5 * kSecond);
    std::uint32_t random = 7;
    for (float& peak : peaks) {
        random = random * 1664525u + 1013904223u;
        const double x = static_cast<double>(random >> 8) / (1 << 24);
        peak = static_cast<float>(0.2 + 1.8 * x * x * x * x);
    }
    for (const Seam seam : {Seam::none, Seam::loop}) {
        const GainCurve curve = Limiter(peaks, kRate, seam).curve(1.5, 0.89);
        for (std::size_t k = 0; k < peaks.size(); ++k) {
            const double most = std::max(gain_at(curve, k), gain_at(curve, k + 1));
            ASSERT_LE(1.5 * most * static_cast<double>(peaks[k]), 0.89 * 1.00001) << k;
        }
    }
}

TEST(Limiter, Moves_before_a_hit_and_comes_back_soon_after) {
    std::vector<float> peaks(3 * kSecond, 0.1f);
    peaks[kSecond] = 2.0f;
    const GainCurve curve = Limiter(peaks, kRate, Seam::none).curve(1.0, 1.0);
    EXPECT_NEAR(gain_at(curve, kSecond), 0.5, 1e-4);
    EXPECT_EQ(gain_at(curve, kSecond - 16), 1.0) << "5 ms before";
    EXPECT_LT(gain_at(curve, kSecond - 7), 0.9);
    EXPECT_NEAR(gain_at(curve, kSecond + 20), 0.5, 0.01) << "held for bass";
    EXPECT_GT(gain_at(curve, kSecond + 600), 0.92) << "200 ms later";
}

TEST(Limiter, Recovers_more_slowly_where_hits_are_dense) {
    const auto gap_gain = [](std::size_t spacing) {  // just before the last of many hits moves it again
        std::vector<float> peaks(6 * kSecond, 0.1f);
        std::size_t last = 0;
        for (std::size_t k = 0; k < peaks.size(); k += spacing) peaks[k] = 2.0f, last = k;
        const GainCurve curve = Limiter(peaks, kRate, Seam::none).curve(1.0, 1.0);
        return gain_at(curve, last - spacing + 250);  // 83 ms after the one before
    };
    EXPECT_LT(gap_gain(300), gap_gain(2000) - 0.02);
}

TEST(Limiter, Has_no_corners_in_its_gain) {
    std::vector<float> peaks(2 * kSecond, 0.1f);
    peaks[kSecond] = 2.0f;
    const GainCurve curve = Limiter(peaks, kRate, Seam::none).curve(1.0, 1.0);
    for (std::size_t k = 1; k + 1 < curve.nodes.size(); ++k) {
        const double bend = gain_at(curve, k + 1) - 2 * gain_at(curve, k) + gain_at(curve, k - 1);
        EXPECT_LT(std::abs(bend), 0.03) << k;  // a step of 6 dB would bend by 0.5
    }
}

TEST(Limiter, Does_not_modulate_a_bass_tone) {
    // Crests of 41 Hz (a bass guitar's lowest E) come every 36.6 blocks.
    std::vector<float> peaks(3 * kSecond);
    for (std::size_t k = 0; k < peaks.size(); ++k) {
        peaks[k] = static_cast<float>(
            1.4 * std::abs(std::sin(3.14159265 * 2 * 41.2 * static_cast<double>(k) / kSecond)));
    }
    const GainCurve curve = Limiter(peaks, kRate, Seam::none).curve(1.0, 1.0);
    const auto [least, most] = std::minmax_element(curve.nodes.begin() + kSecond, curve.nodes.end() - 100);
    EXPECT_LT(*most / *least, 1.01f);
}

TEST(Limiter, In_a_loop_the_end_knows_the_beginning) {
    std::vector<float> peaks(2 * kSecond, 0.1f);
    peaks[1] = 2.0f;  // its look-ahead reaches round into the end
    peaks[1000] = 1.5f;
    const GainCurve loop = Limiter(peaks, kRate, Seam::loop).curve(1.0, 1.0);
    EXPECT_EQ(loop.nodes.front(), loop.nodes.back());
    EXPECT_LT(loop.nodes[loop.nodes.size() - 4], 0.8f);
    // The same loop cut open elsewhere has the same gains.
    std::vector<float> turned(peaks.begin() + 3000, peaks.end());
    turned.insert(turned.end(), peaks.begin(), peaks.begin() + 3000);
    const GainCurve other = Limiter(turned, kRate, Seam::loop).curve(1.0, 1.0);
    for (std::size_t k = 1; k < 3000; ++k) EXPECT_NEAR(loop.nodes[k + 3000], other.nodes[k], 1e-3f) << k;
}

TEST(Limiter, Allows_a_rare_peak_more_than_the_usual_ones) {
    std::vector<float> peaks(100 * kSecond, 0.5f);
    const double usual = Limiter(peaks, kRate, Seam::none).largest_gain(1.0, 6);
    EXPECT_NEAR(usual, 2 * 1.995, 0.01);
    peaks[50 * kSecond] = 0.9f;  // once in 100 s
    EXPECT_NEAR(Limiter(peaks, kRate, Seam::none).largest_gain(1.0, 6), usual, 0.01);
    for (std::size_t k = 0; k < peaks.size(); k += kSecond) peaks[k] = 0.9f;  // every second
    EXPECT_NEAR(Limiter(peaks, kRate, Seam::none).largest_gain(1.0, 6), 1.995 / 0.9, 0.01);
}

}  // namespace
}  // namespace mmx::master
