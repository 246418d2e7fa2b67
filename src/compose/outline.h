// What the composers know beyond the score: phrases, and what each bar is for. Form and melody write it, the
// band reads it.
#pragma once

#include <string>
#include <vector>

#include "base/units.h"

namespace mmx::compose {

struct Phrase {
    base::Ticks start, length;
    int section = 0;
    int copies = -1;       // index of the phrase whose melody it takes over (exactly or varied), or -1
    bool cadence = false;  // comes to rest on its last chord
};

// What a bar is for; the band realises it.
enum class BarRole {
    groove,      // play on
    small_fill,  // the last half of the bar answers
    big_fill,    // leads into a new section
    build,       // density and level rise towards the next section
    stop,        // the band hits beat one and is silent
    breakdown,   // drums and bass rest
    pickup,      // only an upbeat into the next bar
    last,        // the ending: what Score::ending says
};

// What the words asked of a section beyond its kind.
struct SectionWish {
    std::string instrument;  // "guitar" of "Guitar Solo": a catalogue id or free text, may be empty
    std::vector<std::string> directions;  // "piano only", "whispered"
};

// What is sung on the lead's note that starts here. Several notes of one syllable follow each other.
struct SungOn {
    base::Ticks start;
    int section = 0;   // index into Score::sections
    int phrase = 0;    // index into SectionPlan::phrases
    int syllable = 0;  // index into SungPhrase::syllables
};

struct Outline {
    std::vector<Phrase> phrases;
    std::vector<BarRole> bars;        // one for each Score::bars
    std::vector<SectionWish> wishes;  // one for each Score::sections
    std::vector<SungOn> sung;         // ascending; the lead's other notes are played
    // Where the song's last stroke falls: beat one of the last bar when it rings, its last beat when it stops
    // cold. A fade and a loop have none: it is the song's end.
    base::Ticks final_stroke;
};

}  // namespace mmx::compose
