#include "watermark/crossing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mmx::watermark {
namespace {

constexpr std::size_t kFrames = 30000;

std::vector<float> tone(double hertz, int rate, std::size_t frames) {
    std::vector<float> sound(frames);
    for (std::size_t i = 0; i < frames; ++i)
        sound[i] = static_cast<float>(std::sin(2 * M_PI * hertz * static_cast<double>(i) / rate));
    return sound;
}
// Of the middle, in dB of a full-scale sine.
double level_db(const std::vector<float>& sound) {
    double sum = 0;
    for (std::size_t i = 1000; i + 1000 < sound.size(); ++i) sum += static_cast<double>(sound[i] * sound[i]);
    return 10 * std::log10(2 * sum / static_cast<double>(sound.size() - 2000) + 1e-20);
}

TEST(P11_Crossing, Keeps_the_pass_band_in_place_and_nothing_of_the_stop_band) {
    for (const int rate : {44100, 96000, 32000}) {
        const Crossing down(rate, 24000, 10000, 14000);
        std::vector<float> half(12000);
        for (const double hertz : {300.0, 3000.0, 9900.0}) {
            down.run(tone(hertz, rate, kFrames * 2), 0, 0, half);
            const auto wanted = tone(hertz, 24000, half.size());
            for (std::size_t i = 0; i < half.size(); ++i) half[i] -= wanted[i];
            EXPECT_LT(level_db(half), -55) << rate << " Hz, " << hertz;
        }
        down.run(tone(14100, rate, kFrames * 2), 0, 0, half);
        EXPECT_LT(level_db(half), -60) << rate;
    }
}

TEST(P11_Crossing, Gives_the_same_from_any_place_on) {
    const auto sound = tone(1234.5, 44100, kFrames);
    const Crossing down(44100, 24000, 10000, 14000);
    std::vector<float> whole(16000), part(1000);
    down.run(sound, 0, 0, whole);
    down.run(std::span(sound).subspan(5000), 5000, 4000, part);
    for (std::size_t i = 0; i < part.size(); ++i) EXPECT_EQ(part[i], whole[4000 + i]) << i;
    down.run(sound, 0, -1000, part);
    for (std::size_t i = 0; i < 900; ++i) EXPECT_EQ(part[i], 0.0f) << i;  // before the beginning: silence
}

TEST(P11_Crossing, Knows_which_rates_it_can_take) {
    EXPECT_TRUE(Crossing::possible(24000, 44100));
    EXPECT_TRUE(Crossing::possible(24000, 192000));
    EXPECT_FALSE(Crossing::possible(24000, 44101));
}

}  // namespace
}  // namespace mmx::watermark
