// A guitar amplifier: two valve stages, a tone stack and a closed cabinet with a microphone.
#pragma once

#include <array>
#include <cstddef>

#include "perform/plucked/filter_row.h"
#include "perform/plucked/plucked_patch.h"
#include "perform/synth/lanes.h"

namespace mmx::perform::plucked {

class Amplifier {
  public:
    Amplifier(const PluckedPatch& patch, int sample_rate);
    void process(float* audio, std::size_t frames);  // in place, mono; frames in multiples of kFrames

    static constexpr std::size_t kFrames = 16;
    // The valves run at four times the rate, or their harmonics fold down. The four frames that lie in one of
    // the lower rate are the phases; each phase has its own row of samples, so that eight stand in a vector.
    static constexpr std::size_t kOver = 4;
    static constexpr std::size_t kTaps = 16;  // of the interpolator, a phase
    struct Valves {
        std::array<std::array<float, kTaps>, kOver> up{}, down{};  // newest first
        // What the filters still need of the last frames, then this block's.
        std::array<float, kTaps + kFrames> past{};
        std::array<std::array<float, kTaps + kFrames>, kOver> high_past{};
        float gain = 1, second_gain = 1, bias = 0, bias_out = 0;
        float dull_state = 0, coupling_state = 0;  // between the stages
        // One-pole low-passes at the high rate: their shares, and their recursion from phase to phase.
        struct OnePole {
            float share = 1;
            std::array<float, kOver> keep{};  // over one, two, three, four frames
            synth::Recursion columns;         // over four frames at a time
            OnePole() = default;
            OnePole(double hertz, double rate);
        };
        OnePole dull, coupling;
    };

  private:
    Valves valves_;
    FilterRow before_, after_;
};

}  // namespace mmx::perform::plucked
