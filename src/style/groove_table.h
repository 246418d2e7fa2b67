// What real drummers do: statistics of the Groove MIDI Dataset by style, trained by tools/train/groove.py.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mmx::style {

// Everything is per sixteenth of a 4/4 bar.
inline constexpr int kGrooveSteps = 16;
using StepRow = std::array<double, kGrooveSteps>;

struct CountedBar {
    std::string steps;  // "x..x....x.x....." : which sixteenths are struck
    int count = 0;
};

struct TrainedLane {
    std::string lane;              // "kick", "snare", "hat", "open", "ride", "pedal", "toms", "crash"
    StepRow hit{};                 // probability
    StepRow velocity{};            // mean, 0-1, of the strokes at this place; 0 where there are too few
    StepRow spread{};              // standard deviation of the same
    StepRow offset_ms{};           // mean lateness against the grid
    std::vector<CountedBar> bars;  // the commonest bars, most frequent first
};

struct TrainedGroove {
    std::string family;  // "rock", "funk", "jazz", "latin", "reggae", "hiphop" ...
    int bars = 0;        // how many were counted
    std::vector<TrainedLane> lanes;
    std::vector<TrainedLane> fill_lanes;  // the last bar of recorded fills
    const TrainedLane* lane(std::string_view name) const;
};

// data/trained/grooves.tsv, read and checked once.
base::Result<const std::vector<TrainedGroove>*> trained_grooves();

}  // namespace mmx::style
