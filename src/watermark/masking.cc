#include "watermark/masking.h"

#include <algorithm>
#include <cmath>

#include "base/maths.h"
#include "watermark/rates.h"

namespace mmx::watermark {
namespace {

// Peakedness (sum of amplitudes)^2 / (bins x sum of powers): 0.785 for noise, a third and less for a tone.
constexpr float kNoiseLike = 0.68f, kToneLike = 0.40f;
// Steadiness (the sum of the lesser shares of power in two frames over that of the greater): a third for
// noise, near 1 for tones, also for chords, whose many peaks look like noise.
constexpr float kRandom = 0.46f, kSteady = 0.72f;

// Of bins `first` to `last` of two frames, each taken by its own sum, so that a tone that grows or fades is
// one.
float steadiness(std::span<const float> one, std::span<const float> other, std::size_t first,
                 std::size_t last) {
    float one_sum = 1e-30f, other_sum = 1e-30f, difference = 0;
    for (std::size_t k = first; k < last; ++k) {
        one_sum += one[k];
        other_sum += other[k];
    }
    const float scale = one_sum / other_sum;
    for (std::size_t k = first; k < last; ++k) difference += __builtin_fabsf(one[k] - scale * other[k]);
    // Both add up to one_sum: the lesser to that less half the difference, the greater to that and half more.
    return (2 * one_sum - difference) / (2 * one_sum + difference);
}

struct Group {
    std::size_t first_bin, last_bin;  // last not included
    float tone, noise;                // threshold over energy, times the margin
    float up, down;                   // spreading into this group from the one below and above
};

double bark(double hz) {
    return 13 * base::atan(0.00076 * hz) + 3.5 * base::atan((hz / 7500) * (hz / 7500));
}

const std::array<Group, kGroups>& groups() {
    static const auto built = [] {
        std::array<Group, kGroups> all{};
        const auto& edges = half_band_edges();
        for (std::size_t g = 0; g < kGroups; ++g) {
            const double low = edges[4 * g], high = edges[4 * g + 4], middle = (low + high) / 2;
            const double step = g == 0 ? 1 : bark(middle) - bark((edges[4 * g - 4] + low) / 2);
            all[g].first_bin = static_cast<std::size_t>(low / kBinHz + 0.5);
            all[g].last_bin = static_cast<std::size_t>(high / kBinHz + 0.5);
            all[g].tone = static_cast<float>(base::exp2(-(14.5 + bark(middle)) / 3.0103));
            all[g].noise = static_cast<float>(base::exp2(-5.5 / 3.0103));
            all[g].up = static_cast<float>(base::exp2(-10 * step / 3.0103));
            all[g].down = static_cast<float>(base::exp2(-25 * step / 3.0103));
        }
        return all;
    }();
    return built;
}

}  // namespace

std::array<float, kGroups> allowed_mark(std::span<const float> power, std::span<const float> before,
                                        std::span<const float> after) {
    const auto& all = groups();
    std::array<float, kGroups> energy, peaked, steady, result;
    for (std::size_t g = 0; g < kGroups; ++g) {
        float sum = 0, amplitudes = 0;
        for (std::size_t k = all[g].first_bin; k < all[g].last_bin; ++k) {
            sum += power[k];
            amplitudes += __builtin_sqrtf(power[k]);
        }
        energy[g] = sum;
        steady[g] = std::max(steadiness(power, before, all[g].first_bin, all[g].last_bin),
                             steadiness(power, after, all[g].first_bin, all[g].last_bin));
        const auto bins = static_cast<float>(all[g].last_bin - all[g].first_bin);
        peaked[g] = sum > 0 ? amplitudes * amplitudes / (bins * sum) : 0.0f;
    }
    float below = 0;  // what lies under 300 Hz masks upward as well
    for (std::size_t k = 2; k < all[0].first_bin; ++k) below += power[k];
    std::array<float, kGroups> spread = energy;
    float upward = below;
    for (std::size_t g = 0; g < kGroups; ++g) {
        upward *= all[g].up;
        spread[g] += upward;
        upward += energy[g];
    }
    float downward = 0;
    for (std::size_t g = kGroups; g-- > 0;) {
        spread[g] += downward;
        downward = (downward + energy[g]) * all[g].down;
    }
    for (std::size_t g = 0; g < kGroups; ++g) {
        if (!(energy[g] > 0)) {
            result[g] = 0;
            continue;
        }
        // Too few bins in the lowest groups to tell: held for tones.
        const bool narrow = all[g].last_bin - all[g].first_bin < 6;
        const float spread_out = (peaked[g] - kToneLike) / (kNoiseLike - kToneLike);
        const float changing = (kSteady - steady[g]) / (kSteady - kRandom);
        const float noisy = narrow ? 0.0f : std::clamp(std::min(spread_out, changing), 0.0f, 1.0f);
        const float ratio = all[g].tone * (1 - noisy) + all[g].noise * noisy;
        const float most = kMostTonal + (kMostNoisy - kMostTonal) * noisy;
        result[g] = std::min(__builtin_sqrtf(ratio * spread[g] / energy[g]), most);
    }
    return result;
}

}  // namespace mmx::watermark
