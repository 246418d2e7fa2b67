#include "music/score.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "music/midi.h"

namespace mmx::music {
namespace {

// Two bars of 4/4 in D minor with a lead and drums.
Score small_score() {
    Score score;
    score.title = "Two Bars";
    score.genre = "pop";
    score.tempo = TempoMap::steady(100, base::kQuarter);
    score.bars = {{base::Ticks(0), base::kWhole, 0}, {base::kWhole, base::kWhole, 1}};
    Section verse, chorus;
    verse.label = "Verse 1", verse.bars = 1, verse.key = Key{2, Mode::minor, true};
    chorus.kind = SectionKind::chorus, chorus.label = "Chorus 1", chorus.first_bar = 1, chorus.bars = 1,
    chorus.key = verse.key;
    score.sections = {verse, chorus};
    score.chords = {{base::Ticks(0), base::kWhole, {2, Quality::minor7, 2}, "i7", 0},
                    {base::kWhole, base::kWhole, {10, Quality::major, 10}, "VI", 1}};
    Part lead{"lead", "Rhodes", Role::lead, "electric-piano", {}, 0.2};
    for (int i = 0; i < 8; ++i)
        lead.notes.push_back({base::kEighth * i, base::kEighth, 62 + i % 3, 0.7f, Articulation::normal});
    Part drums{"drums",
               "Kit",
               Role::drums,
               "standard-kit",
               {{base::Ticks(0), base::kEighth, 36, 0.9f, Articulation::normal}},
               0};
    score.parts = {lead, drums};
    score.end = base::kWhole * 2;
    score.length = base::Seconds(6);
    return score;
}

TEST(Score, Swing_moves_the_middle_of_each_pair_from_50_to_75_percent) {
    Score score = small_score();
    for (const auto& [swing, middle] : {std::pair{0.0, 480}, {0.5, 600}, {1.0, 720}}) {
        score.swing = swing;
        EXPECT_EQ(swung(score, base::Ticks(480)).value, middle);
        EXPECT_EQ(swung(score, base::Ticks(3840 + 480)).value, 3840 + middle);
        for (const std::int64_t beat : {0, 960, 1920, 3840})
            EXPECT_EQ(swung(score, base::Ticks(beat)).value, beat);
    }
    score.swing_unit = base::kSixteenth;
    EXPECT_EQ(swung(score, base::Ticks(240)).value, 360);
    EXPECT_EQ(swung(score, base::Ticks(480)).value, 480);
}

TEST(Score, Bars_sections_and_chords_are_found_by_place) {
    const Score score = small_score();
    EXPECT_EQ(score.bar_at(base::Ticks(3839)), 0);
    EXPECT_EQ(score.bar_at(base::Ticks(99999)), 1);
    EXPECT_EQ(score.section_at(base::kWhole).label, "Chorus 1");
    EXPECT_EQ(score.chord_at(base::Ticks(3840))->numeral, "VI");
    EXPECT_EQ(Score{}.chord_at(base::Ticks(0)), nullptr);
}

TEST(Score, As_json_holds_sections_chords_and_every_note) {
    const auto json = nlohmann::json::parse(score_to_json(small_score()));
    EXPECT_EQ(json["sections"][1]["label"], "Chorus 1");
    EXPECT_EQ(json["chords"][0]["chord"], "Dm7");
    EXPECT_EQ(json["parts"][0]["notes"].size(), 8u);
    EXPECT_NEAR(json["tempo"][0]["bpm"].get<double>(), 100, 1e-6);
}

bool holds(const std::vector<std::uint8_t>& file, std::string_view text) {
    return std::string_view(reinterpret_cast<const char*>(file.data()), file.size()).find(text) !=
           std::string_view::npos;
}

TEST(Midi, The_file_says_tempo_metre_key_sections_chords_and_track_names) {
    const auto file = score_to_midi(small_score(), {{4, false}, {0, true}});
    EXPECT_TRUE(holds(file, std::string_view("MThd\0\0\0\x06\0\x01\0\x03\x03\xc0", 14)));
    EXPECT_TRUE(holds(file, std::string_view("\xff\x51\x03\x09\x27\xc0", 6)));      // 600000 microseconds
    EXPECT_TRUE(holds(file, std::string_view("\xff\x58\x04\x04\x02\x18\x08", 7)));  // 4/4
    EXPECT_TRUE(holds(file, std::string_view("\xff\x59\x02\xff\x01", 5)));          // one flat, minor
    for (const char* text : {"Verse 1", "Chorus 1", "chord:Dm7", "chord:Bb", "key:D minor", "lead", "drums"})
        EXPECT_TRUE(holds(file, text)) << text;
}

TEST(Midi, Drums_use_channel_ten_and_every_note_on_has_its_note_off) {
    Score score = small_score();
    score.parts[0].notes[0].length =
        base::kQuarter;  // runs into the same pitch three notes later? no: into the next ones
    score.parts[0].notes[3].pitch = score.parts[0].notes[2].pitch;
    score.parts[0].notes[2].length = base::kQuarter;
    const auto file = score_to_midi(score, {{4, false}, {0, true}});
    int ons = 0, offs = 0, drum_ons = 0;
    for (std::size_t i = 0; i + 2 < file.size(); ++i) {
        if (file[i] == 0x90 && file[i + 1] >= 60 && file[i + 1] < 70 && file[i + 2] == 89) ++ons;
        if (file[i] == 0x80 && file[i + 2] == 64) ++offs;
        if (file[i] == 0x99 && file[i + 1] == 36) ++drum_ons;
    }
    EXPECT_EQ(ons, 8);
    EXPECT_EQ(offs, 8);
    EXPECT_EQ(drum_ons, 1);
}

}  // namespace
}  // namespace mmx::music
