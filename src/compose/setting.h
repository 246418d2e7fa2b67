// Setting words: which syllable falls where, so that stresses meet beats, words keep their pace and singers
// breathe.
#pragma once

#include <vector>

#include "base/random.h"
#include "compose/rhythm.h"
#include "compose/sung_text.h"
#include "music/metre.h"

namespace mmx::compose {

struct SettingTaste {
    double bpm = 100;
    double beside = 0.3;      // 0-1, stresses ahead of the beat
    bool sixteenths = false;  // as the usual step, not the exception
    double pickup = 0.4;      // 0-1, light syllables before the bar line
    double breath = 0.2;      // share of the phrase at its end
    double fidelity = 0.6;    // how much a place of the model's rhythm is worth
};

struct Room {
    base::Ticks length;      // of the phrase's bars
    base::Ticks earliest;    // first place that is free, from the phrase's bar line: 0 or before
    base::Ticks latest_end;  // where the last note must have ended
};

// One onset a syllable, from the phrase's first bar line (pickups are negative), not overlapping. `model`:
// places of a rhythm to be like, ascending; may be empty. Each syllable's place is a shortest path: the
// stress of words against the strength of places (data/trained/word_setting.tsv), the pace, the pauses of the
// writing.
Rhythm set_words(const std::vector<TextSyllable>& syllables, const music::Metre& metre, const Room& room,
                 const std::vector<base::Ticks>& model, const SettingTaste& taste, base::Chance& chance);

}  // namespace mmx::compose
