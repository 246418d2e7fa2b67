#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "material.h"
#include "noise_to_mask.h"
#include "watermark/embed.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kFrames = 96000;

audio::StereoBuffer noise(double level, std::uint64_t seed) {
    base::Chance chance(seed, base::Stream::effects);
    audio::StereoBuffer sound(kFrames, 48000);
    for (std::size_t i = 0; i < kFrames; ++i)
        sound.left[i] = sound.right[i] = static_cast<float>(level * chance.normal());
    return sound;
}
audio::StereoBuffer tone(double level, double hertz) {
    audio::StereoBuffer sound(kFrames, 48000);
    for (std::size_t i = 0; i < kFrames; ++i)
        sound.left[i] = sound.right[i] =
            static_cast<float>(level * std::sin(2 * M_PI * hertz * static_cast<double>(i) / 48000));
    return sound;
}
audio::StereoBuffer sum(audio::StereoBuffer a, const audio::StereoBuffer& b) {
    for (std::size_t i = 0; i < a.frames(); ++i) {
        a.left[i] += b.left[i];
        a.right[i] += b.right[i];
    }
    return a;
}

// The listener itself: white noise 10 dB under white noise lies 4.5 dB under its threshold of -5.5 dB.
TEST(P11_Listener, Hears_noise_in_noise_as_the_textbook_says) {
    const auto host = noise(0.05, 1);
    const auto with = sum(host, noise(0.05 * std::pow(10, -10 / 20.0), 2));
    const NoiseToMask heard = noise_to_mask(host.view(), with.view());
    for (std::size_t b = 5; b < 22; ++b) EXPECT_NEAR(heard.band_db[b], -4.5, 2.5) << b;
}

// Under a tone at 1 kHz (band 8) the threshold lies about 23 dB down.
TEST(P11_Listener, Hears_noise_under_a_tone_much_sooner) {
    const auto host = tone(0.3, 1000);
    const auto quiet_noise = tone(0.3 * std::pow(10, -30 / 20.0), 1030);
    const NoiseToMask heard = noise_to_mask(host.view(), sum(host, quiet_noise).view());
    EXPECT_GT(heard.band_db[8], -10);
    EXPECT_LT(heard.band_db[8], 0);
    const auto loud_noise = tone(0.3 * std::pow(10, -12 / 20.0), 1030);
    EXPECT_GT(noise_to_mask(host.view(), sum(host, loud_noise).view()).band_db[8], 6);
}

TEST(P11_Listener, Knows_the_threshold_in_quiet) {
    const auto host = tone(0.3, 200);
    const auto high = tone(std::pow(10, -60 / 20.0), 19000);  // 36 dB SPL where 58 and more are needed
    const NoiseToMask heard = noise_to_mask(host.view(), sum(host, high).view());
    EXPECT_LT(heard.band_db[24], -15);
    EXPECT_NEAR(added_db(host.view(), sum(host, high).view(), 18000, 20000), -60, 0.2);
    EXPECT_LT(added_db(host.view(), sum(host, high).view(), 0, 17900), -120);
}

class P11_Audibility : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Of, P11_Audibility,
                         testing::Values("romantic classical piano",
                                         "bright pop with piano and electric guitar"),
                         [](const auto& about) { return about.index == 0 ? "a_piano" : "a_band"; });

TEST_P(P11_Audibility, Of_the_mark_stays_under_the_masked_threshold_in_every_critical_band) {
    auto songs = Songs::open();
    ASSERT_TRUE(songs) << songs.error().tell_user;
    const auto plain = songs->unmarked(GetParam(), 91, 20, Songs::Voice::none);
    ASSERT_TRUE(plain) << plain.error().tell_user;
    audio::StereoBuffer marked = *plain;
    const KeyRing keys(std::string(32, 'k'), 1);
    embed(marked, keys.newest(), 0x0123456789abcdef);
    const NoiseToMask heard = noise_to_mask(plain->view(), std::as_const(marked).view());
    EXPECT_GT(heard.mean_db, -60);  // there is a mark
    EXPECT_LE(heard.mean_db, -8);
    for (std::size_t b = 0; b < kCriticalBands; ++b)
        EXPECT_LE(heard.band_db[b], -3) << kCriticalEdges[b] << " Hz";

    const double above = added_db(plain->view(), std::as_const(marked).view(), 18000, 20000);
    EXPECT_GT(above, -80);
    EXPECT_LT(added_db(plain->view(), std::as_const(marked).view(), 14500, 17900), above - 50);
}

}  // namespace
}  // namespace mmx::watermark
