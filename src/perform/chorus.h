// Chorus and string ensemble: delays that sway, as bucket-brigade circuits did it.
#pragma once

#include <cstddef>
#include <vector>

#include "perform/synth/lanes.h"

namespace mmx::perform {

enum class ChorusKind {
    juno,      // two delays swaying against each other by a triangle of 0.5 Hz (Roland Juno-60, position I)
    ensemble,  // three delays a third of a turn apart, each with a slow and a fast sway (ARP Solina)
};

// In place, stereo, in multiples of eight frames; amount 0-1 is how much of the swaying sound joins the dry
// one.
class Chorus {
  public:
    Chorus(ChorusKind kind, double amount, int sample_rate);
    void process(float* left, float* right, std::size_t frames);

    // What eight frames need at once; the kernel works on it.
    struct Circuit {
        ChorusKind kind;
        float wet, dry, rate;
        float dark_share;  // BBDs pass little above 8 kHz
        synth::Recursion dark;
        std::vector<float> left_line, right_line;
        std::size_t write = 0, mask = 0;
        double slow = 0, fast = 0;  // turns
        double slow_step = 0, fast_step = 0;
        float dark_state[2] = {};
    };

  private:
    Circuit circuit_;
};

}  // namespace mmx::perform
