// The limiter: from the peaks of short blocks to a gain that keeps every one of them under the ceiling.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "master/gain_curve.h"
#include "master/master.h"

namespace mmx::master {

// It works on true peaks of blocks of a third of a millisecond, so trying another gain costs milliseconds:
// peaks scale with the gain, and only the last answer is applied to the samples.
//
// 1. Hold. The gain a peak needs is held from 5 ms before it (look-ahead) to 12 ms after it. Together they
// span
//    half a period of 30 Hz, so a bass tone's crests share one steady gain and the tone keeps its shape.
// 2. Release. After a lone hit the gain comes back within 70 ms; where hits are dense, a slow memory (200 ms
// in,
//    700 ms out) keeps it from going all the way, so it does not pump.
// 3. Attack. A raised cosine as long as the look-ahead rounds every edge: the gain moves without a corner.
//    It averages values that all satisfy the peak, so the average satisfies it as well.
class Limiter {
  public:
    // Peaks of the whole song, one a block, both channels together, at unity gain.
    Limiter(std::span<const float> peaks, int sample_rate, Seam seam);

    // With `gain` before it and the ceiling in linear amplitude. nodes are 1 where nothing needs limiting.
    GainCurve curve(double gain, double ceiling) const;
    // The largest gain that needs at most limiting_db for all but half a per cent of the time and at most
    // twice that anywhere.
    double largest_gain(double ceiling, double limiting_db) const;

  private:
    std::size_t blocks_, run_up_, look_ahead_;
    Seam seam_;
    double fast_, slow_in_, slow_out_;  // shares of the way gone in one block
    std::vector<float> attack_;         // weights, sum 1
    std::vector<float> held_;  // highest peak from hold before to look-ahead after, run_up_ blocks early
};

}  // namespace mmx::master
