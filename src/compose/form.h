// The form: which sections, in which order, how long, and which of them share their music.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "compose/length.h"
#include "compose/sung_text.h"
#include "music/plan.h"
#include "music/score.h"
#include "style/composition_style.h"

namespace mmx::compose {

struct SectionPlan {
    music::SectionKind kind = music::SectionKind::verse;
    std::string label;    // unique: "Verse 2"
    std::string harmony;  // sections of the same name here have the same chords
    int bars = 8;
    int repeats = -1;    // whose melody it takes over
    int occurrence = 0;  // how many of its kind and harmony came before
    double energy = 0.5, level_db = 0;
    music::Feel feel = music::Feel::straight;
    std::string instrument;  // asked for by the words
    std::vector<std::string> directions;
    std::vector<std::string> lines;
    std::vector<SungPhrase> phrases;  // what is sung of them; empty: nothing
    int lyric_section = -1;           // index into Plan::lyrics.sections; -1: not from there
};

struct Form {
    std::vector<SectionPlan> sections;  // their bars sum to length.bars
    Length length;
};

struct LyricText;

// Refuses (duration_seconds) lyrics that need more time than was asked for, or (lyrics) than a song may have.
// `text`: what is to be sung, or null.
base::Result<Form> plan_form(const music::Plan& plan, const style::CompositionStyle& style,
                             double hall_seconds, const LyricText* text = nullptr);

// "Verse 2", "Theme A 3": labels, occurrences, repeats, energies; for any list whose kinds, harmonies and
// bars are set.
void finish_sections(std::vector<SectionPlan>& sections, const music::Plan& plan,
                     const style::CompositionStyle& style);

bool is_main(music::SectionKind kind);  // chorus, drop, theme: what the song is about

}  // namespace mmx::compose
