// A gain that changes over time: one value at each block's edge, straight lines between them.
#pragma once

#include <cstddef>
#include <vector>

#include "audio/buffer.h"

namespace mmx::master {

// About a third of a millisecond, a multiple of 8: 16 frames at 44.1 and 48 kHz.
std::size_t block_frames(int sample_rate);

struct GainCurve {
    double gain = 1.0;         // constant part
    std::vector<float> nodes;  // limiter's part, 0-1, at the first frame of each block and at the end
};

// Multiplies blocks first ... last - 1 by `after`, and takes back `before` where that has been applied
// already.
void apply(audio::StereoView audio, std::size_t block, const GainCurve& after, const GainCurve* before,
           std::size_t first, std::size_t last);

}  // namespace mmx::master
