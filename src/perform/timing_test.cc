// Players keep time: on the grid when they must, like people when they may.
#include "perform/timing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mmx::perform {
namespace {

using base::Ticks;
using music::Articulation;
using music::Note;

constexpr int kRate = 48000;

music::Score song(int bars = 8, double bpm = 120) {
    music::Score score;
    score.seed = 7;
    score.humanise = 0;
    score.tempo = music::TempoMap::steady(bpm, base::kQuarter);
    for (int b = 0; b < bars; ++b) score.bars.push_back({Ticks(3840 * b), Ticks(3840), 0});
    score.sections.push_back({});
    score.sections[0].bars = bars;
    score.end = Ticks(3840 * bars);
    score.length = base::Seconds(score.tempo.to_seconds(score.end).value + 1);
    return score;
}

music::Part part_of(std::vector<Note> notes, music::Role role = music::Role::lead,
                    std::string instrument = "synth-lead") {
    music::Part part;
    part.id = std::string(music::role_name(role));
    part.role = role;
    part.instrument = std::move(instrument);
    part.notes = std::move(notes);
    return part;
}

std::vector<Note> eighths(int bars) {
    std::vector<Note> notes;
    for (int i = 0; i < bars * 8; ++i)
        notes.push_back({Ticks(480 * i), Ticks(400), 60 + i % 5, 0.7f, Articulation::normal});
    return notes;
}

TEST(Timing, Without_humanise_everybody_stands_on_the_grid) {
    style::Pocket pocket;
    pocket.role_ms["lead"] = 12;
    const auto played = play_part(song(), part_of(eighths(8)), pocket, kRate);
    for (std::size_t i = 0; i < played.size(); ++i) {
        EXPECT_EQ(played[i].start.value, static_cast<std::int64_t>(i) * 12000);
        EXPECT_EQ(played[i].serial, i);
        EXPECT_NEAR(played[i].velocity, 0.7, 1e-6);
    }
}

TEST(Timing, Swing_0_is_50_percent_and_1_is_75_percent) {
    for (const double swing : {0.0, 0.5, 1.0}) {
        music::Score score = song();
        score.swing = swing;
        const auto played = play_part(score, part_of(eighths(2)), {}, kRate);
        EXPECT_EQ(played[1].start.value, static_cast<std::int64_t>(24000 * (0.5 + 0.25 * swing)));
        EXPECT_EQ(played[2].start.value, 24000);
    }
    music::Score score = song();
    score.swing = 1;
    score.swing_unit = base::kSixteenth;
    const auto played =
        play_part(score, part_of({{Ticks(240), Ticks(100), 60, 0.7f, Articulation::normal}}), {}, kRate);
    EXPECT_EQ(played[0].start.value, 9000);
}

TEST(Timing, Strums_run_down_from_the_low_string_and_up_from_the_high_one) {
    for (const auto articulation : {Articulation::strum_down, Articulation::strum_up}) {
        std::vector<Note> chord;
        for (const int pitch : {40, 47, 52, 56, 59, 64})
            chord.push_back({Ticks(960), Ticks(900), pitch, 0.7f, articulation});
        const auto played = play_part(song(), part_of(chord, music::Role::chords, "steel-guitar"), {}, kRate);
        ASSERT_EQ(played.size(), 6u);
        EXPECT_EQ(played.front().start.value, 24000);
        EXPECT_EQ(played.front().pitch, articulation == Articulation::strum_down ? 40 : 64);
        for (std::size_t i = 1; i < 6; ++i) EXPECT_GT(played[i].start.value, played[i - 1].start.value);
        const double spread_ms = static_cast<double>(played.back().start.value - 24000) / 48.0;
        EXPECT_GE(spread_ms, 8);
        EXPECT_LE(spread_ms, 28);
    }
}

TEST(Timing, People_stray_by_their_spread_and_drift_slowly) {
    music::Score score = song(64);
    score.humanise = 1;
    style::Pocket pocket;
    pocket.spread_ms = 10;
    const auto played = play_part(score, part_of(eighths(64)), pocket, kRate);
    double sum = 0, squares = 0, product = 0, before = 0;
    for (std::size_t i = 0; i < played.size(); ++i) {
        const double late =
            static_cast<double>(played[i].start.value - static_cast<std::int64_t>(i) * 12000) / 48.0;
        EXPECT_LT(std::abs(late), 45);
        sum += late;
        squares += late * late;
        product += late * before;
        before = late;
    }
    const auto count = static_cast<double>(played.size());
    const double deviation = std::sqrt(squares / count - sum * sum / count / count);
    EXPECT_GT(deviation, 5);
    EXPECT_LT(deviation, 14);
    EXPECT_GT(product / squares, 0.2);  // one note's error foretells the next one's
}

TEST(Timing, The_pocket_moves_drums_by_lane_and_others_by_role) {
    music::Score score = song();
    score.humanise = 0.5;
    style::Pocket pocket;
    pocket.spread_ms = pocket.drum_spread_ms = 0;
    pocket.lane_ms["snare"] = 10;
    pocket.role_ms["bass"] = -5;
    const auto drums = play_part(score,
                                 part_of({{Ticks(960), Ticks(100), 36, 0.7f, Articulation::normal},
                                          {Ticks(960), Ticks(100), 38, 0.7f, Articulation::normal}},
                                         music::Role::drums, "kit-909"),
                                 pocket, kRate);
    EXPECT_EQ(drums[0].start.value, 24000);
    EXPECT_EQ(drums[1].start.value, 24480);
    const auto bass = play_part(score,
                                part_of({{Ticks(0), Ticks(100), 36, 0.7f, Articulation::normal},
                                         {Ticks(960), Ticks(100), 36, 0.7f, Articulation::normal}},
                                        music::Role::bass, "synth-bass"),
                                pocket, kRate);
    EXPECT_EQ(bass[0].start.value, 0);  // nobody begins before the song
    EXPECT_EQ(bass[1].start.value, 24000 - 240);
}

TEST(Timing, A_key_comes_up_before_it_is_struck_again) {
    const auto played = play_part(song(),
                                  part_of({{Ticks(0), Ticks(2000), 60, 0.7f, Articulation::normal},
                                           {Ticks(960), Ticks(500), 60, 0.7f, Articulation::normal}}),
                                  {}, kRate);
    EXPECT_LT(played[0].start.value + played[0].length.value, played[1].start.value);
}

}  // namespace
}  // namespace mmx::perform
