// The engineer's hand on the fader: where few play softly, the whole desk comes up.
#pragma once

#include <vector>

#include "mix/channel.h"
#include "music/score.h"

namespace mmx::mix {

struct Ride {
    double db = 0;  // never below 0
    // Where a lower level has to be reached, at the latest: at the next section, or at the fill or pickup
    // that leads into it.
    base::Ticks until;
};

// For each section of the score. A lone guitar that opens a song is 15 dB softer than the band that follows;
// on records it is some 6 dB softer, because somebody rode the level. What lies further than `ride_from_db`
// under the song's fullest section is made up by the share `ride`. Nothing moves within a section, so what
// the players do with their hands remains.
std::vector<Ride> ride(const music::Score& score, const Console& console);

}  // namespace mmx::mix
