#include "perform/plucked/filter_row.h"

#include <array>

#include "base/maths.h"

namespace mmx::perform::plucked {
namespace {

using synth::all;
using synth::f32x8;
using synth::kLanes;

struct Corner {
    double c, alpha;
    Corner(double hz, double q, double rate) {
        const double w = base::kTwoPi * (hz < 0.45 * rate ? hz : 0.45 * rate) / rate;
        c = base::cos(w);
        alpha = base::sin(w) / (2.0 * q);
    }
};

Biquad normalised(double b0, double b1, double b2, double a0, double a1, double a2) {
    return {b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0};
}

MMX_LANES_INLINE f32x8 next(FilterStage& stage, f32x8 x) {
    const f32x8 one_ago = __builtin_shufflevector(stage.past_in, x, 7, 8, 9, 10, 11, 12, 13, 14);
    const f32x8 two_ago = __builtin_shufflevector(stage.past_in, x, 6, 7, 8, 9, 10, 11, 12, 13);
    const f32x8 fed = stage.b0 * x + stage.b1 * one_ago + stage.b2 * two_ago;
    const f32x8 from_these = ((all(fed[0]) * stage.response[0] + all(fed[1]) * stage.response[1]) +
                              (all(fed[2]) * stage.response[2] + all(fed[3]) * stage.response[3])) +
                             ((all(fed[4]) * stage.response[4] + all(fed[5]) * stage.response[5]) +
                              (all(fed[6]) * stage.response[6] + all(fed[7]) * stage.response[7]));
    const f32x8 y = from_these +
                    (all(stage.past_out[7]) * stage.to_last + all(stage.past_out[6]) * stage.to_last_but_one);
    stage.past_in = x;
    stage.past_out = y;
    return y;
}

MMX_LANES_KERNEL void run_row(FilterStage* stages, std::size_t count, float* audio, std::size_t frames) {
    for (std::size_t i = 0; i < frames; i += kLanes) {
        f32x8 x = synth::load(audio + i);
        for (std::size_t k = 0; k < count; ++k) x = next(stages[k], x);
        synth::store(audio + i, x);
    }
}

MMX_LANES_KERNEL void run_bank(FilterStage* stages, const float* gains, std::size_t count, const float* in,
                               float* out, std::size_t frames) {
    for (std::size_t i = 0; i < frames; i += kLanes) {
        const f32x8 x = synth::load(in + i);
        f32x8 sum = synth::load(out + i);
        for (std::size_t k = 0; k < count; ++k) sum += gains[k] * next(stages[k], x);
        synth::store(out + i, sum);
    }
}

}  // namespace

Biquad Biquad::lowpass(double hz, double q, double rate) {
    const Corner k(hz, q, rate);
    return normalised((1 - k.c) / 2, 1 - k.c, (1 - k.c) / 2, 1 + k.alpha, -2 * k.c, 1 - k.alpha);
}
Biquad Biquad::highpass(double hz, double q, double rate) {
    const Corner k(hz, q, rate);
    return normalised((1 + k.c) / 2, -1 - k.c, (1 + k.c) / 2, 1 + k.alpha, -2 * k.c, 1 - k.alpha);
}
Biquad Biquad::bandpass(double hz, double q, double rate) {
    const Corner k(hz, q, rate);
    return normalised(k.alpha, 0, -k.alpha, 1 + k.alpha, -2 * k.c, 1 - k.alpha);
}
Biquad Biquad::peak(double hz, double q, double db, double rate) {
    const Corner k(hz, q, rate);
    const double a = base::decibels_to_gain(db / 2);
    return normalised(1 + k.alpha * a, -2 * k.c, 1 - k.alpha * a, 1 + k.alpha / a, -2 * k.c, 1 - k.alpha / a);
}
Biquad Biquad::low_shelf(double hz, double db, double rate) {
    const Corner k(hz, 0.7071, rate);
    const double a = base::decibels_to_gain(db / 2), r = 2 * base::sqrt(a) * k.alpha;
    return normalised(a * ((a + 1) - (a - 1) * k.c + r), 2 * a * ((a - 1) - (a + 1) * k.c),
                      a * ((a + 1) - (a - 1) * k.c - r), (a + 1) + (a - 1) * k.c + r,
                      -2 * ((a - 1) + (a + 1) * k.c), (a + 1) + (a - 1) * k.c - r);
}
Biquad Biquad::high_shelf(double hz, double db, double rate) {
    const Corner k(hz, 0.7071, rate);
    const double a = base::decibels_to_gain(db / 2), r = 2 * base::sqrt(a) * k.alpha;
    return normalised(a * ((a + 1) + (a - 1) * k.c + r), -2 * a * ((a - 1) + (a + 1) * k.c),
                      a * ((a + 1) + (a - 1) * k.c - r), (a + 1) - (a - 1) * k.c + r,
                      2 * ((a - 1) - (a + 1) * k.c), (a + 1) - (a - 1) * k.c - r);
}

FilterStage::FilterStage(const Biquad& filter)
    : b0(static_cast<float>(filter.b0)),
      b1(static_cast<float>(filter.b1)),
      b2(static_cast<float>(filter.b2)) {
    // h[n] = -a1 h[n-1] - a2 h[n-2] from h[0] = 1: the poles' answer to one frame.
    std::array<double, kLanes + 1> h{};
    h[0] = 1;
    h[1] = -filter.a1;
    for (std::size_t n = 2; n < h.size(); ++n) h[n] = -filter.a1 * h[n - 1] - filter.a2 * h[n - 2];
    for (std::size_t n = 0; n < kLanes; ++n) {
        for (std::size_t j = 0; j < kLanes; ++j) response[j][n] = n < j ? 0.0f : static_cast<float>(h[n - j]);
        to_last[n] = static_cast<float>(h[n + 1]);
        to_last_but_one[n] = static_cast<float>(-filter.a2 * h[n]);
    }
}

void FilterRow::process(float* audio, std::size_t frames) {
    run_row(stages_.data(), stages_.size(), audio, frames);
}

void FilterBank::process(const float* in, float direct, const float* beside, float* out, std::size_t frames) {
    for (std::size_t i = 0; i < frames; ++i) out[i] = direct * beside[i];
    run_bank(stages_.data(), gains_.data(), stages_.size(), in, out, frames);
}

}  // namespace mmx::perform::plucked
