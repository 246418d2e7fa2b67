// From one sample rate to another, for what a layer needs of a sound: short filters, any place on its own.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace mmx::watermark {

// Flat up to pass_hz, 65 dB down from stop_hz on. Between 44.1 and 24 kHz that takes 48 taps where a
// resampler for whole songs takes 256. Constant after construction; any number of threads.
class Crossing {
  public:
    Crossing(int from_rate, int to_rate, double pass_hz, double stop_hz);
    // Whether the ratio is of small enough numbers for a table: 44.1 kHz is, 44,101 Hz is not.
    static bool possible(int from_rate, int to_rate);

    // out[i] is sample out_first + i of the new rate; signal[0] is sample signal_first of the old one, with
    // silence around it. Sample 0 of both lies at the same moment.
    void run(std::span<const float> signal, std::ptrdiff_t signal_first, std::ptrdiff_t out_first,
             std::span<float> out) const;

  private:
    std::size_t from_, to_, taps_;  // rates in lowest terms; taps a multiple of 8
    std::vector<float> weights_;    // to_ rows of taps_
};

}  // namespace mmx::watermark
