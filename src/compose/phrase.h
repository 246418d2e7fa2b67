// Phrases: how a section divides, and what each of its bars says.
#pragma once

#include <vector>

#include "base/random.h"
#include "compose/line.h"
#include "compose/motif.h"

namespace mmx::compose {

struct PhraseSpec {
    int first_bar = 0, bars = 4;
    int model = -1;  // earlier phrase of the section whose beginning it takes over
    int kept = 0;    // so many bars of it
    Rest rest = Rest::open;
};

// Antecedents and consequents: 8 bars are a + a', 16 are a a' b a', 12 are a a' b.
std::vector<PhraseSpec> divide(int bars, int phrase_bars, bool closes);

// How the bars of a phrase follow from its motif.
enum class Scheme {
    answer,    // motif, its first bar elsewhere, rest
    contrast,  // motif, a bar of another, rest
    repeat,    // motif twice, the second time coming to rest
    sequence,  // its first bar again and again, a step higher each time
    free,      // as a solo: it starts as the motif and goes on
};

struct PhraseMaterial {
    const Motif* motif = nullptr;
    const Motif* other = nullptr;
    Scheme scheme = Scheme::answer;
    RhythmTaste taste;
    double rest = 0.2;   // breath at its end
    double centre = 67;  // MIDI pitch
    double arch = 3;     // semitones it rises towards its middle
    double pull = 1;
    double spread = 1;  // widens or narrows the motif's intervals
};

// Drafts with starts counted from the phrase's first bar line.
std::vector<Draft> draft_phrase(const music::Metre& metre, int bars, Rest rest,
                                const PhraseMaterial& material, base::Chance& chance);

}  // namespace mmx::compose
