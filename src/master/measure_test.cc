#include "master/measure.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numbers>

namespace mmx::master {
namespace {

audio::StereoBuffer tones(double left_hertz, double right_hertz, double amplitude, double seconds = 5,
                          int rate = 48000) {
    audio::StereoBuffer sound(static_cast<std::size_t>(seconds * rate), rate);
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const double t = 2 * std::numbers::pi * static_cast<double>(i) / rate;
        sound.left[i] = static_cast<float>(amplitude * std::sin(left_hertz * t));
        sound.right[i] = static_cast<float>(amplitude * std::sin(right_hertz * t));
    }
    return sound;
}
Measurement of(const audio::StereoBuffer& sound) {
    return measure(sound.view(), sound.sample_rate);
}

TEST(Measure, Finds_the_level_of_a_tone_in_its_own_band) {
    for (const auto& [hertz, band] : {std::pair{1000.0, 16u}, {50.0, 3u}, {10000.0, 26u}}) {
        const Measurement m = of(tones(hertz, hertz, 0.5));
        ASSERT_EQ(m.bands.size(), 30u);
        EXPECT_EQ(m.bands[band].hertz, hertz);
        EXPECT_NEAR(m.bands[band].level_db, -6.02, hertz < 100 ? 0.5 : 0.1);
        EXPECT_LT(m.bands[band + 3].level_db, -50);
        EXPECT_NEAR(m.crest_factor_db, 3.01, 0.05);
        EXPECT_EQ(m.channels, 1);
        EXPECT_NEAR(m.correlation, 1, 1e-6);
    }
}

TEST(Measure, Tells_sides_apart) {
    auto sound = tones(300, 300, 0.3);
    for (float& x : sound.right) x = -x;
    EXPECT_NEAR(of(sound).correlation, -1, 1e-6);
    EXPECT_NEAR(of(tones(300, 440, 0.3)).correlation, 0, 0.01);
    // The same bass below, different notes above.
    auto mixed = tones(60, 60, 0.3);
    const auto above = tones(900, 1300, 0.3);
    for (std::size_t i = 0; i < mixed.frames(); ++i)
        mixed.left[i] += above.left[i], mixed.right[i] += above.right[i];
    const Measurement m = of(mixed);
    EXPECT_NEAR(m.correlation, 0.5, 0.02);
    EXPECT_GT(m.bass_correlation, 0.99);
    EXPECT_EQ(m.channels, 2);
}

TEST(Measure, Counts_clipping_DC_and_what_is_no_number) {
    auto sound = tones(440, 550, 1.5);
    for (float& x : sound.left) x = std::clamp(x, -1.0f, 1.0f);
    for (float& x : sound.right) x = 0.2f * x + 0.01f;
    sound.right[500] = std::numeric_limits<float>::quiet_NaN();
    const Measurement m = of(sound);
    // 1.5 sin is beyond 1 for 53.5 % of the time.
    EXPECT_NEAR(static_cast<double>(m.clipped_samples) / static_cast<double>(sound.frames()), 0.535, 0.01);
    EXPECT_NEAR(m.dc_right, 0.01, 1e-4);
    EXPECT_NEAR(m.dc_left, 0, 1e-4);
    EXPECT_EQ(m.not_numbers, 1);
    EXPECT_EQ(of(tones(440, 550, 0.9)).clipped_samples, 0);
}

TEST(Measure, Lists_silences_of_half_a_second_and_more) {
    auto sound = tones(440, 550, 0.5, 6);
    const auto mute = [&](double from, double to) {
        for (auto i = static_cast<std::size_t>(from * 48000); i < static_cast<std::size_t>(to * 48000); ++i)
            sound.left[i] = sound.right[i] = 0;
    };
    mute(1, 1.3);
    mute(2, 2.75);
    mute(5, 6);
    const Measurement m = of(sound);
    ASSERT_EQ(m.silences.size(), 2u);
    EXPECT_NEAR(m.silences[0].start_seconds, 2, 0.001);
    EXPECT_NEAR(m.silences[0].end_seconds, 2.75, 0.001);
    EXPECT_NEAR(m.silences[1].end_seconds, 6, 0.001);
}

TEST(Measure, Speaks_of_nothing_and_of_silence) {
    EXPECT_EQ(of(audio::StereoBuffer(0, 48000)).duration_seconds, 0);
    const Measurement m = of(audio::StereoBuffer(48000, 48000));
    EXPECT_EQ(m.silences.size(), 1u);
    EXPECT_EQ(m.correlation, 1);
    EXPECT_EQ(m.crest_factor_db, 0);
    EXPECT_EQ(m.bands[5].level_db, -120);
}

TEST(Measure, Writes_json_and_a_page) {
    const Measurement m = of(tones(440, 550, 0.5, 3, 44100));
    const auto json = nlohmann::json::parse(to_json(m));
    EXPECT_EQ(json["sample_rate"], 44100);
    EXPECT_NEAR(json["loudness"]["integrated_lufs"].get<double>(), m.loudness.integrated_lufs, 0.01);
    EXPECT_EQ(json["bands"].size(), m.bands.size());
    EXPECT_TRUE(json["silences"].is_array());
    const std::string text = to_text(m);
    EXPECT_NE(text.find("LUFS integrated"), std::string::npos);
    EXPECT_NE(text.find("    1000 Hz"), std::string::npos);
}

}  // namespace
}  // namespace mmx::master
