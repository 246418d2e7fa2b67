// Fills: from the style's vocabulary, or drawn from what recorded drummers play in theirs.
#pragma once

#include <vector>

#include "compose/scene.h"

namespace mmx::compose {

struct FillStroke {
    base::Ticks start;  // from the bar line
    base::Ticks length;
    int pitch;
    double velocity;  // 0-1
};

struct FillInBar {
    base::Ticks from;  // the groove is silent from here on; the bar's length when there is no fill
    std::vector<FillStroke> strokes;
};

// For bars whose role is a fill or the last bar of a build; else nothing.
FillInBar choose_fill(const Scene& scene, const Player& player, const BarView& bar);

}  // namespace mmx::compose
