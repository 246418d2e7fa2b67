#include "perform/plucked/amplifier.h"

#include <cstring>

#include "base/maths.h"
#include "perform/synth/lanes.h"

namespace mmx::perform::plucked {
namespace {

struct Corner {
    double c, alpha;
    Corner(double hz, double q, double rate) {
        const double w = base::kTwoPi * (hz < 0.45 * rate ? hz : 0.45 * rate) / rate;
        c = base::cos(w);
        alpha = base::sin(w) / (2.0 * q);
    }
};

Biquad normalised(double b0, double b1, double b2, double a0, double a1, double a2) {
    Biquad f;
    f.b0 = static_cast<float>(b0 / a0);
    f.b1 = static_cast<float>(b1 / a0);
    f.b2 = static_cast<float>(b2 / a0);
    f.a1 = static_cast<float>(a1 / a0);
    f.a2 = static_cast<float>(a2 / a0);
    return f;
}

MMX_LANES_INLINE float soften(float x) {
    x = x > 3.0f ? 3.0f : x < -3.0f ? -3.0f : x;
    return x * (27.0f + x * x) / (27.0f + 9.0f * x * x);
}

MMX_LANES_INLINE float dot(const float* a, const float* b, std::size_t count) {
    synth::f32x8 sum = {};
    for (std::size_t i = 0; i < count; i += synth::kLanes) {
        synth::f32x8 x, y;
        std::memcpy(&x, a + i, sizeof x);
        std::memcpy(&y, b + i, sizeof y);
        sum += x * y;
    }
    return ((sum[0] + sum[4]) + (sum[1] + sum[5])) + ((sum[2] + sum[6]) + (sum[3] + sum[7]));
}

MMX_LANES_INLINE float two_stages(Amplifier::Valves& v, float x) {
    x = soften(x * v.gain + v.bias) - v.bias_out;
    v.dull_state += v.dull * (x - v.dull_state);
    v.coupling_state += v.coupling * (v.dull_state - v.coupling_state);
    return soften((v.dull_state - v.coupling_state) * v.second_gain - 0.5f * v.bias);
}

// Up to four times the rate, through both valves, and down again.
MMX_LANES_KERNEL
void drive(Amplifier::Valves& v, float* audio, std::size_t frames) {
    constexpr std::size_t kTaps = Amplifier::kTaps, kLength = Amplifier::kTaps * Amplifier::kOver;
    for (std::size_t i = 0; i < frames; ++i) {
        v.at = v.at == 0 ? kTaps - 1 : v.at - 1;  // newest first
        v.history[v.at] = v.history[v.at + kTaps] = audio[i];
        for (std::size_t phase = 0; phase < Amplifier::kOver; ++phase) {
            const float y = two_stages(v, dot(v.up[phase].data(), v.history.data() + v.at, kTaps));
            v.high_at = v.high_at == 0 ? kLength - 1 : v.high_at - 1;
            v.high_history[v.high_at] = v.high_history[v.high_at + kLength] = y;
        }
        audio[i] = dot(v.down.data(), v.high_history.data() + v.high_at, kLength);
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

Amplifier::Amplifier(const PluckedPatch& patch, int sample_rate) {
    const double rate = sample_rate, over_rate = rate * kOver;
    // A Blackman-windowed sinc at 0.42 of the lower rate, used on the way up and on the way down.
    constexpr std::size_t kLength = kTaps * kOver;
    std::array<double, kLength> taps{};
    double sum = 0.0;
    for (std::size_t i = 0; i < kLength; ++i) {
        const double t = static_cast<double>(i) - 0.5 * (kLength - 1);
        const double x = base::kTwoPi * 0.42 / kOver * t;
        const double turn = base::kTwoPi * (static_cast<double>(i) + 0.5) / kLength;
        taps[i] =
            (t == 0.0 ? 1.0 : base::sin(x) / x) * (0.42 - 0.5 * base::cos(turn) + 0.08 * base::cos(2 * turn));
        sum += taps[i];
    }
    for (std::size_t i = 0; i < kLength; ++i) {
        valves_.up[i % kOver][i / kOver] = static_cast<float>(taps[i] / sum * kOver);
        valves_.down[i] = static_cast<float>(taps[i] / sum);
    }
    valves_.gain = static_cast<float>(base::decibels_to_gain(patch.amp_drive * 0.65));
    valves_.second_gain = static_cast<float>(base::decibels_to_gain(patch.amp_drive * 0.35));
    valves_.bias = static_cast<float>(patch.amp_bias);
    valves_.bias_out = soften(valves_.bias);
    valves_.dull = static_cast<float>(1.0 - base::exp(-base::kTwoPi * 6500.0 / over_rate));
    valves_.coupling = static_cast<float>(1.0 - base::exp(-base::kTwoPi * 60.0 / over_rate));
    // More gain needs less bass in front of it, or power chords turn to mud.
    tighten_ = Biquad::highpass(70.0 + 2.2 * patch.amp_drive, 0.7, rate);
    after_ = {
        Biquad::low_shelf(180.0, patch.amp_bass_db, rate),
        Biquad::peak(650.0, 0.7, patch.amp_middle_db, rate),
        Biquad::high_shelf(2200.0, patch.amp_treble_db, rate),
        // A closed 4x12 box: a bump where the box rings, presence where the cone breaks up, nothing above.
        Biquad::highpass(75.0, 0.8, rate), Biquad::peak(115.0, 1.3, 3.0, rate),
        Biquad::peak(420.0, 1.0, -3.0, rate), Biquad::peak(2500.0, 1.3, 3.5, rate),
        Biquad::lowpass(patch.cabinet_hz, 0.55, rate), Biquad::lowpass(patch.cabinet_hz, 1.1, rate)};
}

void Amplifier::process(float* audio, std::size_t frames) {
    for (std::size_t i = 0; i < frames; ++i) audio[i] = tighten_.next(audio[i]);
    drive(valves_, audio, frames);
    for (Biquad& filter : after_)
        for (std::size_t i = 0; i < frames; ++i) audio[i] = filter.next(audio[i]);
}

}  // namespace mmx::perform::plucked
