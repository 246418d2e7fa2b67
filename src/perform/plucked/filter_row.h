// Second-order filters in a row on one channel, eight frames at a time.
#pragma once

#include <cstddef>
#include <vector>

#include "perform/synth/lanes.h"

namespace mmx::perform::plucked {

// Second-order filter after R. Bristow-Johnson's cookbook, a0 divided out.
struct Biquad {
    double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
    static Biquad lowpass(double hz, double q, double rate);
    static Biquad highpass(double hz, double q, double rate);
    static Biquad bandpass(double hz, double q, double rate);  // peak gain 1
    static Biquad peak(double hz, double q, double db, double rate);
    static Biquad low_shelf(double hz, double db, double rate);
    static Biquad high_shelf(double hz, double db, double rate);
};

// A recursion makes each frame wait for the one before, some ten cycles a filter. Eight frames at once do
// not: what each of them hears of the filter's past and of its neighbours is a sum of known responses.
struct FilterStage {
    synth::f32x8 response[synth::kLanes];   // of the poles, to each of the eight frames
    synth::f32x8 to_last, to_last_but_one;  // to the two outputs before them
    float b0, b1, b2;
    synth::f32x8 past_in{}, past_out{};

    explicit FilterStage(const Biquad& filter);
};

// Frames come in multiples of eight.
class FilterRow {
  public:
    void add(const Biquad& filter) { stages_.emplace_back(filter); }
    void process(float* audio, std::size_t frames);

  private:
    std::vector<FilterStage> stages_;
};

// Filters side by side, each with its gain, and the sound itself beside them.
class FilterBank {
  public:
    void add(const Biquad& filter, float gain) {
        stages_.emplace_back(filter);
        gains_.push_back(gain);
    }
    void process(const float* in, float direct, const float* beside, float* out, std::size_t frames);

  private:
    std::vector<FilterStage> stages_;
    std::vector<float> gains_;
};

}  // namespace mmx::perform::plucked
