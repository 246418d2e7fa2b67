#include "perform/plucked/amplifier.h"

#include <algorithm>

#include "base/maths.h"

namespace mmx::perform::plucked {
namespace {

using synth::all;
using synth::f32x8;
using synth::kLanes;
using Valves = Amplifier::Valves;
constexpr std::size_t kOver = Amplifier::kOver, kTaps = Amplifier::kTaps, kFrames = Amplifier::kFrames;
static_assert(kFrames == 2 * kLanes && kTaps == kFrames);

// y[n] = share x[n] + (1 - share) y[n-1] over the 4 x 8 frames of eight columns: first within the columns,
// whose eight stand in one vector, then from column to column.
MMX_LANES_INLINE void smooth(const Valves::OnePole& pole, float& state, const f32x8 (&x)[kOver],
                             f32x8 (&y)[kOver]) {
    y[0] = pole.share * x[0];
    for (std::size_t p = 1; p < kOver; ++p) y[p] = pole.share * x[p] + pole.keep[0] * y[p - 1];
    const f32x8 ends = pole.columns.over(y[kOver - 1], state);
    const f32x8 before = synth::one_ago(ends, state);
    for (std::size_t p = 0; p + 1 < kOver; ++p) y[p] += pole.keep[p] * before;
    y[kOver - 1] = ends;
    state = ends[kLanes - 1];
}

// Up to four times the rate, through both valves, and down again.
MMX_LANES_KERNEL void drive(Valves& v, float* audio) {
    float* const now = v.past.data() + kTaps;
    std::copy_n(audio, kFrames, now);
    f32x8 high[2][kOver] = {};
    for (std::size_t tap = 0; tap < kTaps; ++tap)
        for (std::size_t half = 0; half < 2; ++half) {
            const f32x8 x = synth::load(now + half * kLanes - tap);
            for (std::size_t p = 0; p < kOver; ++p) high[half][p] += v.up[p][tap] * x;
        }
    std::copy_n(now, kTaps, v.past.data());

    for (std::size_t half = 0; half < 2; ++half) {
        f32x8(&x)[kOver] = high[half];
        f32x8 dull[kOver], coupling[kOver];
        for (f32x8& one : x) one = synth::soft(one * v.gain + all(v.bias)) - all(v.bias_out);
        smooth(v.dull, v.dull_state, x, dull);
        smooth(v.coupling, v.coupling_state, dull, coupling);
        for (std::size_t p = 0; p < kOver; ++p)
            synth::store(v.high_past[p].data() + kTaps + half * kLanes,
                         synth::soft((dull[p] - coupling[p]) * v.second_gain - all(0.5f * v.bias)));
    }

    for (std::size_t half = 0; half < 2; ++half) {
        f32x8 sum[kOver] = {};
        for (std::size_t p = 0; p < kOver; ++p) {
            const float* const from = v.high_past[p].data() + kTaps + half * kLanes;
            for (std::size_t tap = 0; tap < kTaps; ++tap) sum[p] += v.down[p][tap] * synth::load(from - tap);
        }
        synth::store(audio + half * kLanes, (sum[0] + sum[1]) + (sum[2] + sum[3]));
    }
    for (auto& row : v.high_past) std::copy_n(row.data() + kFrames, kTaps, row.data());
}

}  // namespace

Valves::OnePole::OnePole(double hertz, double rate) {
    const double kept = base::exp(-base::kTwoPi * hertz / rate);
    share = static_cast<float>(1.0 - kept);
    double power = 1;
    for (float& k : keep) k = static_cast<float>(power *= kept);
    columns = synth::Recursion(power);
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
        // The newest frame of the high rate is the last phase.
        valves_.down[kOver - 1 - i % kOver][i / kOver] = static_cast<float>(taps[i] / sum);
    }
    valves_.gain = static_cast<float>(base::decibels_to_gain(patch.amp_drive * 0.65));
    valves_.second_gain = static_cast<float>(base::decibels_to_gain(patch.amp_drive * 0.35));
    valves_.bias = static_cast<float>(patch.amp_bias);
    valves_.bias_out = synth::soft(all(valves_.bias))[0];
    valves_.dull = Valves::OnePole(6500.0, over_rate);
    valves_.coupling = Valves::OnePole(60.0, over_rate);
    // More gain needs less bass in front of it, or power chords turn to mud.
    before_.add(Biquad::highpass(70.0 + 2.2 * patch.amp_drive, 0.7, rate));
    for (const Biquad& filter :
         {Biquad::low_shelf(180.0, patch.amp_bass_db, rate),
          Biquad::peak(650.0, 0.7, patch.amp_middle_db, rate),
          Biquad::high_shelf(2200.0, patch.amp_treble_db, rate),
          // A closed 4x12 box: a bump where the box rings, presence where the cone breaks up, nothing above.
          Biquad::highpass(75.0, 0.8, rate), Biquad::peak(115.0, 1.3, 3.0, rate),
          Biquad::peak(420.0, 1.0, -3.0, rate), Biquad::peak(2500.0, 1.3, 3.5, rate),
          Biquad::lowpass(patch.cabinet_hz, 0.55, rate), Biquad::lowpass(patch.cabinet_hz, 1.1, rate)})
        after_.add(filter);
}

void Amplifier::process(float* audio, std::size_t frames) {
    before_.process(audio, frames);
    for (std::size_t i = 0; i < frames; i += kFrames) drive(valves_, audio + i);
    after_.process(audio, frames);
}

}  // namespace mmx::perform::plucked
