// How many bars fit the asked length, at what tempo, and how the last of them ends.
#pragma once

#include <vector>

#include "base/units.h"
#include "music/plan.h"
#include "music/tempo_map.h"
#include "style/composition_style.h"

namespace mmx::compose {

struct Length {
    int bars = 1;
    double bpm = 120;
    music::TempoMap tempo;
    base::Ticks final_stroke;  // see Outline
    base::Ticks end;           // where the last bar ends
    base::Seconds total;       // with the tail
    double misfit = 0;         // how far from what was asked: seconds off, and tempo bent
};

struct EndingTaste {
    bool ritardando = false;
    double slowest = 0.8;
    double hall_seconds = 1.5;  // reverberation time of the genre's room
};

// How long a room of this reverberation time is listened to after the last held note of a ring ending was let
// go: until it is some 40 dB down. A hall of 6.5 s gets 4 s, a dry room never less than 1.4.
double ring_out_seconds(double hall_seconds);

// All that lie within two seconds of plan.duration_seconds, best first; never empty.
std::vector<Length> fitting_lengths(const music::Plan& plan, const EndingTaste& taste);
// The length of a song that has to have so many bars.
Length length_of_bars(const music::Plan& plan, const EndingTaste& taste, int bars);

}  // namespace mmx::compose
