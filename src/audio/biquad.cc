#include "audio/biquad.h"

#include <algorithm>
#include <array>

#include "base/maths.h"

namespace mmx::audio {
namespace {

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
        Section& s = sections_[size_++];
        s.b0 = Frame2{l.b0, r.b0};
        s.b1 = Frame2{l.b1, r.b1};
        s.b2 = Frame2{l.b2, r.b2};
        s.a1 = Frame2{l.a1, r.a1};
        s.a2 = Frame2{l.a2, r.a2};
    }
}

// All sections of a group run within one loop over time: the processor then works on section 2 of one frame
// while section 1 of the next waits for nothing, which hides the latency of each recursion.
template <std::size_t Count>
void StereoCascade::run(std::span<Frame2> frames, std::size_t first) {
    std::array<Frame2, Count> state1, state2;
    for (std::size_t k = 0; k < Count; ++k) {
        state1[k] = sections_[first + k].state1;
        state2[k] = sections_[first + k].state2;
    }
    for (Frame2& frame : frames) {
        Frame2 x = frame;
#pragma GCC unroll 4
        for (std::size_t k = 0; k < Count; ++k) {
            const Section& s = sections_[first + k];
            const Frame2 y = s.b0 * x + state1[k];
            state1[k] = (s.b1 * x + state2[k]) - s.a1 * y;
            state2[k] = s.b2 * x - s.a2 * y;
            x = y;
        }
        frame = x;
    }
    for (std::size_t k = 0; k < Count; ++k) {
        sections_[first + k].state1 = state1[k];
        sections_[first + k].state2 = state2[k];
    }
}

// A filter fed with silence decays for ever, down to denormal numbers; below -600 dB it is put to rest.
void StereoCascade::rest() {
    const auto rested = [](Frame2 state) {
        return Frame2{state[0] * state[0] < 1e-60 ? 0.0 : state[0],
                      state[1] * state[1] < 1e-60 ? 0.0 : state[1]};
    };
    for (std::size_t k = 0; k < size_; ++k) {
        sections_[k].state1 = rested(sections_[k].state1);
        sections_[k].state2 = rested(sections_[k].state2);
    }
}

void StereoCascade::process(std::span<Frame2> frames) {
    // The moments of rest are counted from the first frame, so that they do not depend on how the audio is
    // cut.
    constexpr std::size_t kBetweenRests = 1024;
    while (!frames.empty() && size_ > 0) {
        const std::size_t count = std::min(frames.size(), kBetweenRests - position_);
        const std::span<Frame2> now = frames.first(count);
        std::size_t first = 0;
        while (first < size_) {
            switch (std::min<std::size_t>(size_ - first, 4)) {
                case 1:
                    run<1>(now, first);
                    first += 1;
                    break;
                case 2:
                    run<2>(now, first);
                    first += 2;
                    break;
                case 3:
                    run<3>(now, first);
                    first += 3;
                    break;
                default:
                    run<4>(now, first);
                    first += 4;
                    break;
            }
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
    std::array<Frame2, 64> block;
    for (std::size_t first = 0; first < audio.frames(); first += block.size()) {
        const std::size_t count = std::min(block.size(), audio.frames() - first);
        for (std::size_t i = 0; i < count; ++i)
            block[i] = Frame2{static_cast<double>(audio.left[first + i]),
                              static_cast<double>(audio.right[first + i])};
        process(std::span(block).first(count));
        for (std::size_t i = 0; i < count; ++i) {
            audio.left[first + i] = static_cast<float>(block[i][0]);
            audio.right[first + i] = static_cast<float>(block[i][1]);
        }
    }
}

}  // namespace mmx::audio
