// The one place where musical time becomes clock time.
#pragma once

#include <vector>

#include "base/units.h"

namespace mmx::music {

// From `start` on, a quarter note lasts `quarter_seconds`, until the next change. A
// ritardando is a row of small steps, so that a MIDI file can say exactly the same.
struct TempoChange {
    base::Ticks start;
    int quarter_microseconds;  // whole microseconds, as MIDI stores them: file and audio agree to the sample
};

class TempoMap {
  public:
    TempoMap() = default;
    // changes[0].start must be 0, starts ascending.
    explicit TempoMap(std::vector<TempoChange> changes);
    static TempoMap steady(double beats_per_minute, base::Ticks beat);

    base::Seconds to_seconds(base::Ticks at) const;  // before 0: extrapolates with the first tempo
    base::Ticks to_ticks(base::Seconds at) const;    // nearest tick
    double beats_per_minute(base::Ticks at, base::Ticks beat) const;
    const std::vector<TempoChange>& changes() const { return changes_; }

  private:
    std::vector<TempoChange> changes_{{base::Ticks(0), 500000}};
    std::vector<double> seconds_at_change_{0.0};
};

}  // namespace mmx::music
