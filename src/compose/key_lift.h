// The last chorus a step higher ("truck driver's gear change").
#pragma once

#include <optional>

#include "music/plan.h"
#include "music/score.h"

namespace mmx::compose {

// Moves chords and tune from the last chorus to the end up by Plan::key_lift, and where the tune leaves room,
// turns the end of the bar before into the new key's dominant. Does nothing to songs whose tune has no
// earlier chorus, and goes up a semitone only, or not at all, where the tune's bearer has no higher note.
// Call it between tune and band: the band reads the new chords and keys.
void lift_last_chorus(const music::Plan& plan, std::optional<int> highest_note, music::Score& score);

}  // namespace mmx::compose
