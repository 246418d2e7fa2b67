// From the grid to the hand: one part's notes as a player would play them.
#pragma once

#include <vector>

#include "music/score.h"
#include "perform/player.h"
#include "style/sound_style.h"

namespace mmx::perform {

// Swing, tempo, the style's pocket, human drift, strums and rolls. Sorted by start. With score.humanise 0
// every note stands on the (swung) grid, strums apart: their first string does.
std::vector<PlayedNote> play_part(const music::Score& score, const music::Part& part,
                                  const style::Pocket& pocket, int sample_rate);

// How far a player is from the click, in units of one standard deviation: drift that grows and returns over
// bars, as tapping experiments show (its spectrum falls like 1/f). `bars` is the place, counted in bars from
// the start.
double drift_at(std::uint64_t seed, std::uint64_t part_key, double bars);

}  // namespace mmx::perform
