#include "produce/deliver.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>

namespace mmx::produce {
namespace {

namespace fs = std::filesystem;
using codec::Format;

class Deliver : public testing::TestWithParam<Format> {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "mmx-deliver-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { fs::remove_all(folder_); }
    std::string file() const {
        return (folder_ / ("song" + std::string(codec::facts_of(GetParam()).ending))).string();
    }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder_), fs::directory_iterator{}));
    }
    fs::path folder_;
    engine::Cancellation cancellation_;
};

std::string name_of(const testing::TestParamInfo<Format>& info) {
    return std::string(codec::facts_of(info.param).name);
}
INSTANTIATE_TEST_SUITE_P(Formats, Deliver,
                         testing::Values(Format::mp3_v0, Format::mp3_320, Format::opus, Format::wav24),
                         name_of);

// Dense and bright, with hits: noise, a saw-tooth bass and a click four times a second. What encoders
// overshoot most with.
audio::StereoBuffer premaster(int rate, double seconds) {
    audio::StereoBuffer sound(static_cast<std::size_t>(seconds * rate), rate);
    std::uint32_t random = 7;
    const std::size_t hold = rate > 48000 ? 2 : 1;  // nothing above 24 kHz, which an MP3 could not hold
    std::size_t calls = 0;
    const auto noise = [&] {
        if (calls++ / 2 % hold == 0) random = random * 1664525u + 1013904223u;
        return static_cast<double>(static_cast<std::int32_t>(random)) / 2147483648.0;
    };
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const double t = static_cast<double>(i) / rate;
        const double saw = 2 * std::fmod(t * 55, 1.0) - 1;
        const double hit = std::exp(-30 * std::fmod(t, 0.25)) * std::sin(900 * t);
        sound.left[i] = static_cast<float>(0.3 * saw + 0.15 * noise() + 0.5 * hit);
        sound.right[i] = static_cast<float>(0.3 * saw + 0.15 * noise() + 0.5 * hit);
    }
    return sound;
}

master::Preset loud() {
    master::Preset preset;
    preset.name = "loud";
    preset.loudness_lufs = -9;
    preset.ceiling_dbtp = -1;
    return preset;
}

TEST_P(Deliver, P07_A_dense_song_keeps_loudness_and_ceiling_after_decoding) {
    const master::Preset& preset = *master::find_preset("streaming");
    for (const int rate : {44100, 48000, 96000}) {
        audio::StereoBuffer sound = premaster(rate, 12);
        const auto report = master::master(sound, preset, master::Seam::none, {});
        ASSERT_TRUE(report.has_value());
        const auto delivery =
            deliver({std::as_const(sound).view(), rate, preset}, GetParam(), {}, file(), {}, cancellation_);
        ASSERT_TRUE(delivery.has_value()) << delivery.error().tell_log;
        EXPECT_TRUE(delivery->within_bounds);
        // Whoever plays the file hears this.
        const auto back = codec::read_audio(file());
        ASSERT_TRUE(back.has_value());
        const audio::Loudness heard = audio::measure_loudness(back->view(), back->sample_rate);
        EXPECT_NEAR(heard.integrated_lufs, report->loudness.integrated_lufs, 0.5) << rate;
        EXPECT_LE(heard.true_peak_dbtp, preset.ceiling_dbtp + 0.1) << rate;
        if (delivery->decoded) {
            EXPECT_EQ(delivery->decoded->true_peak_dbtp, heard.true_peak_dbtp);
        }
        EXPECT_NEAR(static_cast<double>(back->frames()) / back->sample_rate, 12, 0.001);
        EXPECT_EQ(files(), 1u) << "no trial stays behind";
    }
}

