// A second opinion: libebur128 must read the same loudness, range and peak as we do.
#include <ebur128.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <numbers>
#include <string>
#include <vector>

#include "audio/loudness.h"
#include "codec/codec.h"
#include "master/master.h"

namespace mmx {
namespace {

audio::Loudness second_opinion(audio::ConstStereoView sound, int rate) {
    std::unique_ptr<ebur128_state, void (*)(ebur128_state*)> state(
        ebur128_init(2, static_cast<unsigned long>(rate),
                     EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_TRUE_PEAK),
        [](ebur128_state* s) { ebur128_destroy(&s); });
    std::vector<float> interleaved(2 * sound.frames());
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        interleaved[2 * i] = sound.left[i];
        interleaved[2 * i + 1] = sound.right[i];
    }
    ebur128_add_frames_float(state.get(), interleaved.data(), sound.frames());
    audio::Loudness read;
    double left = 0, right = 0;
    ebur128_loudness_global(state.get(), &read.integrated_lufs);
    ebur128_loudness_range(state.get(), &read.range_lu);
    ebur128_true_peak(state.get(), 0, &left);
    ebur128_true_peak(state.get(), 1, &right);
    read.true_peak_dbtp = 20 * std::log10(std::max(left, right));
    return read;
}

// Music-like sound with quiet and loud sections, hits, chords and hiss; the seed varies its make-up.
audio::StereoBuffer piece(std::uint32_t seed, int rate, double seconds) {
    audio::StereoBuffer sound(static_cast<std::size_t>(seconds * rate), rate);
    std::uint32_t state = seed * 2654435761u + 1;
    const auto next = [&] {
        state = state * 1664525u + 1013904223u;
        return static_cast<double>(state >> 8) / (1 << 23) - 1.0;
    };
    const double root = 80 + 300 * std::abs(next()), decay = 20 + 60 * std::abs(next()),
                 period = 0.3 + 0.4 * std::abs(next());
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const double t = static_cast<double>(i) / rate;
        const double section = std::fmod(t, 16) < 8 ? 0.25 : 1.0;
        const double beat = std::fmod(t, period);
        const double hit =
            std::exp(-beat * decay) * (0.7 * std::sin(2 * std::numbers::pi * 60 * beat) + 0.3 * next());
        const double chord =
            std::sin(2 * std::numbers::pi * root * t) + 0.5 * std::sin(2 * std::numbers::pi * root * 2.5 * t);
        sound.left[i] = static_cast<float>(section * (0.5 * hit + 0.1 * chord + 0.02 * next()));
        sound.right[i] = static_cast<float>(section * (0.4 * hit + 0.13 * chord + 0.02 * next()));
    }
    return sound;
}

TEST(LoudnessOracle, Agrees_within_a_tenth_on_loudness_and_range) {
    for (const int rate : {44100, 48000, 96000}) {
        for (std::uint32_t seed = 1; seed <= 2; ++seed) {
            const auto sound = piece(seed, rate, 20.3);
            const auto ours = audio::measure_loudness(sound.view(), rate),
                       theirs = second_opinion(sound.view(), rate);
            EXPECT_NEAR(ours.integrated_lufs, theirs.integrated_lufs, 0.1) << rate << " " << seed;
            EXPECT_NEAR(ours.range_lu, theirs.range_lu, 0.5) << rate << " " << seed;
            // Its peak filter is shorter and looks at fewer points, so it may read a little less.
            EXPECT_GE(ours.true_peak_dbtp, theirs.true_peak_dbtp - 0.1) << rate << " " << seed;
            EXPECT_NEAR(ours.true_peak_dbtp, theirs.true_peak_dbtp, 0.4) << rate << " " << seed;
        }
    }
}

TEST(LoudnessOracle, Confirms_target_and_ceiling_of_masters) {
    for (const int rate : {44100, 48000}) {
        for (const auto seam : {master::Seam::none, master::Seam::loop}) {
            for (std::uint32_t seed = 1; seed <= 4; ++seed) {
                auto sound = piece(seed, rate, 12);
                const auto report = master::master(sound, *master::find_preset("streaming"), seam, {});
                ASSERT_TRUE(report.has_value());
                const auto theirs = second_opinion(sound.view(), rate);
                if (!report->loudness_lowered) {
                    EXPECT_NEAR(theirs.integrated_lufs, -14, 0.3) << rate << " " << seed;
                }
                EXPECT_LE(theirs.true_peak_dbtp, -1.0) << rate << " " << seed;
            }
        }
    }
}

// Songs as a user gets them: the real program, its file, and what it says of the file.
TEST(LoudnessOracle, Agrees_within_a_tenth_on_songs_of_the_program) {
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("mmx-loudness-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    const std::string song = (folder / "song.wav").string();
    for (const char* words : {"pop", "orchestral film", "deep house", "classical piano", "ambient"}) {
        const std::string command = std::string(MMX_PROGRAM) + " generate \"" + words +
                                    "\" --seed 5 --duration 25 -o " + song + " >/dev/null 2>&1";
        ASSERT_EQ(std::system(command.c_str()), 0) << words;
        const auto sound = codec::read_audio(song);
        ASSERT_TRUE(sound.has_value()) << words;
        const auto ours = audio::measure_loudness(sound->view(), sound->sample_rate),
                   theirs = second_opinion(sound->view(), sound->sample_rate);
        EXPECT_NEAR(ours.integrated_lufs, theirs.integrated_lufs, 0.1) << words;
        EXPECT_LE(theirs.integrated_lufs, -13.7) << words;
        EXPECT_LE(theirs.true_peak_dbtp, -1.0) << words;
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace mmx
