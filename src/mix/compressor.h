// A feed-forward compressor with a soft knee, both channels held alike.
#pragma once

#include "audio/biquad.h"

namespace mmx::mix {

struct CompressorSettings {
    double threshold_db = 0;  // of the RMS level, dBFS
    double ratio = 1;         // 1 is off
    double knee_db = 6;
    double attack_ms = 15, release_ms = 150;
};

// Works on a grid: it is told the mean power of each passed block and answers with the gain to reach by the
// end of the next. Blocks of 32 frames (0.7 ms) are fine enough for attacks of 1 ms and more.
class Compressor {
  public:
    Compressor() = default;
    Compressor(const CompressorSettings& settings, double blocks_per_second);

    bool works() const { return settings_.ratio > 1; }
    double next_gain(double mean_power);  // linear
    double reduction_db() const { return reduction_db_; }

  private:
    CompressorSettings settings_;
    double attack_ = 0, release_ = 0, smooth_ = 0;  // how much of the distance is left after a block
    double power_ = 0;
    double reduction_db_ = 0;  // >= 0
};

}  // namespace mmx::mix
