#include "base/maths.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mmx {
namespace {

double relative_error(double ours, double truth) {
    return std::fabs(ours - truth) / std::max(std::fabs(truth), 1e-300);
}

TEST(Maths, Sine_and_cosine_agree_with_the_standard_library_to_1e13) {
    for (double x = -1e6; x < 1e6; x += 997.31) {
        EXPECT_NEAR(base::sin(x), std::sin(x), 1e-10 * 1e-0) << x;
        EXPECT_NEAR(base::cos(x), std::cos(x), 1e-10) << x;
    }
    for (double x = -20; x < 20; x += 0.0137) {
        EXPECT_NEAR(base::sin(x), std::sin(x), 1e-13) << x;
        EXPECT_NEAR(base::cos(x), std::cos(x), 1e-13) << x;
    }
}

TEST(Maths, Exponentials_and_logarithms_agree_with_the_standard_library) {
    for (double x = -300; x < 300; x += 0.731) {
        EXPECT_LT(relative_error(base::exp2(x), std::exp2(x)), 1e-13) << x;
        EXPECT_LT(relative_error(base::exp(x), std::exp(x)), 1e-12) << x;
    }
    for (double x = 1e-8; x < 1e8; x *= 1.37) {
        EXPECT_NEAR(base::log(x), std::log(x), 1e-13 * std::max(1.0, std::fabs(std::log(x)))) << x;
        EXPECT_LT(relative_error(base::pow(x, 0.37), std::pow(x, 0.37)), 1e-12) << x;
    }
    EXPECT_EQ(base::exp2(10), 1024.0);
    EXPECT_EQ(base::pow(0, 2), 0.0);
    EXPECT_EQ(base::exp2(-2000), 0.0);
}

TEST(Maths, Tangents_agree_with_the_standard_library) {
    for (double x = -30; x < 30; x += 0.0173) {
        EXPECT_LT(relative_error(base::tanh(x), std::tanh(x)), 1e-10) << x;
        EXPECT_NEAR(base::atan(x), std::atan(x), 1e-13) << x;
    }
    for (double x = -1.5; x < 1.5; x += 0.01)
        EXPECT_NEAR(base::tan(x), std::tan(x), 1e-11 * (1 + std::tan(x) * std::tan(x)));
}

TEST(Maths, Floor_is_the_largest_whole_number_not_above) {
    for (const double x : {-2.0, -1.5, -0.25, 0.0, 0.25, 1.0, 1.75, 1e15 + 0.5, 1e300, -1e300})
        EXPECT_EQ(base::floor(x), std::floor(x));
}

TEST(Maths, Midi_note_69_is_440_hertz_and_6_decibels_about_double) {
    EXPECT_DOUBLE_EQ(base::midi_to_hertz(69), 440.0);
    EXPECT_NEAR(base::midi_to_hertz(60), 261.6255653005986, 1e-9);
    EXPECT_NEAR(base::decibels_to_gain(6.0205999132796239), 2.0, 1e-12);
    EXPECT_NEAR(base::gain_to_decibels(0.5), -6.0205999132796239, 1e-12);
}

}  // namespace
}  // namespace mmx
