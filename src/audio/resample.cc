#include "audio/resample.h"

#include <algorithm>
#include <numeric>

#include "audio/kaiser.h"
#include "base/maths.h"

namespace mmx::audio {
namespace {

constexpr double kBeta = 10.06;         // Kaiser: 100 dB
constexpr double kTransition = 0.0465;  // of the lower rate: from 20 kHz to 22.05 kHz at 44.1 kHz
constexpr double kTapsAtUnity = 138;    // (100 - 7.95) / (14.36 * transition)
// Ratios of awkward numbers (44,100 to 48,001) would need a table of their own size; blending the nearest two
// of 2,048 phases errs by less than -110 dB.
constexpr std::size_t kMostPhases = 2048;

typedef float Eight __attribute__((vector_size(32)));

}  // namespace

// Always in the same order: eight partial sums, then those from left to right.
__attribute__((target_clones("avx2", "default"))) static float weighted_sum(const float* x,
                                                                            const float* weights,
                                                                            std::size_t taps) {
    Eight sum = {};
    for (std::size_t k = 0; k < taps; k += 8) {
        Eight a, b;
        __builtin_memcpy(&a, x + k, sizeof a);
        __builtin_memcpy(&b, weights + k, sizeof b);
        sum += a * b;
    }
    float total = sum[0];
    for (int i = 1; i < 8; ++i) total += sum[i];
    return total;
}

Resampler::Resampler(int from_rate, int to_rate) {
    const int common = std::gcd(from_rate, to_rate);
    from_ = static_cast<std::size_t>(from_rate / common);
    to_ = static_cast<std::size_t>(to_rate / common);
    exact_ = to_ <= kMostPhases;
    phases_ = exact_ ? to_ : kMostPhases;
    // Going down, the filter is as much longer as the lower rate is slower.
    const double lower = to_ < from_ ? static_cast<double>(to_) / static_cast<double>(from_) : 1.0;
    taps_ = (static_cast<std::size_t>(kTapsAtUnity / lower) + 15) / 16 * 16;
    const double cutoff =
        lower * (0.5 - kTransition / 2) * 2;  // of the input's half rate, in the middle of the slope
    const double reach = static_cast<double>(taps_) / 2;
    const std::size_t rows = exact_ ? phases_ : phases_ + 1;
    weights_.resize(rows * taps_);
    for (std::size_t phase = 0; phase < rows; ++phase) {
        const double fraction = static_cast<double>(phase) / static_cast<double>(phases_);
        std::vector<double> row(taps_);
        double sum = 0;
        for (std::size_t k = 0; k < taps_; ++k) {
            // Tap k lies on sample (k + 1 - taps / 2) counted from the one at or before the position.
            const double distance = static_cast<double>(k) + 1.0 - reach - fraction;
            row[k] = cutoff * sinc(cutoff * distance) * kaiser(distance / reach, kBeta);
            sum += row[k];
        }
        for (std::size_t k = 0; k < taps_; ++k)
            weights_[phase * taps_ + k] = static_cast<float>(row[k] / sum);
    }
}

std::size_t Resampler::length_of(std::size_t frames) const {
    return (frames * to_ + from_ - 1) / from_;
}

std::vector<float> Resampler::resample(std::span<const float> signal) const {
    const std::size_t before = taps_ / 2 - 1, after = taps_ / 2;
    std::vector<float> room(before + signal.size() + after + 1);
    std::copy(signal.begin(), signal.end(), room.begin() + static_cast<std::ptrdiff_t>(before));
    std::vector<float> result(length_of(signal.size()));
    for (std::size_t i = 0; i < result.size(); ++i) {
        const std::size_t at = i * from_ / to_, rest = i * from_ % to_;
        if (exact_) {
            result[i] = weighted_sum(room.data() + at, weights_.data() + rest * taps_, taps_);
            continue;
        }
        const double position =
            static_cast<double>(rest) * static_cast<double>(phases_) / static_cast<double>(to_);
        const auto phase = static_cast<std::size_t>(position);
        const auto share = static_cast<float>(position - static_cast<double>(phase));
        const float one = weighted_sum(room.data() + at, weights_.data() + phase * taps_, taps_);
        const float next = weighted_sum(room.data() + at, weights_.data() + (phase + 1) * taps_, taps_);
        result[i] = one + share * (next - one);
    }
    return result;
}

StereoBuffer resample(const StereoBuffer& sound, int to_rate) {
    if (sound.sample_rate == to_rate) return sound;
    const Resampler plan(sound.sample_rate, to_rate);
    StereoBuffer result;
    result.sample_rate = to_rate;
    result.left = plan.resample(sound.left);
    result.right = plan.resample(sound.right);
    return result;
}

}  // namespace mmx::audio
