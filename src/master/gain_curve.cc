#include "master/gain_curve.h"

#include <algorithm>

namespace mmx::master {

std::size_t block_frames(int sample_rate) {
    std::size_t block = 8;
    while (block * 2 * 2600 <= static_cast<std::size_t>(sample_rate)) block *= 2;
    return block;
}

namespace {

// The curve within one block: gain * (start + i * slope).
struct Line {
    float start, slope;
};
Line line(const GainCurve& curve, std::size_t k, std::size_t count) {
    const double from = curve.gain * static_cast<double>(curve.nodes[k]);
    const double to = curve.gain * static_cast<double>(curve.nodes[k + 1]);
    return {static_cast<float>(from), static_cast<float>((to - from) / static_cast<double>(count))};
}

}  // namespace

void apply(audio::StereoView audio, std::size_t block, const GainCurve& after, const GainCurve* before,
           std::size_t first, std::size_t last) {
    for (std::size_t k = first; k < last; ++k) {
        const std::size_t start = k * block;
        const std::size_t count = std::min(block, audio.frames() - start);
        float* left = audio.left.data() + start;
        float* right = audio.right.data() + start;
        const Line now = line(after, k, count);
        if (before == nullptr) {
            for (std::size_t i = 0; i < count; ++i) {
                const float gain = now.start + now.slope * static_cast<float>(static_cast<int>(i));
                left[i] *= gain;
                right[i] *= gain;
            }
        } else {
            const Line then = line(*before, k, count);
            for (std::size_t i = 0; i < count; ++i) {
                const auto at = static_cast<float>(static_cast<int>(i));
                const float gain = (now.start + now.slope * at) / (then.start + then.slope * at);
                left[i] *= gain;
                right[i] *= gain;
            }
        }
    }
}

}  // namespace mmx::master
