// Middle and side, and the rule that bass has no side.
#pragma once

#include <array>

#include "audio/biquad.h"

namespace mmx::mix {

// For frames of (middle, side). The side loses what lies below 170 Hz (Linkwitz-Riley, fourth order: -14 dB
// at 120 Hz, -26 at 80), so vinyl, club systems and phones get one bass; the middle goes through the all-pass
// of that crossover and so keeps its phase against the side: what is panned hard left stays hard left.
inline audio::StereoCascade one_bass(int sample_rate) {
    constexpr double kCrossover = 170, kButterworth = 0.70710678118654752;
    const std::array middle = {audio::all_pass(kCrossover, kButterworth, sample_rate)};
    const auto half = audio::high_pass(kCrossover, kButterworth, sample_rate);
    const std::array side = {half, half};
    return {middle, side};
}

}  // namespace mmx::mix
