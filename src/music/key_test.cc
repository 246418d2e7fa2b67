#include "music/key.h"

#include <gtest/gtest.h>

namespace mmx::music {
namespace {

std::string read(std::string_view text) {
    const auto key = parse_key(text);
    return key ? key->name() : "no key";
}

TEST(Key, Is_read_in_the_ways_people_write_it) {
    EXPECT_EQ(read("D minor"), "D minor");
    EXPECT_EQ(read("Dm"), "D minor");
    EXPECT_EQ(read("f# min"), "F# minor");
    EXPECT_EQ(read("F sharp minor"), "F# minor");
    EXPECT_EQ(read("B-flat major"), "Bb major");
    EXPECT_EQ(read("Bb"), "Bb major");
    EXPECT_EQ(read("b"), "B major");
    EXPECT_EQ(read("E♭ Dorian"), "Eb dorian");
    EXPECT_EQ(read("e phrygian-dominant"), "E phrygian dominant");
    EXPECT_EQ(read("A harmonic minor"), "A harmonic minor");
    EXPECT_EQ(read("G blues"), "G blues");
    EXPECT_EQ(read("C minor pentatonic"), "C minor pentatonic");
    EXPECT_EQ(read("Cb major"), "B major");
}

TEST(Key, Is_spelled_as_its_signature_is) {
    const auto spelled = [](int tonic, Mode mode) { return usually_spelled({tonic, mode, false}); };
    EXPECT_EQ(spelled(1, Mode::major).name(), "Db major");
    EXPECT_EQ(spelled(6, Mode::major).name(), "F# major");
    EXPECT_EQ(spelled(3, Mode::minor).name(), "Eb minor");
    EXPECT_EQ(spelled(1, Mode::minor).name(), "C# minor");
    EXPECT_TRUE(spelled(2, Mode::minor).flats) << "Bb, not A#, in D minor";
    EXPECT_FALSE(spelled(4, Mode::minor).flats);
}

TEST(Key, Refuses_what_is_no_key) {
    for (const char* text : {"", "H minor", "ebony", "D minorish", "4", "♯", "A majorette"})
        EXPECT_EQ(read(text), "no key") << text;
}

TEST(Key, Every_mode_has_an_ascending_scale_from_the_tonic_and_its_own_name) {
    for (int i = 0; i < kModeCount; ++i) {
        const ModeFacts& mode = facts(static_cast<Mode>(i));
        EXPECT_EQ(static_cast<int>(mode.mode), i);
        EXPECT_EQ(mode.scale.front(), 0);
        for (std::size_t k = 1; k < mode.scale.size(); ++k) EXPECT_GT(mode.scale[k], mode.scale[k - 1]);
        EXPECT_EQ(parse_key("C " + std::string(mode.name))->mode, mode.mode);
    }
}

TEST(Key, Degrees_and_pitches_are_inverse_over_four_octaves_in_every_mode) {
    for (int i = 0; i < kModeCount; ++i) {
        const Key key{2, static_cast<Mode>(i), false};
        for (int degree = -14; degree <= 14; ++degree) {
            const int pitch = key.degree_to_pitch(degree, 62);
            EXPECT_TRUE(key.contains(pitch));
            EXPECT_EQ(key.nearest_degree(pitch, 62), degree);
        }
    }
}

TEST(Key, Flat_keys_are_spelled_with_flats) {
    EXPECT_TRUE(parse_key("F major")->flats);
    EXPECT_TRUE(parse_key("D minor")->flats);
    EXPECT_TRUE(parse_key("C minor")->flats);
    EXPECT_FALSE(parse_key("E minor")->flats);
    EXPECT_FALSE(parse_key("A major")->flats);
    EXPECT_EQ(pitch_name(61, false), "C#4");
    EXPECT_EQ(pitch_name(61, true), "Db4");
    EXPECT_EQ(pitch_name(0, true), "C-1");
}

}  // namespace
}  // namespace mmx::music
