// Soft saturation: rounds the peaks and adds odd harmonics, gently enough not to alias audibly.
#pragma once

#include <algorithm>
#include <array>

#include "audio/biquad.h"
#include "base/maths.h"

namespace mmx::mix {

// 0: off; 0.1 glues; 0.5 is heard as warmth; 1 as distortion. A part at its nominal -20 LUFS peaks near 0.5.
inline double drive_gain(double drive) {
    return drive <= 0 ? 0 : 0.5 * base::exp2(3.2 * std::min(drive, 1.0));
}

// x - x^3/3 of the driven signal, brought back so that quiet sound keeps its level.
inline float soft_clip(float x, float gain) {
    if (gain <= 0) return x;
    const float driven = std::clamp(x * gain, -1.0f, 1.0f);
    return (driven - driven * driven * driven * (1.0f / 3.0f)) / gain;
}

// The same curve for a running signal. What it adds, -x^3/3, is replaced by its mean between neighbouring
// frames (antiderivative anti-aliasing, Parker and others 2016), so folded harmonics fall by 6 dB an octave;
// the sound itself is untouched.
class Saturation {
  public:
    Saturation() = default;
    explicit Saturation(double drive) : gain_(drive_gain(drive)) {}

    bool works() const { return gain_ > 0; }
    audio::Frame2 operator()(audio::Frame2 x) {
        const audio::Frame2 driven = x * gain_;
        const audio::Frame2 now = {std::clamp(driven[0], -1.0, 1.0), std::clamp(driven[1], -1.0, 1.0)};
        const audio::Frame2 mean_cube = (now + before_) * (now * now + before_ * before_) * (1.0 / 12);
        before_ = now;
        return (now - mean_cube) / gain_;
    }

  private:
    double gain_ = 0;
    audio::Frame2 before_ = {0, 0};
};

}  // namespace mmx::mix
