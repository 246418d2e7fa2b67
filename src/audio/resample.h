// From one sample rate to another, by a windowed sinc.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "audio/buffer.h"

namespace mmx::audio {

// A plan for one pair of rates (each 8 to 192 kHz), used for any number of signals. What both rates can hold
// passes unchanged up to 0.907 of the lower half rate (20 kHz at 44.1 kHz); from the lower half rate on it is
// 100 dB down. Thread rule: constant after construction, any number of threads.
class Resampler {
  public:
    Resampler(int from_rate, int to_rate);
    // Sample 0 stays at time 0; silence surrounds the signal. ceil(frames * to / from) samples.
    std::vector<float> resample(std::span<const float> signal) const;
    std::size_t length_of(std::size_t frames) const;

  private:
    std::size_t from_, to_;       // the rates in lowest terms
    std::size_t phases_, taps_;   // taps_ a multiple of 8
    bool exact_;                  // one phase for each of to_ positions; otherwise neighbours are blended
    std::vector<float> weights_;  // phases_ (+ 1 for blending) rows of taps_
};

// Both channels; the same rate gives a copy.
StereoBuffer resample(const StereoBuffer& sound, int to_rate);

}  // namespace mmx::audio
