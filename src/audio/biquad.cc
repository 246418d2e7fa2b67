#include "audio/biquad.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/maths.h"

namespace mmx::audio {
namespace {

typedef double Doubles4 __attribute__((vector_size(32), aligned(32)));
typedef float Floats4 __attribute__((vector_size(16)));

struct Angle {
    double cosine, sine;
};

Angle angle(double hertz, int sample_rate) {
    const double held = std::clamp(hertz, 1.0, 0.49 * sample_rate);
    const double w = base::kTwoPi * held / sample_rate;
    return {base::cos(w), base::sin(w)};
}

double alpha(const Angle& w, double q) {
    return w.sine / (2 * std::clamp(q, 0.05, 50.0));
}

BiquadCoefficients divided(double b0, double b1, double b2, double a0, double a1, double a2) {
    return {b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0};
}

bool silent(std::span<const Frame2> frames) {
    for (const Frame2& frame : frames)
        if (frame[0] != 0 || frame[1] != 0) return false;
    return true;
}

}  // namespace

BiquadCoefficients low_pass(double hertz, double q, int sample_rate) {
    const Angle w = angle(hertz, sample_rate);
    const double a = alpha(w, q), b = 1 - w.cosine;
    return divided(b / 2, b, b / 2, 1 + a, -2 * w.cosine, 1 - a);
}

BiquadCoefficients high_pass(double hertz, double q, int sample_rate) {
    const Angle w = angle(hertz, sample_rate);
    const double a = alpha(w, q), b = 1 + w.cosine;
    return divided(b / 2, -b, b / 2, 1 + a, -2 * w.cosine, 1 - a);
}

BiquadCoefficients band_pass(double hertz, double q, int sample_rate) {
    const Angle w = angle(hertz, sample_rate);
    const double a = alpha(w, q);
    return divided(a, 0, -a, 1 + a, -2 * w.cosine, 1 - a);
}

BiquadCoefficients all_pass(double hertz, double q, int sample_rate) {
    const Angle w = angle(hertz, sample_rate);
    const double a = alpha(w, q);
    return divided(1 - a, -2 * w.cosine, 1 + a, 1 + a, -2 * w.cosine, 1 - a);
}

BiquadCoefficients peak(double hertz, double q, double gain_db, int sample_rate) {
    if (gain_db == 0) return {};
    const Angle w = angle(hertz, sample_rate);
    const double a = alpha(w, q), g = base::decibels_to_gain(gain_db / 2);
    return divided(1 + a * g, -2 * w.cosine, 1 - a * g, 1 + a / g, -2 * w.cosine, 1 - a / g);
}

BiquadCoefficients low_shelf(double hertz, double gain_db, int sample_rate) {
    if (gain_db == 0) return {};
    const Angle w = angle(hertz, sample_rate);
    const double g = base::decibels_to_gain(gain_db / 2), c = w.cosine;
    const double r = 2 * base::sqrt(g) * alpha(w, 1 / base::sqrt(2.0));
    return divided(g * ((g + 1) - (g - 1) * c + r), 2 * g * ((g - 1) - (g + 1) * c),
                   g * ((g + 1) - (g - 1) * c - r), (g + 1) + (g - 1) * c + r, -2 * ((g - 1) + (g + 1) * c),
                   (g + 1) + (g - 1) * c - r);
}

BiquadCoefficients high_shelf(double hertz, double gain_db, int sample_rate) {
    if (gain_db == 0) return {};
    const Angle w = angle(hertz, sample_rate);
    const double g = base::decibels_to_gain(gain_db / 2), c = w.cosine;
    const double r = 2 * base::sqrt(g) * alpha(w, 1 / base::sqrt(2.0));
    return divided(g * ((g + 1) + (g - 1) * c + r), -2 * g * ((g - 1) + (g + 1) * c),
                   g * ((g + 1) + (g - 1) * c - r), (g + 1) - (g - 1) * c + r, 2 * ((g - 1) - (g + 1) * c),
                   (g + 1) - (g - 1) * c - r);
}

std::vector<BiquadCoefficients> tilt(double db_per_octave, int sample_rate) {
    if (db_per_octave == 0) return {};
    // First-order sections whose poles and zeros alternate on the frequency axis draw a straight slope
    // (Smith, "Spectral tilt filters"): poles four octaves apart, each zero shifted against its pole by the
    // wanted slope. Two first-order sections make one second-order filter; two of those reach from 60 Hz to
    // 12 kHz.
    constexpr double kSpacing = 2.5;  // octaves from section to section
    constexpr std::array<double, 4> kCentres = {95, 95 * 5.656854, 95 * 32.0, 95 * 181.01934};
    struct First {
        double b0, b1, a1;
    };
    std::array<First, 4> sections{};
    for (std::size_t i = 0; i < 4; ++i) {
        // A shelf of kSpacing * slope dB: zero above the pole by as many octaves as 6.02 dB an octave needs.
        const double shift = kSpacing * db_per_octave / 6.0205999132796239 / 2;
        const double zero_hertz = std::min(kCentres[i] * base::exp2(-shift), 0.47 * sample_rate);
        const double pole_hertz = std::min(kCentres[i] * base::exp2(shift), 0.47 * sample_rate);
        const double z = base::tan(base::kPi * zero_hertz / sample_rate);
        const double p = base::tan(base::kPi * pole_hertz / sample_rate);
        // (s + z) / (s + p), bilinear; the gain is put right below.
        sections[i] = {(1 + z) / (1 + p), (z - 1) / (1 + p), (p - 1) / (1 + p)};
    }
    std::vector<BiquadCoefficients> filters;
    for (std::size_t i = 0; i < 4; i += 2) {
        const First& f = sections[i];
        const First& g = sections[i + 1];
        filters.push_back({f.b0 * g.b0, f.b0 * g.b1 + f.b1 * g.b0, f.b1 * g.b1, f.a1 + g.a1, f.a1 * g.a1});
    }
    double at_pivot = 1;
    for (const auto& filter : filters) at_pivot *= gain_at(filter, 1000, sample_rate);
    filters[0].b0 /= at_pivot;
    filters[0].b1 /= at_pivot;
    filters[0].b2 /= at_pivot;
    return filters;
}

double gain_at(const BiquadCoefficients& filter, double hertz, int sample_rate) {
    const double w = base::kTwoPi * hertz / sample_rate;
    const double c1 = base::cos(w), s1 = base::sin(w), c2 = base::cos(2 * w), s2 = base::sin(2 * w);
    const double top_real = filter.b0 + filter.b1 * c1 + filter.b2 * c2;
    const double top_imaginary = filter.b1 * s1 + filter.b2 * s2;
    const double under_real = 1 + filter.a1 * c1 + filter.a2 * c2;
    const double under_imaginary = filter.a1 * s1 + filter.a2 * s2;
    return base::sqrt((top_real * top_real + top_imaginary * top_imaginary) /
                      (under_real * under_real + under_imaginary * under_imaginary));
}

StereoCascade::StereoCascade(std::span<const BiquadCoefficients> filters) : StereoCascade(filters, filters) {}

StereoCascade::StereoCascade(std::span<const BiquadCoefficients> left,
                             std::span<const BiquadCoefficients> right) {
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        const BiquadCoefficients l = i < left.size() ? left[i] : BiquadCoefficients{};
        const BiquadCoefficients r = i < right.size() ? right[i] : BiquadCoefficients{};
        if ((l.passes_all() && r.passes_all()) || size_ == kMost) continue;
        Pair& pair = pairs_[size_ / 2];
        const std::size_t at = size_ % 2 * 2;
        const auto set = [at](Frame4& coefficient, double left_one, double right_one) {
            coefficient[at] = left_one;
            coefficient[at + 1] = right_one;
        };
        set(pair.b0, l.b0, r.b0);
        set(pair.b1, l.b1, r.b1);
        set(pair.b2, l.b2, r.b2);
        set(pair.a1, l.a1, r.a1);
        set(pair.a2, l.a2, r.a2);
        ++size_;
    }
}

