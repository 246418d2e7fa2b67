// Sections whose tune the words give to another instrument: "guitar solo", "starts with a piano intro".
#pragma once

#include "compose/outline.h"
#include "music/score.h"

namespace mmx::compose {

// Moves those sections' notes from the lead to parts of their own, an octave up or down where the instrument
// wants it.
void hand_over_solos(const Outline& outline, music::Score& score);

}  // namespace mmx::compose
