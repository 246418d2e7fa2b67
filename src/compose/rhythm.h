// Rhythms of melodies: cells on the pulses of any metre, chosen for density, syncopation and shape.
#pragma once

#include <vector>

#include "base/random.h"
#include "base/units.h"
#include "music/metre.h"

namespace mmx::compose {

struct Onset {
    base::Ticks at, length;  // from the start of the figure
};
using Rhythm = std::vector<Onset>;

struct RhythmTaste {
    double density = 1.5;  // onsets a beat
    double syncopation = 0.3;
    double sixteenths = 0;
    double triplets = 0;
};

// The best of some tries: enough notes, more than one length, not like those to avoid.
Rhythm compose_rhythm(const music::Metre& metre, int bars, const RhythmTaste& taste,
                      const std::vector<Rhythm>& avoid, base::Chance& chance);
// The bar in which a phrase comes to rest: a few notes, a long one, breath.
Rhythm cadence_rhythm(const music::Metre& metre, const RhythmTaste& taste, double rest, base::Chance& chance);
// Splits long notes or joins short ones until there are so many onsets; for words.
void fit_onset_count(Rhythm& rhythm, int onsets, base::Ticks finest);
// Share of places (of sixteenths) at which two rhythms agree.
double likeness(const Rhythm& a, const Rhythm& b, base::Ticks length);
// One bar's part of a longer rhythm, counted from its bar line.
Rhythm bar_of(const Rhythm& rhythm, base::Ticks bar, int index);

}  // namespace mmx::compose
