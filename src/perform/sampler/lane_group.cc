// The inner loop of the sampler.
#include "perform/sampler/lane_group.h"

namespace mmx::perform {
namespace {

using synth::f32x8;
static_assert(kSamplerBlock % kGainSteps == 0);

MMX_LANES_INLINE f32x8 load(const float* from) {
    return *reinterpret_cast<const f32x8*>(from);
}
MMX_LANES_INLINE void store(float* to, f32x8 value) {
    *reinterpret_cast<f32x8*>(to) = value;
}

}  // namespace

void LaneGroup::silence(std::size_t lane) {
    used &= ~(1u << lane);
    for (std::size_t frame = 0; frame < kSamplerBlock; ++frame) input[frame * synth::kLanes + lane] = 0;
    for (Lanes& step : gain) step[lane] = 0;
    left[lane] = right[lane] = band[lane] = low[lane] = 0;
    a1[lane] = a2[lane] = a3[lane] = next_a1[lane] = next_a2[lane] = next_a3[lane] = 0;
}

MMX_LANES_INLINE void play(LaneGroup& group, LaneSums& sums, bool first) {
    constexpr float kShare = 1.0f / static_cast<float>(kSamplerBlock);
    constexpr std::size_t kStep = kSamplerBlock / kGainSteps;
    const f32x8 left = load(group.left.data()), right = load(group.right.data());
    f32x8 a1 = load(group.a1.data()), a2 = load(group.a2.data()), a3 = load(group.a3.data());
    const f32x8 step1 = (load(group.next_a1.data()) - a1) * kShare;
    const f32x8 step2 = (load(group.next_a2.data()) - a2) * kShare;
    const f32x8 step3 = (load(group.next_a3.data()) - a3) * kShare;
    f32x8 band = load(group.band.data()), low = load(group.low.data());
    for (std::size_t part = 0; part < kGainSteps; ++part) {
        f32x8 gain = load(group.gain[part].data());
        const f32x8 gain_step =
            (load(group.gain[part + 1].data()) - gain) * (1.0f / static_cast<float>(kStep));
        for (std::size_t frame = part * kStep; frame < (part + 1) * kStep; ++frame) {
            const f32x8 high = load(group.input.data() + frame * synth::kLanes) - low;
            const f32x8 new_band = a1 * band + a2 * high;
            const f32x8 new_low = low + a2 * band + a3 * high;
            band = new_band + new_band - band;
            low = new_low + new_low - low;
            a1 += step1;
            a2 += step2;
            a3 += step3;
            const f32x8 sound = new_low * gain;
            gain += gain_step;
            float* to_left = sums.left.data() + frame * synth::kLanes;
            float* to_right = sums.right.data() + frame * synth::kLanes;
            store(to_left, first ? sound * left : load(to_left) + sound * left);
            store(to_right, first ? sound * right : load(to_right) + sound * right);
        }
    }
    store(group.band.data(), band);
    store(group.low.data(), low);
    group.a1 = group.next_a1;
    group.a2 = group.next_a2;
    group.a3 = group.next_a3;
}

MMX_LANES_KERNEL void play_first_group(LaneGroup& group, LaneSums& sums) {
    play(group, sums, true);
}
MMX_LANES_KERNEL void play_group(LaneGroup& group, LaneSums& sums) {
    play(group, sums, false);
}

void add_lanes(const LaneSums& sums, float* left, float* right) {
    const auto sum = [](const float* x) {
        return ((x[0] + x[4]) + (x[1] + x[5])) + ((x[2] + x[6]) + (x[3] + x[7]));
    };
    for (std::size_t frame = 0; frame < kSamplerBlock; ++frame) {
        left[frame] = sum(sums.left.data() + frame * synth::kLanes);
        right[frame] = sum(sums.right.data() + frame * synth::kLanes);
    }
}

}  // namespace mmx::perform