// One filter of a pair by itself, for the frames at both ends of a row. Always inlined: where an AVX2 clone
// calls a function of its own file, GCC 12 forgets to clear the upper halves of the registers, and every SSE
// instruction from there on waits for them.
[[gnu::always_inline]] inline void StereoCascade::one(Pair& pair, std::size_t half,
                                                      std::span<Frame2> frames) {
    const auto part = [half](const Frame4& both) { return Frame2{both[2 * half], both[2 * half + 1]}; };
    const Frame2 b0 = part(pair.b0), b1 = part(pair.b1), b2 = part(pair.b2);
    const Frame2 a1 = part(pair.a1), a2 = part(pair.a2);
    Frame2 state1 = part(pair.state1), state2 = part(pair.state2);
    for (Frame2& frame : frames) {
        const Frame2 x = frame, y = b0 * x + state1;
        state1 = (b1 * x + state2) - a1 * y;
        state2 = b2 * x - a2 * y;
        frame = y;
    }
    for (std::size_t side = 0; side < 2; ++side) {
        pair.state1[2 * half + side] = state1[side];
        pair.state2[2 * half + side] = state2[side];
    }
}

// A recursive filter waits for itself some nine cycles a frame, however many filters run. So all pairs run
// within one loop over time, the first filter of pair p at frame t - p, the second one frame later: none
// waits for another.
template <std::size_t Count>
[[gnu::always_inline]] inline void StereoCascade::row(Pair* pairs, std::span<Frame2> frames) {
    const std::size_t n = frames.size();
    if (n < Count) {
        for (std::size_t p = 0; p < Count; ++p) {
            one(pairs[p], 0, frames);
            one(pairs[p], 1, frames);
        }
        return;
    }
    // The run-up: each filter as far ahead of the next as the loop wants it.
    std::array<Frame2, Count> edge, waiting;
    std::copy_n(frames.begin(), Count, edge.begin());
    for (std::size_t p = 0; p < Count; ++p) {
        one(pairs[p], 0, std::span(edge).first(Count - p));
        waiting[p] = edge[Count - p - 1];
        one(pairs[p], 1, std::span(edge).first(Count - p - 1));
    }
    Frame4 state1[Count], state2[Count], last[Count];
    for (std::size_t p = 0; p < Count; ++p) {
        state1[p] = pairs[p].state1;
        state2[p] = pairs[p].state2;
        last[p] = Frame4{waiting[p][0], waiting[p][1], 0, 0};
    }
    for (std::size_t t = Count; t < n; ++t) {
        Frame4 before{};
#pragma GCC unroll 3
        for (std::size_t p = 0; p < Count; ++p) {
            const Pair& pair = pairs[p];
            const Frame2 first = __builtin_shufflevector(last[p], last[p], 0, 1);
            const Frame4 x = p == 0 ? __builtin_shufflevector(frames[t], first, 0, 1, 2, 3)
                                    : __builtin_shufflevector(before, last[p], 2, 3, 4, 5);
            const Frame4 y = pair.b0 * x + state1[p];
            state1[p] = (pair.b1 * x + state2[p]) - pair.a1 * y;
            state2[p] = pair.b2 * x - pair.a2 * y;
            before = last[p] = y;
        }
        frames[t - Count] = __builtin_shufflevector(before, before, 2, 3);
    }
    for (std::size_t p = 0; p < Count; ++p) {
        pairs[p].state1 = state1[p];
        pairs[p].state2 = state2[p];
    }
    // And the last frames, which the later filters have yet to do.
    std::copy_n(frames.end() - Count, Count, edge.begin());
    for (std::size_t p = 0; p < Count; ++p) {
        one(pairs[p], 0, std::span(edge).last(p));
        edge[Count - p - 1] = Frame2{last[p][0], last[p][1]};
        one(pairs[p], 1, std::span(edge).last(p + 1));
    }
    std::copy_n(edge.begin(), Count, frames.end() - Count);
}

