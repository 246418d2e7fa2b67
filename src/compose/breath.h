// Breath: a tune lets go of its long notes and its phrase ends before the next note begins.
#pragma once

#include "compose/outline.h"
#include "music/score.h"

namespace mmx::compose {

// Shortens notes of a half note and more by a share that grows with `rest` (MelodyStyle::rest, 0-1), and the
// last note of each phrase by an eighth at least, where the next follows at once. Onsets and pitches stay.
// Call it on the finished lead, before the band looks for gaps to answer in.
void breathe(double rest, const Outline& outline, music::Score& score);

}  // namespace mmx::compose
