#include "audio/resample.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace mmx::audio {
namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;

std::vector<float> tone(double hertz, int rate, std::size_t frames) {
    std::vector<float> x(frames);
    for (std::size_t i = 0; i < frames; ++i)
        x[i] = static_cast<float>(std::sin(kTwoPi * hertz * static_cast<double>(i) / rate));
    return x;
}
double rms_db(const std::vector<float>& x, std::size_t edge) {
    double sum = 0;
    for (std::size_t i = edge; i + edge < x.size(); ++i)
        sum += static_cast<double>(x[i]) * static_cast<double>(x[i]);
    return 10 * std::log10(sum / static_cast<double>(x.size() - 2 * edge) + 1e-30);
}
constexpr std::pair<int, int> kPairs[] = {{44100, 48000}, {48000, 44100}, {96000, 48000}, {48000, 96000},
                                          {22050, 48000}, {48000, 16000}, {44100, 48001}};

TEST(Resample, Keeps_tones_as_they_are_up_to_20_kHz) {
    for (const auto& [from, to] : kPairs) {
        const Resampler plan(from, to);
        const double top = 0.906 * std::min(from, to) / 2;
        for (const double hertz : {50.0, 1000.0, 0.5 * top, top}) {
            const auto out = plan.resample(tone(hertz, from, 12000));
            const auto ideal = tone(hertz, to, out.size());
            std::vector<float> error(out.size());
            for (std::size_t i = 0; i < out.size(); ++i) error[i] = out[i] - ideal[i];
            EXPECT_LT(rms_db(error, 1000), -90) << from << " " << to << " " << hertz;
        }
    }
}

TEST(Resample, Removes_what_the_lower_rate_cannot_hold) {
    for (const auto& [from, to] : {std::pair{48000, 44100}, {96000, 48000}, {48000, 16000}}) {
        const Resampler plan(from, to);
        for (const double share : {1.005, 1.1, 1.5, 1.9}) {
            const double hertz = share * to / 2;
            if (hertz > from / 2) continue;
            EXPECT_LT(rms_db(plan.resample(tone(hertz, from, 24000)), 1500), -93)
                << from << " " << to << " " << hertz;
        }
    }
}

TEST(Resample, Keeps_length_and_place) {
    std::vector<float> click(4410);
    click[2205] = 1.0f;  // at 50 ms
    const auto out = Resampler(44100, 48000).resample(click);
    EXPECT_EQ(out.size(), 4800u);
    EXPECT_EQ(std::max_element(out.begin(), out.end()) - out.begin(), 2400);
    EXPECT_TRUE(Resampler(44100, 48000).resample({}).empty());
    StereoBuffer one(1, 44100);
    EXPECT_EQ(resample(one, 48000).frames(), 2u);
    EXPECT_EQ(resample(one, 44100).frames(), 1u);
}

TEST(Resample, There_and_back_is_the_same_music) {
    std::vector<float> chord(44100);
    for (std::size_t i = 0; i < chord.size(); ++i) {
        const double t = static_cast<double>(i) / 44100;
        chord[i] = static_cast<float>(0.3 * (std::sin(kTwoPi * 220 * t) + std::sin(kTwoPi * 3520.5 * t) +
                                             std::sin(kTwoPi * 15000 * t)));
    }
    const auto back = Resampler(48000, 44100).resample(Resampler(44100, 48000).resample(chord));
    for (std::size_t i = 500; i < 43500; ++i) ASSERT_NEAR(back[i], chord[i], 3e-5) << i;
}

}  // namespace
}  // namespace mmx::audio
