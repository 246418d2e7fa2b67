// Eight voices side by side: filter, loudness and place in the picture, one voice a lane.
#pragma once

#include <array>

#include "perform/sampler/interpolation.h"
#include "perform/synth/lanes.h"

namespace mmx::perform {

// Sub-steps of the loudness within a block: attacks are drawn with points every 16 frames.
inline constexpr std::size_t kGainSteps = 4;

struct alignas(32) LaneGroup {
    using Lanes = std::array<float, synth::kLanes>;
    alignas(32) std::array<float, kSamplerBlock * synth::kLanes> input{};  // [frame][lane]
    alignas(32) std::array<Lanes, kGainSteps + 1> gain{};                  // at frames 0, 16 ... 64
    alignas(32) Lanes left{}, right{};
    // State-variable low-pass filter (A. Simper's trapezoidal form): coefficients at the block's begin and
    // end.
    alignas(32) Lanes a1{}, a2{}, a3{};
    alignas(32) Lanes next_a1{}, next_a2{}, next_a3{};
    alignas(32) Lanes band{}, low{};
    unsigned used = 0;  // a bit a lane

    void silence(std::size_t lane);
};

// Sums of all groups, lane by lane until the end: floats are added in one order whatever the processor.
struct alignas(32) LaneSums {
    alignas(32) std::array<float, kSamplerBlock * synth::kLanes> left{}, right{};
};

void play_first_group(LaneGroup& group, LaneSums& sums);  // overwrites the sums
void play_group(LaneGroup& group, LaneSums& sums);        // adds to them
void add_lanes(const LaneSums& sums, float* left, float* right);

}  // namespace mmx::perform
