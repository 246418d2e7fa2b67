// No tune of ours quotes twelve notes of a tune that the tables were trained on.
#pragma once

#include "music/score.h"

namespace mmx::compose {

// How many runs of twelve notes of the lead parts, by scale steps and rhythm, stand in a training tune.
int quotations(const music::Score& score);

}  // namespace mmx::compose
