// Reading fonts: what the specification says of zones and ranges, and what broken files may not do.
#include "perform/sampler/sound_font.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/random.h"
#include "perform/sampler/sound_bank.h"
#include "perform/sampler/tiny_font.h"

namespace mmx::perform {
namespace {

int range(int low, int high) {
    return low | high << 8;
}

TinyFont two_samples() {
    TinyFont font;
    for (int i = 0; i < 2; ++i) font.samples.push_back({std::vector<std::int16_t>(100, 1000), 10, 90});
    return font;
}

TEST(SoundFont, Splits_keys_and_velocities_and_takes_the_common_part_of_both_levels) {
    TinyFont font = two_samples();
    font.instrument = {{{{kKeyRange, range(0, 59)}, {kSampleId, 0}}, {}},
                       {{{kKeyRange, range(60, 127)}, {kVelocityRange, range(64, 127)}, {kSampleId, 1}}, {}}};
    font.preset = {{{{kKeyRange, range(40, 70)}, {kInstrument, 0}}, {}}};
    const auto bytes = font.bytes();
    const auto read = SoundFont::parse(bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->presets().at(0).name, "tiny");
    const auto regions = read->regions(0, 0);
    ASSERT_EQ(regions.size(), 2u);
    EXPECT_EQ(regions[0].low_key, 40);
    EXPECT_EQ(regions[0].high_key, 59);
    EXPECT_EQ(regions[1].high_key, 70);
    EXPECT_EQ(regions[1].low_velocity, 64);
    EXPECT_TRUE(read->regions(0, 1).empty());
}

TEST(SoundFont, Lets_zones_override_their_global_zone_and_presets_add_to_instruments) {
    TinyFont font = two_samples();
    font.instrument = {{{{kAttenuation, 100}, {kPan, 20}}, {}}, {{{kPan, -30}, {kSampleId, 0}}, {}}};
    font.preset = {{{{kAttenuation, 11}}, {}}, {{{kPan, 7}, {kSampleModes, 1}, {kInstrument, 0}}, {}}};
    const auto bytes = font.bytes();
    const auto regions = SoundFont::parse(bytes)->regions(0, 0);
    ASSERT_EQ(regions.size(), 1u);
    EXPECT_EQ(regions[0].generators[kAttenuation], 111);
    EXPECT_EQ(regions[0].generators[kPan], -23);
    EXPECT_EQ(regions[0].generators[kSampleModes], 0) << "is not allowed in presets";
    EXPECT_EQ(regions[0].generators[kFilterCutoff], 13500) << "the specification's default";
}

TEST(SoundFont, Weighs_velocity_as_the_square_of_the_amplitude) {
    const Modulator loudness{0x0502, kAttenuation, 960, 0, 0};
    EXPECT_NEAR(loudness.value(60, 64), 120.4, 0.1) << "centibels: half the velocity is 12 dB softer";
    EXPECT_NEAR(loudness.value(60, 127), 1.4, 0.1);
    const Modulator key_to_filter{0x0203, kFilterCutoff, 1000, 0, 0};
    EXPECT_NEAR(key_to_filter.value(96, 100), 500, 0.1);
    const Modulator wheel{0x0081, kVibLfoToPitch, 50, 0, 0};
    EXPECT_EQ(wheel.value(60, 100), 0) << "the wheel is at rest";
}

TEST(SoundFont, Refuses_what_is_none) {
    for (const std::string text : {"", "RIFF", "no font at all, only a text that is long enough"}) {
        const auto font = SoundFont::parse(std::as_bytes(std::span(text)));
        ASSERT_FALSE(font);
        EXPECT_EQ(font.error().kind, base::Kind::unreadable);
    }
}

// Every answer is right as long as nothing outside the file is touched: sanitizers watch this test.
TEST(SoundFont, Survives_files_that_are_cut_off_or_scrambled) {
    TinyFont font = two_samples();
    font.instrument[0].generators = {{kSampleModes, 1}, {kStartOffset, 5}, {kSampleId, 1}};
    const auto whole = font.bytes();
    const auto look = [](std::span<const std::byte> bytes) {
        const auto read = SoundFont::parse(bytes);
        if (!read) return;
        for (const auto& preset : read->presets())
            for (const Region& region : read->regions(preset.bank, preset.program)) {
                ASSERT_LT(region.sample.start, region.sample.end);
                ASSERT_LE(region.sample.end, read->sample_frames());
            }
    };
    for (std::size_t size = 0; size < whole.size(); size += 3) look(std::span(whole).first(size));
    for (std::uint64_t i = 0; i < 3000; ++i) {
        base::Chance chance(i, base::Stream::sampler);
        auto bytes = whole;
        for (int change = chance.integer(1, 12); change > 0; --change)
            bytes[static_cast<std::size_t>(chance.integer(0, static_cast<int>(bytes.size()) - 1))] =
                static_cast<std::byte>(chance.bits());
        look(bytes);
    }
}

class EmptyFolder : public testing::Test {
  protected:
    void SetUp() override {
        char name[] = "/tmp/mmx-bank-XXXXXX";
        folder_ = mkdtemp(name);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::string folder_;
};

TEST_F(EmptyFolder, Names_the_package_of_a_missing_font) {
    const auto bank = open_sound_bank(folder_);
    ASSERT_FALSE(bank);
    EXPECT_EQ(bank.error().kind, base::Kind::missing_part);
    EXPECT_NE(bank.error().tell_user.find("apt-get install musescore-general-soundfont-lossless"),
              std::string::npos)
        << bank.error().tell_user;
    EXPECT_EQ(bank.error().tell_user.find('\n'), std::string::npos);
}

TEST_F(EmptyFolder, Says_which_font_is_damaged_and_how_to_mend_it) {
    std::ofstream(folder_ + "/MuseScore_General_Full.sf2") << "broken";
    const auto bank = open_sound_bank(folder_);
    ASSERT_FALSE(bank);
    EXPECT_EQ(bank.error().kind, base::Kind::unreadable);
    EXPECT_NE(bank.error().tell_user.find(folder_ + "/MuseScore_General_Full.sf2"), std::string::npos);
    EXPECT_NE(bank.error().tell_user.find("--reinstall musescore-general-soundfont-lossless"),
              std::string::npos);
}

}  // namespace
}  // namespace mmx::perform
