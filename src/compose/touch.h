// How the tune is touched: accents, phrase arches, articulation, ornaments.
#pragma once

#include <vector>

#include "compose/line.h"
#include "music/plan.h"
#include "music/score.h"
#include "style/composition_style.h"

namespace mmx::compose {

// Turns one section's drafts into notes and appends them.
void add_touch(const music::Plan& plan, const style::MelodyStyle& style, const music::Score& score,
               std::size_t section, const std::vector<Draft>& drafts, std::vector<music::Note>& notes);

}  // namespace mmx::compose
