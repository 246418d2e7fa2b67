// One string: a digital waveguide (extended Karplus-Strong, Jaffe and Smith 1983), in two polarisations.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "perform/plucked/plucked_patch.h"
#include "perform/synth/lanes.h"

namespace mmx::perform::plucked {

// A loop of a delay, a loss filter, a stiffness allpass and a tuning allpass. Its phase delay at the
// fundamental is worked out exactly, so that the pitch is right to a fraction of a cent whatever the filters
// are.
class Loop {
  public:
    static constexpr std::size_t kFrames = 16;

    void tune(double hz, double ring_seconds, double bright_seconds, double stiffness, double rate);
    void set_ring(double seconds);  // within some milliseconds; the colour stays
    // Adds level times the next kFrames to out; the excitation goes in as many.
    void add(const float* excitation, float level, float* out);
    void hush() {
        std::fill(line_.begin(), line_.end(), 0.0f);
        state_ = {};
    }

    struct Filters {
        synth::Recursion loss, stiff, tune;
        float loss_share = 1, stiff_gain = 0, tune_gain = 0;
    };
    struct State {  // of the last frame
        float low = 0, stiff = 0, tuned = 0;
    };

  private:
    std::vector<float> line_;
    std::size_t at_ = 0;
    float gain_ = 0, gain_target_ = 0;
    Filters filters_;
    State state_;
    double period_seconds_ = 0.01, loss_at_fundamental_ = 1;
};

struct Pluck {
    int pitch = 60;
    double cents = 0;    // off its pitch: the second take's tuning
    float force = 0.7f;  // velocity
    bool muted = false;  // palm on the bridge
    std::uint64_t seed = 0;
};

class String {
  public:
    String(const PluckedPatch& patch, int sample_rate);
    void pluck(const Pluck& pluck, bool ringing);  // ringing: the string already sounds this pitch
    void damp(double seconds_to_silence);
    void add(float* out);                                      // adds Loop::kFrames
    std::int64_t quiet_after() const { return quiet_after_; }  // frames from now until it may be forgotten

  private:
    const PluckedPatch& patch_;
    double rate_;
    Loop first_, second_;
    std::vector<float> excitation_;
    std::size_t excited_ = 0;
    std::int64_t quiet_after_ = 0;
};

}  // namespace mmx::perform::plucked
