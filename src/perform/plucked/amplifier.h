// A guitar amplifier: two valve stages, a tone stack and a closed cabinet with a microphone.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "perform/plucked/plucked_patch.h"

namespace mmx::perform::plucked {

// Second-order filter after R. Bristow-Johnson's cookbook, transposed form.
struct Biquad {
    float b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0, z1 = 0, z2 = 0;
    float next(float x) {
        const float y = b0 * x + z1;
        z1 = b1 * x - a1 * y + z2;
        z2 = b2 * x - a2 * y;
        return y;
    }
    static Biquad lowpass(double hz, double q, double rate);
    static Biquad highpass(double hz, double q, double rate);
    static Biquad bandpass(double hz, double q, double rate);  // peak gain 1
    static Biquad peak(double hz, double q, double db, double rate);
    static Biquad low_shelf(double hz, double db, double rate);
    static Biquad high_shelf(double hz, double db, double rate);
};

class Amplifier {
  public:
    Amplifier(const PluckedPatch& patch, int sample_rate);
    void process(float* audio, std::size_t frames);  // in place, mono

    static constexpr std::size_t kOver =
        4;  // the valves run at four times the rate, or their harmonics fold down
    static constexpr std::size_t kTaps = 16;  // of the interpolator, a phase
    struct Valves {
        std::array<std::array<float, kTaps>, kOver> up{};  // polyphase
        std::array<float, kTaps * kOver> down{};
        std::array<float, kTaps * 2> history{};  // doubled, so that a window is always contiguous
        std::array<float, kTaps * kOver * 2> high_history{};
        std::size_t at = 0, high_at = 0;
        float gain = 1, second_gain = 1, bias = 0, bias_out = 0;
        float dull = 1, dull_state = 0, coupling = 0, coupling_state = 0;  // between the stages
    };

  private:
    Valves valves_;
    Biquad tighten_;
    std::vector<Biquad> after_;
};

}  // namespace mmx::perform::plucked
