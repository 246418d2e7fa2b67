#include "perform/chorus.h"

#include "base/maths.h"

namespace mmx::perform {
namespace {

// A sine of turns by a parabola with one correction: within 0.1 %, plenty for a delay that sways.
float sway(double turns) {
    double x = turns - base::floor(turns);  // 0 ... 1
    x = x < 0.5 ? 4.0 * x * (2.0 - 4.0 * x) : -4.0 * (x - 0.5) * (2.0 - 4.0 * (x - 0.5));
    return static_cast<float>(0.775 * x + 0.225 * x * (x < 0 ? -x : x));
}

float triangle(double turns) {
    const double x = turns - base::floor(turns);
    return static_cast<float>(x < 0.5 ? 4.0 * x - 1.0 : 3.0 - 4.0 * x);
}

}  // namespace

Chorus::Chorus(ChorusKind kind, double amount, int sample_rate)
    : kind_(kind), rate_(static_cast<float>(sample_rate)) {
    // Two voices that do not agree add as powers do: keep the loudness.
    const double scale = 1.0 / base::sqrt(1.0 + amount * amount);
    wet_ = static_cast<float>(amount * scale);
    dry_ = static_cast<float>(scale);
    dark_ = static_cast<float>(1.0 - base::exp(-base::kTwoPi * 8500.0 / sample_rate));
    std::size_t size = 1;
    while (size < static_cast<std::size_t>(sample_rate / 40)) size *= 2;
    left_line_.assign(size, 0.0f);
    right_line_.assign(size, 0.0f);
    mask_ = size - 1;
    slow_step_ = (kind == ChorusKind::juno ? 0.513 : 0.62) / sample_rate;
    fast_step_ = 6.1 / sample_rate;
}

float Chorus::read(const std::vector<float>& line, float delay) const {
    const auto whole = static_cast<std::size_t>(delay);
    const float part = delay - static_cast<float>(whole);
    const float a = line[(write_ - whole) & mask_];
    const float b = line[(write_ - whole - 1) & mask_];
    return a + part * (b - a);
}

void Chorus::process(float* left, float* right, std::size_t frames) {
    for (std::size_t i = 0; i < frames; ++i) {
        left_line_[write_ & mask_] = left[i];
        right_line_[write_ & mask_] = right[i];
        float wet_left, wet_right;
        if (kind_ == ChorusKind::juno) {
            const float lfo = triangle(slow_);
            wet_left = read(left_line_, rate_ * (0.0035f + 0.0018f * lfo));
            wet_right = read(right_line_, rate_ * (0.0035f - 0.0018f * lfo));
        } else {
            float tap[3];
            for (int k = 0; k < 3; ++k) {
                const double third = k / 3.0;
                const float delay = 0.0055f + 0.0019f * sway(slow_ + third) + 0.00022f * sway(fast_ + third);
                tap[k] = 0.5f * (read(left_line_, rate_ * delay) + read(right_line_, rate_ * delay));
            }
            // The middle delay in both channels, the others to the sides.
            wet_left = 0.85f * tap[0] + 0.5f * tap[1];
            wet_right = 0.85f * tap[2] + 0.5f * tap[1];
        }
        dark_state_[0] += dark_ * (wet_left - dark_state_[0]);
        dark_state_[1] += dark_ * (wet_right - dark_state_[1]);
        left[i] = dry_ * left[i] + wet_ * dark_state_[0];
        right[i] = dry_ * right[i] + wet_ * dark_state_[1];
        ++write_;
        slow_ += slow_step_;
        if (slow_ >= 1.0) slow_ -= 1.0;
        fast_ += fast_step_;
        if (fast_ >= 1.0) fast_ -= 1.0;
    }
}

}  // namespace mmx::perform
