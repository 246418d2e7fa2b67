// Chorus and string ensemble: delays that sway, as bucket-brigade circuits did it.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace mmx::perform {

enum class ChorusKind {
    juno,      // two delays swaying against each other by a triangle of 0.5 Hz (Roland Juno-60, position I)
    ensemble,  // three delays a third of a turn apart, each with a slow and a fast sway (ARP Solina)
};

// In place, stereo; amount 0-1 is how much of the swaying sound joins the dry one.
class Chorus {
  public:
    Chorus(ChorusKind kind, double amount, int sample_rate);
    void process(float* left, float* right, std::size_t frames);

  private:
    float read(const std::vector<float>& line, float delay) const;

    ChorusKind kind_;
    float wet_, dry_, rate_;
    float dark_;  // one-pole coefficient: BBDs pass little above 8 kHz
    std::vector<float> left_line_, right_line_;
    std::size_t write_ = 0, mask_;
    double slow_ = 0.0, fast_ = 0.0;  // turns
    double slow_step_, fast_step_;
    std::array<float, 2> dark_state_{};
};

}  // namespace mmx::perform
