// The form that lyrics ask for: their sections, and bars enough to sing each line.
#pragma once

#include <vector>

#include "compose/form.h"

namespace mmx::compose {

// Bars for one sung line of the given syllables, at a pace that can be sung and understood.
int bars_for_line(const music::Plan& plan, int syllables);
// As given, with nothing added around it.
std::vector<SectionPlan> lyric_sections(const music::Plan& plan);

}  // namespace mmx::compose
