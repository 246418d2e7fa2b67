// K-weighting (ITU-R BS.1770-4, annex 1): the ear's curve in front of every loudness figure.
#pragma once

#include <cstddef>

namespace mmx::audio {

// y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2]
struct KCoefficients {
    double b0, b1, b2, a1, a2;
};
// Stage 1 lifts the treble by 4 dB (the head's shadow), stage 2 takes away what lies below 38 Hz.
// At 48 kHz both equal the standard's table; other rates keep the same analogue curve.
KCoefficients k_shelf(int sample_rate);
KCoefficients k_high_pass(int sample_rate);

// Both stages for two channels, with memory between calls. Not for several threads at once.
class KWeighting {
  public:
    explicit KWeighting(int sample_rate);
    // Filters the frames and gives the sum over both channels of the squared output.
    double add(const float* left, const float* right, std::size_t frames);

  private:
    typedef double Pair __attribute__((vector_size(16)));  // left, right
    KCoefficients shelf_, high_pass_;
    Pair shelf1_{}, shelf2_{}, high1_{}, high2_{};
};

// After this many seconds the filters have forgotten their beginnings (38 Hz, Q 0.5: below 1e-20).
inline constexpr double kKWeightingMemorySeconds = 0.25;

}  // namespace mmx::audio
