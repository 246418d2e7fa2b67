#include "codec/peaks.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace mmx::codec {
namespace {

TEST(Peaks, Hold_the_extremes_of_every_stretch) {
    audio::StereoBuffer sound(10'000, 48000);
    sound.left[2500] = sound.right[2500] = 1.0f;
    sound.left[2501] = sound.right[2501] = -0.5f;
    sound.left[9999] = -1.0f;  // one side only: half of it is in the middle
    const auto json = nlohmann::json::parse(peaks_json(sound.view(), 48000, 10));
    EXPECT_EQ(json["version"], 2);
    EXPECT_EQ(json["sample_rate"], 48000);
    EXPECT_EQ(json["samples_per_pixel"], 1000);
    EXPECT_EQ(json["length"], 10);
    ASSERT_EQ(json["data"].size(), 20u);
    EXPECT_EQ(json["data"][4], -64);
    EXPECT_EQ(json["data"][5], 127);
    EXPECT_EQ(json["data"][18], -64);
    EXPECT_EQ(json["data"][19], 0);
    EXPECT_EQ(json["data"][0], 0);
}

TEST(Peaks, Fit_songs_of_any_length) {
    for (const std::size_t frames : {0, 1, 1999, 2000, 2001, 480'001}) {
        const audio::StereoBuffer sound(frames, 48000);
        const auto json = nlohmann::json::parse(peaks_json(std::as_const(sound).view(), 48000));
        const std::size_t length = json["length"];
        EXPECT_LE(length, 2000u);
        EXPECT_EQ(json["data"].size(), 2 * length);
        EXPECT_GE(length * json["samples_per_pixel"].get<std::size_t>(), frames);
    }
}

}  // namespace
}  // namespace mmx::codec
