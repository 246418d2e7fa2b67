#include "perform/chorus.h"

#include "base/maths.h"

namespace mmx::perform {
namespace {

using synth::all;
using synth::f32x8;
using synth::kLanes;

// Turns of the next eight frames, each in 0 ... 1.
MMX_LANES_INLINE f32x8 turns_from(double turns, double step, double offset) {
    const f32x8 ahead = {0, 1, 2, 3, 4, 5, 6, 7};
    const f32x8 all_turns = all(static_cast<float>(turns + offset)) + ahead * static_cast<float>(step);
    return all_turns - synth::to_float(synth::to_int(all_turns));
}

// A sine by a parabola with one correction: within 0.1 %, plenty for a delay that sways.
MMX_LANES_INLINE f32x8 sway(f32x8 turns) {
    const f32x8 t = 2.0f * turns - all(1.0f);  // -1 ... 1, and the sine's negative
    const f32x8 size = t < 0.0f ? -t : t;
    const f32x8 x = -4.0f * t * (1.0f - size);
    return 0.775f * x + 0.225f * x * (x < 0.0f ? -x : x);
}

MMX_LANES_INLINE f32x8 triangle(f32x8 turns) {
    const f32x8 x = 4.0f * turns;
    return turns < 0.5f ? x - all(1.0f) : all(3.0f) - x;
}

// Eight frames from `delay` frames back, with straight lines between samples.
struct Delayed {
    synth::i32x8 whole;
    f32x8 part;
    MMX_LANES_INLINE explicit Delayed(f32x8 delay)
        : whole(synth::to_int(delay)), part(delay - synth::to_float(whole)) {}
    MMX_LANES_INLINE f32x8 of(const std::vector<float>& line, std::size_t write, std::size_t mask) const {
        const float* const samples = line.data();
        f32x8 a, b;
        for (std::size_t l = 0; l < kLanes; ++l) {
            const std::size_t at = write + l - static_cast<std::size_t>(whole[l]);
            a[l] = samples[at & mask];
            b[l] = samples[(at - 1) & mask];
        }
        return a + part * (b - a);
    }
};

MMX_LANES_KERNEL void run(Chorus::Circuit& c, float* left, float* right, std::size_t frames) {
    for (std::size_t i = 0; i < frames; i += kLanes) {
        const std::size_t at = c.write & c.mask;  // the lines' length is a multiple of eight
        synth::store(c.left_line.data() + at, synth::load(left + i));
        synth::store(c.right_line.data() + at, synth::load(right + i));
        f32x8 wet_left, wet_right;
        if (c.kind == ChorusKind::juno) {
            const f32x8 lfo = 0.0018f * triangle(turns_from(c.slow, c.slow_step, 0));
            wet_left = Delayed(c.rate * (0.0035f + lfo)).of(c.left_line, c.write, c.mask);
            wet_right = Delayed(c.rate * (0.0035f - lfo)).of(c.right_line, c.write, c.mask);
        } else {
            f32x8 tap[3];
            for (int k = 0; k < 3; ++k) {
                const double third = k / 3.0;
                const Delayed delayed(c.rate *
                                      (0.0055f + 0.0019f * sway(turns_from(c.slow, c.slow_step, third)) +
                                       0.00022f * sway(turns_from(c.fast, c.fast_step, third))));
                tap[k] = 0.5f * (delayed.of(c.left_line, c.write, c.mask) +
                                 delayed.of(c.right_line, c.write, c.mask));
            }
            // The middle delay in both channels, the others to the sides.
            wet_left = 0.85f * tap[0] + 0.5f * tap[1];
            wet_right = 0.85f * tap[2] + 0.5f * tap[1];
        }
        wet_left = c.dark.over(c.dark_share * wet_left, c.dark_state[0]);
        wet_right = c.dark.over(c.dark_share * wet_right, c.dark_state[1]);
        c.dark_state[0] = wet_left[kLanes - 1];
        c.dark_state[1] = wet_right[kLanes - 1];
        synth::store(left + i, c.dry * synth::load(left + i) + c.wet * wet_left);
        synth::store(right + i, c.dry * synth::load(right + i) + c.wet * wet_right);
        c.write += kLanes;
        c.slow += c.slow_step * kLanes;
        if (c.slow >= 1.0) c.slow -= 1.0;
        c.fast += c.fast_step * kLanes;
        if (c.fast >= 1.0) c.fast -= 1.0;
    }
}

}  // namespace

Chorus::Chorus(ChorusKind kind, double amount, int sample_rate) {
    Circuit& c = circuit_;
    c.kind = kind;
    c.rate = static_cast<float>(sample_rate);
    // Two voices that do not agree add as powers do: keep the loudness.
    const double scale = 1.0 / base::sqrt(1.0 + amount * amount);
    c.wet = static_cast<float>(amount * scale);
    c.dry = static_cast<float>(scale);
    const double kept = base::exp(-base::kTwoPi * 8500.0 / sample_rate);
    c.dark_share = static_cast<float>(1.0 - kept);
    c.dark = synth::Recursion(kept);
    std::size_t size = 1;
    while (size < static_cast<std::size_t>(sample_rate / 40)) size *= 2;
    c.left_line.assign(size, 0.0f);
    c.right_line.assign(size, 0.0f);
    c.mask = size - 1;
    c.slow_step = (kind == ChorusKind::juno ? 0.513 : 0.62) / sample_rate;
    c.fast_step = 6.1 / sample_rate;
}

void Chorus::process(float* left, float* right, std::size_t frames) {
    run(circuit_, left, right, frames);
}

}  // namespace mmx::perform
