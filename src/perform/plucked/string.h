// One string: a digital waveguide (extended Karplus-Strong, Jaffe and Smith 1983), in two polarisations.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "perform/plucked/plucked_patch.h"

namespace mmx::perform::plucked {

// A loop of a delay, a loss filter, a stiffness allpass and a tuning allpass. Its phase delay at the
// fundamental is worked out exactly, so that the pitch is right to a fraction of a cent whatever the filters
// are.
class Loop {
  public:
    void tune(double hz, double ring_seconds, double bright_seconds, double stiffness, double rate);
    void set_ring(double seconds);  // within some milliseconds; the colour stays
    float next(float excitation);
    void hush() {
        std::fill(line_.begin(), line_.end(), 0.0f),
            low_ = tune_in_ = tune_out_ = stiff_in_ = stiff_out_ = 0.0f;
    }

  private:
    std::vector<float> line_;
    std::size_t length_ = 1, at_ = 0;
    float gain_ = 0, gain_target_ = 0, pole_ = 0, tune_ = 0, stiff_ = 0;
    float low_ = 0, tune_in_ = 0, tune_out_ = 0, stiff_in_ = 0, stiff_out_ = 0;
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
    void add(float* out, std::size_t frames);                  // adds to out
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
