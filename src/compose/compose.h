// Plan -> Score: the front door of the composing room.
#pragma once

#include "base/result.h"
#include "music/plan.h"
#include "music/score.h"
#include "style/style.h"

namespace mmx::compose {

// Pure: the same plan and style give the same score. `second` is the style of a blend or null.
// Fails (invalid_request) when the lyrics need more seconds than were asked for, naming the seconds needed.
base::Result<music::Score> compose(const music::Plan& plan, const style::Style& style,
                                   const style::Style* second);

}  // namespace mmx::compose
