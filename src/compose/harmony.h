// Chords for every bar: progressions by section, cadences, colours, and the way home.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compose/form.h"
#include "compose/knowledge.h"
#include "compose/numeral.h"
#include "music/plan.h"
#include "music/score.h"

namespace mmx::compose {

// Adds Score::chords, which needs bars and sections already. Nothing when the plan has no key.
// `attempt` gives other chords for the same seed.
void harmonise(const music::Plan& plan, const style::CompositionStyle& style, const Form& form, int attempt,
               music::Score& score);

}  // namespace mmx::compose
