// The pump: how far the kick, read from the score, pushes the other parts down.
#pragma once

#include <cstdint>
#include <vector>

#include "music/score.h"

namespace mmx::mix {

struct PumpShape {
    double depth_db = 0;  // at the kick
    double release_seconds = 0.2;
};

// Written from the score rather than detected in the drums' sound: so stems are independent of each other,
// and the level can begin to fall before the kick sounds.
class Pump {
  public:
    Pump() = default;
    Pump(const music::Score& score, PumpShape shape, int sample_rate);

    bool works() const { return depth_db_ > 0 && !kicks_.empty(); }
    // 0 (level untouched) to -depth_db.
    double db_at(std::int64_t frame) const;
    const std::vector<std::int64_t>& kicks() const { return kicks_; }

  private:
    std::vector<std::int64_t> kicks_;  // frames, ascending
    double depth_db_ = 0;
    double attack_ = 1, hold_ = 1, release_ = 1;  // frames
};

// Where a grid position sounds: tempo and swing are in it.
std::int64_t frame_at(const music::Score& score, base::Ticks at, int sample_rate);

}  // namespace mmx::mix
