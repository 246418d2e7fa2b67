// A line of notes over chords: given rhythm and the wished contour, the best pitches under the rules of
// melody.
#pragma once

#include <vector>

#include "base/random.h"
#include "compose/knowledge.h"
#include "music/score.h"

namespace mmx::compose {

enum class Rest { none, open, closed, final };  // how a phrase comes to rest on this note

// One note on its way to a pitch.
struct Draft {
    base::Ticks start, length;  // in the song; may overlap nothing
    double target = 60;         // MIDI pitch the contour wishes for
    double pull = 1;            // how strongly
    Rest rest = Rest::none;
    bool begins = false;  // first of its phrase: the interval before it is free
    int pitch = 0;        // the outcome; when not 0 at the start it is kept as it is
    int solo = 0;         // index of another lead that plays it, 0: the first
    int text = -1;        // what is sung on it, an index into a table of the writer; -1: nothing
};

struct LineTaste {
    int low = 55, high = 79;  // no note outside
    double tonic = 1;         // weight of the notes that make the key clear
    double pentatonic = 0.3;
    double noise = 0.5;  // chance against rules
};

// Fills in `pitch` of every draft (ascending, not overlapping). A shortest path over pairs of pitches, so
// that leaps are answered and dissonances resolved.
void fit_pitches(std::vector<Draft>& drafts, const music::Score& score, const Knowledge& knowledge,
                 const LineTaste& taste, base::Chance& chance);

// Whether two places have the same chords and key, so that a copy may be exact.
bool same_harmony(const music::Score& score, const Draft& a, const Draft& b);
// Over the same chord a copy keeps its model's pitch; over another it leans towards it.
void keep_or_lean(const music::Score& score, Draft& draft, const Draft& model);

// The chord a note is heard against: the one that sounds for most of it.
const music::ChordEvent* heard_chord(const music::Score& score, base::Ticks start, base::Ticks length);

}  // namespace mmx::compose