// Crushed noise has no room: an encoder's error lifts its peaks by two decibels, whatever is done before.
TEST_P(Deliver, P07_Where_both_cannot_be_had_the_ceiling_holds_and_the_report_is_honest) {
    audio::StereoBuffer sound = premaster(48000, 8);
    const auto report = master::master(sound, loud(), master::Seam::none, {});
    ASSERT_TRUE(report.has_value());
    const auto delivery =
        deliver({std::as_const(sound).view(), 48000, loud()}, GetParam(), {}, file(), {}, cancellation_);
    ASSERT_TRUE(delivery.has_value());
    EXPECT_LE(delivery->rounds, 3);
    const auto back = codec::read_audio(file());
    ASSERT_TRUE(back.has_value());
    const audio::Loudness heard = audio::measure_loudness(back->view(), back->sample_rate);
    EXPECT_LE(heard.true_peak_dbtp, loud().ceiling_dbtp + 0.1);
    EXPECT_NEAR(heard.integrated_lufs, report->loudness.integrated_lufs, 1.5);
    const double miss = std::fabs(heard.integrated_lufs - report->loudness.integrated_lufs);
    EXPECT_EQ(delivery->within_bounds, miss <= 0.5);
}

TEST_P(Deliver, P07_Natural_stays_under_its_ceiling_by_gain_alone) {
    audio::StereoBuffer sound = premaster(48000, 8);
    master::Preset natural = *master::find_preset("natural");
    natural.loudness_lufs = -6;  // so that the peaks decide
    const auto report = master::master(sound, natural, master::Seam::none, {});
    ASSERT_TRUE(report.has_value());
    const auto delivery =
        deliver({std::as_const(sound).view(), 48000, natural}, GetParam(), {}, file(), {}, cancellation_);
    ASSERT_TRUE(delivery.has_value());
    const auto back = codec::read_audio(file());
    ASSERT_TRUE(back.has_value());
    const audio::Loudness heard = audio::measure_loudness(back->view(), back->sample_rate);
    EXPECT_LE(heard.true_peak_dbtp, natural.ceiling_dbtp + 0.1);
    EXPECT_LE(heard.integrated_lufs, report->loudness.integrated_lufs + 0.5);
    EXPECT_GE(heard.integrated_lufs, report->loudness.integrated_lufs - 2.0);
}

TEST_P(Deliver, Silence_and_nothing_pass) {
    for (const std::size_t frames : {0, 48000}) {
        const audio::StereoBuffer silence(frames, 48000);
        const auto delivery =
            deliver({silence.view(), 48000, loud()}, GetParam(), {}, file(), {}, cancellation_);
        ASSERT_TRUE(delivery.has_value()) << delivery.error().tell_log;
        EXPECT_TRUE(fs::exists(file()));
    }
}

TEST_P(Deliver, P52_Cancelled_midway_it_leaves_nothing) {
    audio::StereoBuffer sound = premaster(48000, 10);
    double last = 0;
    const auto cancel_at_a_third = [&](double done) {
        EXPECT_GE(done, last) << "progress never falls";
        last = done;
        if (done > 0.1) cancellation_.cancel();
    };
    const auto delivery = deliver({std::as_const(sound).view(), 48000, loud()}, GetParam(), {}, file(),
                                  cancel_at_a_third, cancellation_);
    ASSERT_FALSE(delivery.has_value());
    EXPECT_EQ(delivery.error().kind, base::Kind::cancelled);
    EXPECT_EQ(files(), 0u);
}

TEST_P(Deliver, P52_A_full_disk_leaves_the_old_file) {
    audio::StereoBuffer sound = premaster(48000, 10);
    std::ofstream(file()) << "the old file";
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 30000;
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto delivery =
        deliver({std::as_const(sound).view(), 48000, loud()}, GetParam(), {}, file(), {}, cancellation_);
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(delivery.has_value());
    EXPECT_EQ(delivery.error().kind, base::Kind::io);
    std::string left;
    std::getline(std::ifstream(file()), left);
    EXPECT_EQ(left, "the old file");
    EXPECT_EQ(files(), 1u);
}

}  // namespace
}  // namespace mmx::produce
