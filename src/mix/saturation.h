// Soft saturation: rounds the peaks and adds odd harmonics, gently enough not to alias audibly.
#pragma once

#include <algorithm>
#include <array>

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
    explicit Saturation(double drive) : gain_(drive_gain(drive)), back_(gain_ > 0 ? 1 / gain_ : 0) {}

    bool works() const { return gain_ > 0; }
    double gain() const { return gain_; }
    // Of frames that are driven by gain() and held within -1 and 1, and of those before them.
    template <class Driven>
    [[gnu::always_inline]] Driven shaped(Driven now, Driven before) const {
        const Driven mean_cube = (now + before) * (now * now + before * before) * (1.0 / 12);
        return (now - mean_cube) * back_;
    }

  private:
    double gain_ = 0, back_ = 0;
};

}  // namespace mmx::mix