#define MMX_ROW(count)                                                                    \
    __attribute__((target_clones("avx2", "default"))) void StereoCascade::row_of_##count( \
        Pair* pairs, Frame2* frames, std::size_t frame_count) {                           \
        row<count>(pairs, {frames, frame_count});                                         \
    }
MMX_ROW(1)
MMX_ROW(2)
MMX_ROW(3)
#undef MMX_ROW

// A filter fed with silence decays for ever, down to denormal numbers; below -600 dB it is put to rest.
void StereoCascade::rest() {
    rests_ = true;
    for (std::size_t p = 0; p < (size_ + 1) / 2; ++p)
        for (Frame4* state : {&pairs_[p].state1, &pairs_[p].state2})
            for (std::size_t i = 0; i < 4; ++i) {
                const double value = (*state)[i];
                if (value * value < 1e-60) (*state)[i] = 0.0;
                rests_ = rests_ && (*state)[i] == 0;
            }
}

void StereoCascade::process(std::span<Frame2> frames) {
    // The moments of rest are counted from the first frame, so that they do not depend on how the audio is
    // cut.
    constexpr std::size_t kBetweenRests = 1024;
    while (!frames.empty() && size_ > 0) {
        const std::size_t count = std::min(frames.size(), kBetweenRests - position_);
        const std::span<Frame2> now = frames.first(count);
        // Silence through filters at rest is silence.
        rests_ = rests_ && silent(now);
        for (std::size_t p = 0, end = rests_ ? 0 : (size_ + 1) / 2; p < end;) {
            const std::size_t some = std::min<std::size_t>(end - p, 3);
            (some == 1 ? row_of_1 : some == 2 ? row_of_2 : row_of_3)(&pairs_[p], now.data(), count);
            p += some;
        }
        frames = frames.subspan(count);
        position_ += count;
        if (position_ == kBetweenRests) {
            position_ = 0;
            rest();
        }
    }
}

