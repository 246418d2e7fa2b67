// Files written and read back: exact samples, tags, cues, and no halves.
#include "codec/codec.h"

#include <FLAC/metadata.h>
#include <FLAC/stream_decoder.h>
#include <gtest/gtest.h>
#include <sndfile.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>

namespace mmx::codec {
namespace {

namespace fs = std::filesystem;

class Codec : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "mmx-codec-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { fs::remove_all(folder_); }
    std::string at(const std::string& name) const { return (folder_ / name).string(); }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder_), fs::directory_iterator{}));
    }
    fs::path folder_;
};

audio::StereoBuffer sound(std::size_t frames = 50001, int rate = 48000) {
    audio::StereoBuffer result(frames, rate);
    std::uint32_t random = 3;
    for (std::size_t i = 0; i < frames; ++i) {
        random = random * 1664525u + 1013904223u;
        result.left[i] = static_cast<float>(0.5 * std::sin(static_cast<double>(i) * 0.03) +
                                            static_cast<double>(random >> 8) * 1e-9);
        result.right[i] = static_cast<float>(0.4 * std::sin(static_cast<double>(i) * 0.0311) -
                                             static_cast<double>(random >> 9) * 1e-9);
    }
    return result;
}

std::vector<float> on_24_bit_steps(const std::vector<float>& x) {
    std::vector<float> result;
    for (const float v : x)
        result.push_back(
            static_cast<float>(std::floor(static_cast<double>(v) * 8388608.0 + 0.5) / 8388608.0));
    return result;
}

const FileInfo kInfo{{{"TITLE", "Süßer die Glocken"}, {"BPM", "92"}, {"COMMENT", "by hand"}},
                     {{0, "Intro"}, {12000, "Verse 1"}, {40000, "Chorus"}}};

TEST_F(Codec, Gives_24_bit_samples_back_exactly) {
    const auto original = sound();
    for (const auto& [name, format] : {std::pair{"a.flac", Format::flac}, {"a.wav", Format::wav24}}) {
        ASSERT_TRUE(write_audio(at(name), original.view(), 48000, format, kInfo));
        const auto back = read_audio(at(name));
        ASSERT_TRUE(back.has_value()) << back.error().tell_user;
        EXPECT_EQ(back->sample_rate, 48000);
        EXPECT_EQ(back->left, on_24_bit_steps(original.left));
        EXPECT_EQ(back->right, on_24_bit_steps(original.right));
    }
}

TEST_F(Codec, Gives_float_samples_back_exactly_even_beyond_full_scale) {
    auto original = sound();
    original.left[7] = 3.5f;
    ASSERT_TRUE(write_audio(at("a.wav"), original.view(), 96000, Format::wav32f, {}));
    const auto back = read_audio(at("a.wav"));
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->sample_rate, 96000);
    EXPECT_EQ(back->left, original.left);
    EXPECT_EQ(back->right, original.right);
}

TEST_F(Codec, Dithers_16_bit_so_that_the_error_does_not_follow_the_music) {
    // A tone of half a step: rounding alone would leave silence; dither keeps it under the hiss.
    audio::StereoBuffer quiet(96000, 48000);
    for (std::size_t i = 0; i < quiet.frames(); ++i) {
        quiet.left[i] = static_cast<float>(0.45 / 32768 * std::sin(static_cast<double>(i) * 0.05));
    }
    for (const auto& [name, format] : {std::pair{"a.wav", Format::wav16}, {"a.flac", Format::flac16}}) {
        ASSERT_TRUE(write_audio(at(name), quiet.view(), 48000, format, {}));
        const auto back = read_audio(at(name));
        ASSERT_TRUE(back.has_value());
        double tone = 0, power = 0, mean = 0;
        for (std::size_t i = 0; i < back->frames(); ++i) {
            const double x = static_cast<double>(back->left[i]) * 32768;
            tone += x * std::sin(static_cast<double>(i) * 0.05) * 2 / 96000;
            power += x * x / 96000;
            mean += x / 96000;
            ASSERT_LE(std::abs(x), 2);
        }
        EXPECT_NEAR(tone, 0.45, 0.02);
        EXPECT_NEAR(power, 0.45 * 0.45 / 2 + 0.25, 0.02) << "rounding 1/12, two even numbers 1/12 each";
        EXPECT_NEAR(mean, 0, 0.01);
    }
}

