// One stroke of one drum, as sound.
#pragma once

#include <cstdint>
#include <vector>

#include "perform/drum_machine/kit_patch.h"

namespace mmx::perform::drum_machine {

struct Stroke {                      // peak of the louder channel is 1
    std::vector<float> left, right;  // right is empty when both are alike
};

// How it is struck. Force brightens, lengthens and bends as well as it loudens; `take` tells apart strokes
// that a player repeats (0 ... 3), each a little different in pitch, noise and decay.
struct Touch {
    double force = 0.7;  // 0 ... 1
    std::uint64_t take = 0;
    std::uint64_t seed = 0;
};

Stroke make_stroke(const Drum& drum, const Touch& touch, int sample_rate);

}  // namespace mmx::perform::drum_machine