void StereoCascade::process(StereoView audio) {
    if (size_ == 0) return;
    std::array<Frame2, 256> block;
    for (std::size_t first = 0; first < audio.frames(); first += block.size()) {
        const StereoView part = audio.part(first, std::min(block.size(), audio.frames() - first));
        interleave(part, 1, block.data());
        process(std::span(block).first(part.frames()));
        deinterleave(block.data(), part);
    }
}

__attribute__((target_clones("avx2", "default"))) static void join(const float* left, const float* right,
                                                                   std::size_t count, double gain,
                                                                   Frame2* frames) {
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        Floats4 l, r;
        std::memcpy(&l, left + i, sizeof l);
        std::memcpy(&r, right + i, sizeof r);
        const auto put = [&](Floats4 two, std::size_t at) __attribute__((always_inline)) {
            const Doubles4 wide = __builtin_convertvector(two, Doubles4) * gain;
            std::memcpy(frames + at, &wide, sizeof wide);
        };
        put(__builtin_shufflevector(l, r, 0, 4, 1, 5), i);
        put(__builtin_shufflevector(l, r, 2, 6, 3, 7), i + 2);
    }
    for (; i < count; ++i)
        frames[i] = Frame2{static_cast<double>(left[i]), static_cast<double>(right[i])} * gain;
}

__attribute__((target_clones("avx2", "default"))) static void part_ways(const Frame2* frames,
                                                                        std::size_t count, float* left,
                                                                        float* right) {
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        Doubles4 a, b;
        std::memcpy(&a, frames + i, sizeof a);
        std::memcpy(&b, frames + i + 2, sizeof b);
        const Floats4 x = __builtin_convertvector(a, Floats4), y = __builtin_convertvector(b, Floats4);
        const Floats4 l = __builtin_shufflevector(x, y, 0, 2, 4, 6),
                      r = __builtin_shufflevector(x, y, 1, 3, 5, 7);
        std::memcpy(left + i, &l, sizeof l);
        std::memcpy(right + i, &r, sizeof r);
    }
    for (; i < count; ++i) {
        left[i] = static_cast<float>(frames[i][0]);
        right[i] = static_cast<float>(frames[i][1]);
    }
}

void interleave(ConstStereoView audio, double gain, Frame2* frames) {
    join(audio.left.data(), audio.right.data(), audio.frames(), gain, frames);
}
void deinterleave(const Frame2* frames, StereoView audio) {
    part_ways(frames, audio.frames(), audio.left.data(), audio.right.data());
}

}  // namespace mmx::audio
