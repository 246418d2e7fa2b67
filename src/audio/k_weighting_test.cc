#include "audio/k_weighting.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace mmx::audio {
namespace {

double gain_db(const KCoefficients& c, double hertz, int rate) {
    const auto z = std::polar(1.0, -2 * std::numbers::pi * hertz / rate);
    return 20 * std::log10(std::abs((c.b0 + c.b1 * z + c.b2 * z * z) / (1.0 + c.a1 * z + c.a2 * z * z)));
}

TEST(KWeighting, Equals_the_standards_table_at_48_kHz) {
    const KCoefficients shelf = k_shelf(48000), high_pass = k_high_pass(48000);
    EXPECT_NEAR(shelf.b0, 1.53512485958697, 1e-12);
    EXPECT_NEAR(shelf.b1, -2.69169618940638, 1e-12);
    EXPECT_NEAR(shelf.b2, 1.19839281085285, 1e-12);
    EXPECT_NEAR(shelf.a1, -1.69065929318241, 1e-12);
    EXPECT_NEAR(shelf.a2, 0.73248077421585, 1e-12);
    EXPECT_NEAR(high_pass.a1, -1.99004745483398, 1e-12);
    EXPECT_NEAR(high_pass.a2, 0.99007225036621, 1e-12);
}

// Gain of the running filters for a steady tone.
double measured_db(double hertz, int rate) {
    KWeighting weighting(rate);
    std::vector<float> tone(static_cast<std::size_t>(rate));
    for (std::size_t i = 0; i < tone.size(); ++i) {
        tone[i] = static_cast<float>(std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate));
    }
    weighting.add(tone.data(), tone.data(), tone.size());
    return 10 * std::log10(weighting.add(tone.data(), tone.data(), tone.size()) / rate);
}

TEST(KWeighting, Is_the_same_curve_at_every_rate) {
    for (const int rate : {8000, 22050, 44100, 96000, 192000}) {
        for (const double hertz : {20.0, 60.0, 200.0, 500.0, 1000.0}) {
            const double table =
                gain_db(k_shelf(48000), hertz, 48000) + gain_db(k_high_pass(48000), hertz, 48000);
            EXPECT_NEAR(measured_db(hertz, rate), table,
                        rate < 22050   ? 0.25
                        : rate < 44100 ? 0.05
                                       : 0.02)
                << rate << " " << hertz;
        }
    }
}

}  // namespace
}  // namespace mmx::audio
