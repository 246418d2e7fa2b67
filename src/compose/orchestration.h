// Who plays in which bar: entries, drop-outs, and a chorus that is fuller than its verse.
#pragma once

#include <vector>

#include "compose/band.h"

namespace mmx::compose {

struct BarView;

// [player][bar]. Somebody who sustains or keeps time plays in every bar, stops excepted.
std::vector<std::vector<bool>> orchestrate(const music::Plan& plan, const Band& band,
                                           const std::vector<BarView>& bars);

}  // namespace mmx::compose