TEST_F(Codec, Writes_the_same_bytes_every_time_and_in_any_portions) {
    const auto original = sound();
    const auto bytes = [&](const char* name) {
        std::ifstream file(at(name), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    for (const Format format : {Format::wav16, Format::flac16, Format::flac}) {
        ASSERT_TRUE(write_audio(at("whole"), original.view(), 48000, format, kInfo));
        auto writer = AudioWriter::open(at("parts"), 48000, format, kInfo);
        ASSERT_TRUE(writer.has_value());
        for (std::size_t i = 0; i < original.frames(); i += 7777) {
            ASSERT_TRUE(
                writer->add(original.view().part(i, std::min<std::size_t>(7777, original.frames() - i))));
        }
        ASSERT_TRUE(writer->finish());
        EXPECT_EQ(bytes("whole"), bytes("parts"));
    }
}

TEST_F(Codec, Clips_at_full_scale_and_takes_what_is_not_a_number_for_silence) {
    audio::StereoBuffer loud(4, 48000);
    loud.left = {2.0f, -2.0f, 1.0f, std::numeric_limits<float>::quiet_NaN()};
    ASSERT_TRUE(write_audio(at("a.wav"), loud.view(), 48000, Format::wav24, {}));
    const auto back = read_audio(at("a.wav"));
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->left, (std::vector<float>{8388607.0f / 8388608, -1.0f, 8388607.0f / 8388608, 0.0f}));
}

TEST_F(Codec, Keeps_wav_cues_and_tags) {
    const auto original = sound();
    for (const Format format : {Format::wav16, Format::wav24, Format::wav32f}) {
        ASSERT_TRUE(write_audio(at("a.wav"), original.view(), 48000, format, kInfo));
        SF_INFO info{};
        SNDFILE* file = sf_open(at("a.wav").c_str(), SFM_READ, &info);
        ASSERT_NE(file, nullptr);
        SF_CUES cues{};
        ASSERT_TRUE(sf_command(file, SFC_GET_CUE, &cues, sizeof cues));
        ASSERT_EQ(cues.cue_count, 3u);
        for (std::size_t i = 0; i < 3; ++i) {
            EXPECT_EQ(cues.cue_points[i].sample_offset, kInfo.cues[i].frame);
            EXPECT_EQ(cues.cue_points[i].name, kInfo.cues[i].label);
        }
        EXPECT_STREQ(sf_get_string(file, SF_STR_TITLE), "Süßer die Glocken");
        EXPECT_STREQ(sf_get_string(file, SF_STR_COMMENT), "BPM=92; by hand");
        sf_close(file);
    }
}

TEST_F(Codec, Keeps_flac_tags_and_an_md5_that_holds) {
    const auto original = sound();
    ASSERT_TRUE(write_audio(at("a.flac"), original.view(), 44100, Format::flac, kInfo));
    FLAC__StreamMetadata* tags = nullptr;
    ASSERT_TRUE(FLAC__metadata_get_tags(at("a.flac").c_str(), &tags));
    const auto& comments = tags->data.vorbis_comment;
    ASSERT_EQ(comments.num_comments, 3u);
    EXPECT_STREQ(reinterpret_cast<const char*>(comments.comments[0].entry), "TITLE=Süßer die Glocken");
    EXPECT_STREQ(reinterpret_cast<const char*>(comments.comments[1].entry), "BPM=92");
    FLAC__metadata_object_delete(tags);

    FLAC__StreamMetadata stream{};
    ASSERT_TRUE(FLAC__metadata_get_streaminfo(at("a.flac").c_str(), &stream));
    EXPECT_EQ(stream.data.stream_info.total_samples, original.frames());
    EXPECT_EQ(stream.data.stream_info.bits_per_sample, 24u);
    const FLAC__byte none[16] = {};
    EXPECT_NE(std::memcmp(stream.data.stream_info.md5sum, none, 16), 0);

    FLAC__StreamDecoder* decoder = FLAC__stream_decoder_new();
    FLAC__stream_decoder_set_md5_checking(decoder, true);
    const auto ignore = [](const FLAC__StreamDecoder*, const FLAC__Frame*, const FLAC__int32* const*, void*) {
        return FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE;
    };
    const auto error = [](const FLAC__StreamDecoder*, FLAC__StreamDecoderErrorStatus, void*) {
        ADD_FAILURE();
    };
    ASSERT_EQ(FLAC__stream_decoder_init_file(decoder, at("a.flac").c_str(), ignore, nullptr, error, nullptr),
              FLAC__STREAM_DECODER_INIT_STATUS_OK);
    EXPECT_TRUE(FLAC__stream_decoder_process_until_end_of_stream(decoder));
    EXPECT_TRUE(FLAC__stream_decoder_finish(decoder)) << "false when the MD5 does not match";
    FLAC__stream_decoder_delete(decoder);
}

TEST_F(Codec, Leaves_nothing_where_it_may_not_write) {
    const auto original = sound(1000);
    const auto expect_io = [&](const std::string& path, const char* says) {
        const auto status = write_audio(path, original.view(), 48000, Format::wav24, {});
        ASSERT_FALSE(status.has_value()) << path;
        EXPECT_EQ(status.error().kind, base::Kind::io);
        EXPECT_NE(status.error().tell_user.find(says), std::string::npos) << status.error().tell_user;
    };
    expect_io(at("no/such/folder/a.wav"), "folder does not exist");
    fs::create_directory(at("b.wav"));
    expect_io(at("b.wav"), "it is a folder");
    expect_io("/dev/null", "not an ordinary file");
    expect_io(at("b.wav") + std::string(300, 'x'), "name is too long");
    if (::geteuid() == 0) {  // root may write anywhere but into /proc
        expect_io("/proc/a.wav", "annot write");
    } else {
        ::chmod(at("b.wav").c_str(), 0500);
        expect_io(at("b.wav/a.wav"), "no permission");
    }
    EXPECT_EQ(files(), 1u);
}

TEST_F(Codec, Keeps_the_old_file_when_the_new_one_fails_midway) {
    const auto original = sound(200000);
    for (const auto& [name, format] : {std::pair{"a.flac", Format::flac}, {"a.wav", Format::wav24}}) {
        std::ofstream(at(name)) << "the old file";
        // A limit on file size stands in for a full disk: the write fails in the same place.
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        rlimit small = before;
        small.rlim_cur = 100000;
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto status = write_audio(at(name), original.view(), 48000, format, {});
        ::setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
        ASSERT_FALSE(status.has_value());
        EXPECT_EQ(status.error().kind, base::Kind::io);
        EXPECT_NE(status.error().tell_user.find("too large"), std::string::npos) << status.error().tell_user;
        std::string left;
        std::getline(std::ifstream(at(name)), left);
        EXPECT_EQ(left, "the old file");
    }
    EXPECT_EQ(files(), 2u);
}

TEST_F(Codec, Removes_a_file_that_nobody_finished) {
    {
        auto writer = AudioWriter::open(at("a.flac"), 48000, Format::flac, {});
        ASSERT_TRUE(writer.has_value());
        ASSERT_TRUE(writer->add(sound(30000).view()));
        EXPECT_FALSE(fs::exists(at("a.flac")));
    }
    EXPECT_EQ(files(), 0u);
}

TEST_F(Codec, Tells_why_a_file_cannot_be_read) {
    const auto expect = [&](const std::string& path, base::Kind kind) {
        const auto result = read_audio(path);
        ASSERT_FALSE(result.has_value()) << path;
        EXPECT_EQ(result.error().kind, kind) << path << ": " << result.error().tell_user;
        EXPECT_NE(result.error().tell_user.find(path), std::string::npos);
    };
    expect(at("missing.wav"), base::Kind::not_found);
    expect(folder_.string(), base::Kind::invalid_request);
    std::ofstream(at("empty.wav")).flush();
    expect(at("empty.wav"), base::Kind::unreadable);
    std::ofstream(at("text.flac")) << "this is a letter, not a song\n";
    expect(at("text.flac"), base::Kind::unreadable);
    const auto original = sound();
    for (const auto& [name, format] : {std::pair{"cut.flac", Format::flac}, {"cut.wav", Format::wav24}}) {
        ASSERT_TRUE(write_audio(at(name), original.view(), 48000, format, {}));
        fs::resize_file(at(name), fs::file_size(at(name)) / 2);
        const auto cut = read_audio(at(name));
        // A WAV that ends early is taken by libsndfile for a shorter one.
        if (format == Format::flac) {
            EXPECT_FALSE(cut.has_value());
        } else {
            EXPECT_TRUE(!cut.has_value() || cut->frames() < original.frames());
        }
    }
    ASSERT_TRUE(write_audio(at("hurt.flac"), original.view(), 48000, Format::flac, {}));
    {
        std::fstream file(at("hurt.flac"), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(fs::file_size(at("hurt.flac")) / 2));
        for (int i = 0; i < 4000; ++i) file.put('\x5a');
    }
    const auto hurt = read_audio(at("hurt.flac"));
    EXPECT_TRUE(!hurt.has_value() || hurt->left != on_24_bit_steps(original.left));
}

TEST_F(Codec, Reads_mono_as_two_equal_channels_and_refuses_surround) {
    const auto write = [&](const char* name, int channels, int format) {
        SF_INFO info{};
        info.samplerate = 22050;
        info.channels = channels;
        info.format = format;
        SNDFILE* file = sf_open(at(name).c_str(), SFM_WRITE, &info);
        ASSERT_NE(file, nullptr) << name;
        std::vector<float> samples(static_cast<std::size_t>(6000 * channels), 0.25f);
        sf_writef_float(file, samples.data(), 6000);
        sf_close(file);
    };
    write("mono.aiff", 1, SF_FORMAT_AIFF | SF_FORMAT_PCM_16);
    const auto mono = read_audio(at("mono.aiff"));
    ASSERT_TRUE(mono.has_value());
    EXPECT_EQ(mono->sample_rate, 22050);
    EXPECT_EQ(mono->frames(), 6000u);
    EXPECT_EQ(mono->left, mono->right);
    EXPECT_NEAR(mono->left[3000], 0.25f, 1e-4f);
    write("stereo.ogg", 2, SF_FORMAT_OGG | SF_FORMAT_VORBIS);
    const auto ogg = read_audio(at("stereo.ogg"));
    ASSERT_TRUE(ogg.has_value()) << ogg.error().tell_log;
    EXPECT_EQ(ogg->frames(), 6000u);
    write("six.wav", 6, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
    const auto six = read_audio(at("six.wav"));
    ASSERT_FALSE(six.has_value());
    EXPECT_EQ(six.error().kind, base::Kind::invalid_request);
}

TEST_F(Codec, Knows_formats_by_their_endings) {
    EXPECT_EQ(format_of("a.flac"), Format::flac);
    EXPECT_EQ(format_of("/b/A.WAV"), Format::wav24);
    EXPECT_FALSE(format_of("song.ogg"));
    EXPECT_FALSE(format_of("wav"));
    EXPECT_FALSE(format_of(""));
}

TEST_F(Codec, Hash_is_sha256_over_interleaved_floats) {
    audio::StereoBuffer two(2, 48000);
    two.left = {1.0f, 0.0f};
    two.right = {-1.0f, 0.5f};
    // printf '\0\0\200\077\0\0\200\277\0\0\0\0\0\0\0\077' | sha256sum
    EXPECT_EQ(hash_samples(two.view()), "e67974b1a2ad943eb3836c391aff4c089e6a8102c033ed0776981bca152462b7");
    const auto original = sound();
    auto other = original;
    other.right[40000] += 1e-6f;
    EXPECT_NE(hash_samples(original.view()), hash_samples(other.view()));
}

TEST_F(Codec, Writes_an_empty_song) {
    const audio::StereoBuffer nothing(0, 48000);
    for (const auto& [name, format] : {std::pair{"a.flac", Format::flac}, {"a.wav", Format::wav16}}) {
        ASSERT_TRUE(write_audio(at(name), nothing.view(), 48000, format, {}));
        EXPECT_TRUE(fs::exists(at(name)));
    }
}

}  // namespace
}  // namespace mmx::codec
