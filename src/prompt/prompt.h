// The prompt reader's front door: words become a plan, and every decision says why.
#pragma once

#include "base/result.h"
#include "music/plan.h"
#include "music/song_request.h"

namespace mmx::prompt {

// Decides everything in the plan. Fields given in the request count before the prompt's words, the
// prompt's words before the genre's habits, and chance, keyed by the seed, chooses among what is left.
// The request must have passed music::validate and carry a seed (Kind::internal otherwise: whoever takes
// an order draws it). Any text is read without error; what is not understood is listed in the plan.
// Pure, any thread, a few milliseconds; the first call also builds the index over data/lexicon.
base::Result<music::Plan> understand(const music::SongRequest& request);

}  // namespace mmx::prompt
