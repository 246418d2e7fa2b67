// Where a tune breathes, and what breath leaves alone.
#include "compose/breath.h"

#include <gtest/gtest.h>

#include "compose/test_song.h"

namespace mmx::compose {
namespace {

using base::kEighth;
using base::kQuarter;
using base::Ticks;

struct Line {
    music::Score score;
    Outline outline;
};

// Four bars of half notes in one voice, in two phrases of two bars.
Line halves() {
    Line line;
    music::Part lead{"lead", "lead", music::Role::lead, "flute", {}, 0};
    for (int i = 0; i < 8; ++i)
        lead.notes.push_back({kQuarter * 2 * i, kQuarter * 2, 72, 0.7f, music::Articulation::legato});
    line.score.parts.push_back(lead);
    for (int i = 0; i < 2; ++i)
        line.outline.phrases.push_back({kQuarter * 8 * i, kQuarter * 8, 0, -1, false});
    return line;
}

TEST(Breath, Long_notes_let_go_and_phrase_ends_more_than_others) {
    Line line = halves();
    breathe(0.3, line.outline, line.score);
    const auto& notes = line.score.parts.front().notes;
    EXPECT_LT(notes[0].length, kQuarter * 2);
    EXPECT_GT(notes[0].length, kQuarter);
    EXPECT_LE(notes[3].length, notes[0].length) << "the last of its phrase";
    EXPECT_LE(notes[3].length + kEighth, kQuarter * 2);
    EXPECT_EQ(notes[0].articulation, music::Articulation::normal) << "not bound to what follows a breath";
    EXPECT_EQ(notes[7].length, kQuarter * 2) << "the last note belongs to the ending";
}

TEST(Breath, More_rest_means_longer_breaths_and_onsets_stay) {
    Line little = halves(), much = halves();
    breathe(0.1, little.outline, little.score);
    breathe(0.4, much.outline, much.score);
    const auto& a = little.score.parts.front().notes;
    const auto& b = much.score.parts.front().notes;
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].start, kQuarter * 2 * static_cast<int>(i));
        EXPECT_EQ(b[i].start, a[i].start);
        EXPECT_LE(b[i].length, a[i].length);
    }
    EXPECT_LT(b[0].length, a[0].length);
}

TEST(Breath, Quick_notes_and_those_before_a_rest_are_left_alone) {
    Line line = halves();
    auto& notes = line.score.parts.front().notes;
    for (music::Note& note : notes) note.length = kEighth;
    breathe(0.4, line.outline, line.score);
    for (const music::Note& note : notes) EXPECT_EQ(note.length, kEighth);
}

}  // namespace
}  // namespace mmx::compose
