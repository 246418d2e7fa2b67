// The field table's promises: what is allowed is taken, what is not is named.
#include "music/fields.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace mmx::music {
namespace {

std::string refusal(std::string_view field, const FieldValue& value) {
    SongRequest request;
    const auto status = set_field(request, *find_field(field), value);
    return status ? "" : status.error().tell_user;
}

TEST(Fields, Names_are_unique_and_options_are_too) {
    std::set<std::string> names, options;
    for (const Field& field : fields()) {
        EXPECT_TRUE(names.insert(std::string(field.name)).second) << field.name;
        EXPECT_TRUE(options.insert(field.option()).second) << field.option();
        EXPECT_FALSE(field.help.empty());
        EXPECT_FALSE(field.otherwise.empty()) << field.name;
        EXPECT_FALSE(field.allowed().empty());
    }
    EXPECT_EQ(fields().size(), 19u);
}

TEST(Fields, A_refusal_names_the_field_what_came_and_what_is_allowed) {
    EXPECT_EQ(refusal("bpm", 900.0), "bpm: 900 is not allowed; a number from 30 to 300, or leave it out");
    EXPECT_EQ(refusal("inference.swing", 1.5),
              "inference.swing: 1.5 is not allowed; a number from 0 to 1, or leave it out");
    EXPECT_EQ(refusal("ending", std::string("slow")),
              "ending: 'slow' is not allowed; one of cold button ring fade loop, or leave it out");
    EXPECT_EQ(refusal("sample_rate", std::uint64_t{22050}),
              "sample_rate: 22050 is not allowed; one of 44100 48000, or leave it out");
}

TEST(Fields, Numbers_outside_their_range_and_non_numbers_are_refused) {
    for (const double value : {29.9, 300.1, -1.0, std::numeric_limits<double>::quiet_NaN(),
                               std::numeric_limits<double>::infinity()})
        EXPECT_NE(refusal("bpm", value), "") << value;
    for (const double value : {9.0, 601.0}) EXPECT_NE(refusal("duration_seconds", value), "") << value;
    EXPECT_EQ(refusal("bpm", 30.0), "");
    EXPECT_EQ(refusal("bpm", 300.0), "");
    EXPECT_NE(refusal("bpm", std::string("82")), "");  // JSON's "82" is a text
}

TEST(Fields, Every_mode_and_either_spelling_is_a_key) {
    for (const char* mode :
         {"major", "minor", "dorian", "phrygian", "lydian", "mixolydian", "locrian", "harmonic minor",
          "phrygian dominant", "blues", "major pentatonic", "minor pentatonic"})
        for (const char* tonic : {"C", "C#", "Db", "F♯", "Bb", "E flat"})
            EXPECT_EQ(refusal("key", std::string(tonic) + " " + mode), "") << tonic << " " << mode;
    SongRequest request;
    ASSERT_TRUE(set_field(request, *find_field("key"), std::string("none")));
    EXPECT_FALSE(request.key->key.has_value());
    EXPECT_NE(refusal("key", std::string("H minor")), "");
}

TEST(Fields, Twelve_metres_with_their_groupings) {
    for (const char* metre : {"2/4", "3/4", "4/4", "5/4", "6/4", "7/4", "3/8", "6/8", "7/8", "9/8", "11/8",
                              "12/8", "7/8 (3+2+2)"})
        EXPECT_EQ(refusal("time_signature", std::string(metre)), "") << metre;
    for (const char* metre : {"13/8", "4/3", "7/8 (3+3)", ""})
        EXPECT_NE(refusal("time_signature", std::string(metre)), "") << metre;
}

TEST(Fields, Seeds_keep_all_their_sixty_four_bits) {
    SongRequest request;
    ASSERT_TRUE(set_field(request, *find_field("seed"), std::string("18446744073709551615")));
    EXPECT_EQ(*request.seed, 18446744073709551615u);
    ASSERT_TRUE(set_field(request, *find_field("seed"), std::uint64_t{0}));
    EXPECT_EQ(*request.seed, 0u);
    for (const char* seed : {"18446744073709551616", "-1", "1.5", "x", ""})
        EXPECT_NE(refusal("seed", std::string(seed)), "") << seed;
    EXPECT_NE(refusal("seed", 1.5), "");
}

TEST(Fields, Texts_are_counted_in_characters_of_any_script) {
    std::string text;
    for (int i = 0; i < 2000; ++i) text += "語";
    EXPECT_EQ(refusal("prompt", text), "");
    EXPECT_EQ(refusal("prompt", text + "x"), "prompt: 2001 characters came; at most 2000 are allowed");
}

TEST(Fields, Broken_text_and_control_characters_are_refused) {
    EXPECT_NE(refusal("prompt", std::string("a\xff")), "");
    EXPECT_NE(refusal("prompt", std::string("a\xc0\xaf")), "");      // overlong
    EXPECT_NE(refusal("prompt", std::string("a\xed\xa0\x80")), "");  // surrogate
    EXPECT_NE(refusal("prompt", std::string("a\0b", 3)), "");
    EXPECT_NE(refusal("prompt", std::string("a\x1b[31m")), "");
    EXPECT_EQ(refusal("lyrics", std::string("line\nline\tx")), "");
    EXPECT_NE(refusal("title", std::string("two\nlines")), "");
}

TEST(Fields, Text_from_a_command_line_is_read_by_the_fields_type) {
    SongRequest request;
    ASSERT_TRUE(set_field_from_text(request, *find_field("bpm"), " 82.5 "));
    EXPECT_EQ(*request.bpm, 82.5);
    ASSERT_TRUE(set_field_from_text(request, *find_field("instruments"), "piano, , no drums"));
    EXPECT_EQ(request.instruments, (std::vector<std::string>{"piano", "no drums"}));
    EXPECT_FALSE(set_field_from_text(request, *find_field("bpm"), "fast"));
    EXPECT_FALSE(set_field_from_text(request, *find_field("bpm"), "nan"));
    EXPECT_EQ(*request.bpm, 82.5);
}

TEST(Fields, Mistyped_and_neighbouring_names_find_their_field) {
    EXPECT_EQ(nearest_field("tempo")->name, "bpm");
    EXPECT_EQ(nearest_field("bmp")->name, "bpm");
    EXPECT_EQ(nearest_field("durration_seconds")->name, "duration_seconds");
    EXPECT_EQ(nearest_field("time-signature")->name, "time_signature");
    EXPECT_EQ(nearest_field("zzzzzzzzz"), nullptr);
}

TEST(Fields, An_empty_request_is_refused_with_an_example) {
    SongRequest request;
    request.prompt = " \n";
    const auto status = validate(request);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().field, "prompt");
    request.lyrics = "la";
    EXPECT_TRUE(validate(request));
}

}  // namespace
}  // namespace mmx::music
