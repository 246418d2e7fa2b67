// Tonal balance: what the band sounds like as a whole, and the gentle filters that bring it nearer its
// genre's curve.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "audio/biquad.h"
#include "audio/buffer.h"
#include "audio/fft.h"
#include "style/mix_style.h"

namespace mmx::mix {

// Mean power density of a sound in the eight octaves from 62.5 Hz to 8 kHz (centres), in no unit; both
// channels together. One thread at a time.
using OctavePowers = std::array<double, style::kOctaves>;
class OctaveMeter {
  public:
    explicit OctaveMeter(int sample_rate);
    void add(
        audio::ConstStereoView sound);  // portions of any size; what does not fill a window is not counted
    OctavePowers powers() const;

  private:
    static constexpr std::size_t kWindow = 4096;
    void look();

    int rate_;
    audio::Fft<float> fft_;
    std::vector<float> window_, left_, right_, real_, imaginary_;
    std::size_t filled_ = 0, windows_ = 0;
    OctavePowers sums_{};
};

// A linear filter for every strip alike, so that it is a filter on the sum.
struct TonalCorrection {
    double gain_db = 0;
    std::vector<audio::BiquadCoefficients> filters;  // none: the balance is near enough
};

// Bands of two octaves (45-180-700-2800-11200 Hz) that lie further than 0.75 dB from the curve, level apart,
// are brought back to that distance, by 4 dB at most: what an engineer does with a broad equaliser on the
// whole mix. One song's key and register move energy between neighbouring octaves; that is left alone.
TonalCorrection correct_balance(const OctavePowers& sound,
                                const std::array<double, style::kOctaves>& curve_db, int sample_rate);

}  // namespace mmx::mix
