#include "master/limiter.h"

#include <algorithm>

#include "base/maths.h"

namespace mmx::master {
namespace {

constexpr double kLookAheadSeconds = 0.005, kHoldSeconds = 0.012;
constexpr double kFastSeconds = 0.070, kSlowInSeconds = 0.200, kSlowOutSeconds = 0.700;
constexpr double kRunUpSeconds = 5.0;  // of a loop: the slow memory has settled to 0.1 %
constexpr double kRareShare = 0.005;

// Largest of window[i ... i + width - 1] for every i: a queue of candidates, each block enters and leaves
// once.
std::vector<float> sliding_maximum(const std::vector<float>& values, std::size_t width) {
    std::vector<float> result(values.size() - width + 1);
    std::vector<std::size_t> queue(values.size());
    std::size_t front = 0, back = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        while (back > front && values[queue[back - 1]] <= values[i]) --back;
        queue[back++] = i;
        if (i + 1 < width) continue;
        if (queue[front] + width <= i) ++front;
        result[i + 1 - width] = values[queue[front]];
    }
    return result;
}

}  // namespace

Limiter::Limiter(std::span<const float> peaks, int sample_rate, Seam seam)
    : blocks_(peaks.size()), seam_(seam) {
    const double block_seconds = static_cast<double>(block_frames(sample_rate)) / sample_rate;
    const auto in_blocks = [&](double seconds) {
        return static_cast<std::size_t>(seconds / block_seconds + 0.5);
    };
    const auto share = [&](double seconds) { return 1.0 - base::exp(-block_seconds / seconds); };
    look_ahead_ = std::max<std::size_t>(in_blocks(kLookAheadSeconds), 2);
    const std::size_t hold = in_blocks(kHoldSeconds);
    run_up_ = seam == Seam::loop ? in_blocks(kRunUpSeconds) : look_ahead_;
    fast_ = share(kFastSeconds);
    slow_in_ = share(kSlowInSeconds);
    slow_out_ = share(kSlowOutSeconds);

    double sum = 0;
    std::vector<double> weights;
    for (std::size_t i = 0; i <= look_ahead_; ++i) {
        const double angle =
            base::kTwoPi * (static_cast<double>(i) + 1) / (static_cast<double>(look_ahead_) + 2);
        weights.push_back(0.5 - 0.5 * base::cos(angle));
        sum += weights.back();
    }
    for (const double weight : weights) attack_.push_back(static_cast<float>(weight / sum));

    // Around the song: silence, or in a loop the song itself again.
    const std::size_t before = run_up_ + hold;
    std::vector<float> around(before + blocks_ + look_ahead_);
    for (std::size_t i = 0; blocks_ > 0 && i < around.size(); ++i) {
        if (seam == Seam::loop) {
            const std::size_t turns = before / blocks_ + 1;
            around[i] = peaks[(i + turns * blocks_ - before) % blocks_];
        } else if (i >= before && i < before + blocks_) {
            around[i] = peaks[i - before];
        }
    }
    held_ = sliding_maximum(around, hold + look_ahead_ + 1);
}

GainCurve Limiter::curve(double gain, double ceiling) const {
    // Everything is a reduction, 1 - gain: 0 is rest.
    const auto limit = static_cast<float>(ceiling / gain);
    std::vector<float> reduction(held_.size());
    double fast = 0, slow = 0;
    for (std::size_t i = 0; i < held_.size(); ++i) {
        const double need =
            held_[i] > limit ? 1.0 - static_cast<double>(limit) / static_cast<double>(held_[i]) : 0.0;
        slow += (need - slow) * (need > slow ? slow_in_ : slow_out_);
        if (slow < 1e-6) slow = 0;
        fast += (slow - fast) * fast_;
        if (fast < 1e-6) fast = 0;
        fast = std::max(fast, need);
        reduction[i] = static_cast<float>(fast);
    }
    std::vector<float> smooth(blocks_);
    for (std::size_t k = 0; k < blocks_; ++k) {
        const float* latest = reduction.data() + run_up_ + k;
        float sum = 0;
        for (std::size_t i = 0; i < attack_.size(); ++i) sum += attack_[i] * *(latest - i);
        smooth[k] = sum;
    }
    GainCurve result;
    result.gain = gain;
    result.nodes.resize(blocks_ + 1);
    for (std::size_t k = 0; k <= blocks_; ++k) {
        // An edge serves the blocks on both its sides.
        float most = 0;
        if (k > 0) most = smooth[k - 1];
        if (k < blocks_) most = std::max(most, smooth[k]);
        result.nodes[k] = 1.0f - most;
    }
    if (seam_ == Seam::loop && blocks_ > 0) {
        result.nodes.front() = result.nodes.back() = std::min(result.nodes.front(), result.nodes.back());
    }
    return result;
}

double Limiter::largest_gain(double ceiling, double limiting_db) const {
    std::vector<float> sorted(held_.end() - static_cast<std::ptrdiff_t>(blocks_), held_.end());
    if (sorted.empty()) return 1.0;
    const auto rare = static_cast<std::size_t>(static_cast<double>(sorted.size()) * kRareShare);
    const auto usual = sorted.end() - 1 - static_cast<std::ptrdiff_t>(rare);
    std::nth_element(sorted.begin(), usual, sorted.end());
    const double usual_peak = static_cast<double>(*usual);
    const double highest_peak = static_cast<double>(*std::max_element(usual, sorted.end()));
    if (highest_peak <= 0) return 1e9;
    const double for_highest = base::decibels_to_gain(2 * limiting_db) * ceiling / highest_peak;
    if (usual_peak <= 0) return for_highest;
    return std::min(for_highest, base::decibels_to_gain(limiting_db) * ceiling / usual_peak);
}

}  // namespace mmx::master
