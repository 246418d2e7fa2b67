// The moves of the desk along the song: levels, brightness and width by section, filter sweeps, the fade,
// throws.
#pragma once

#include <cstdint>
#include <span>

#include "mix/curve.h"
#include "mix/ride.h"
#include "music/score.h"
#include "style/mix_style.h"

namespace mmx::mix {

// All as functions of the frame, from the score alone; shared by every strip, never written to after it is
// made.
struct Automation {
    // `rides` on top of all else, one for each section, or none.
    Automation(const music::Score& score, const style::AutomationStyle& style, int sample_rate,
               std::span<const Ride> rides = {});

    Curve level_db;       // of the whole band: Section::level_db, the lift of energetic sections, the ride
    Curve brightness_db;  // above about 4 kHz
    Curve width;          // added to every channel's own
    struct Sweep {
        Curve mix;     // 0 untouched, 1 filtered
        Curve octave;  // cutoff: 2^octave Hz
    };
    Sweep high_pass, low_pass;

    // The end of the song: 1 until the fade, exactly 0 for the last 50 ms and after. Always 1 for a loop.
    double fade(std::int64_t frame) const;

    std::int64_t frames = 0;  // the whole song with its tail
    std::int64_t fade_from = 0, fade_to = 0;
};

// Windows around a part's last notes before each new section, in which its delay send opens: 0 shut, 1 open.
Curve throws(const music::Score& score, const music::Part& part, int sample_rate);

}  // namespace mmx::mix
