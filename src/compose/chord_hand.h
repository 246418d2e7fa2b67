// The hands of a player of chords: remembers the last voicing and finds the next near it.
#pragma once

#include <utility>
#include <vector>

#include "compose/scene.h"
#include "compose/voicing.h"

namespace mmx::compose {

class ChordHand {
  public:
    ChordHand(const Scene& scene, const Player& player);

    // Stays under the lead where both would share a register, as long as there is room below.
    std::vector<int> take(const BarView& bar, const music::ChordEvent& event);
    int bass(const music::Chord& chord);   // B of the patterns
    int fifth(const music::Chord& chord);  // F
    int low() const { return low_; }
    int high() const { return high_; }

  private:
    bool bass_plays(const BarView& bar) const;

    const Player& player_;
    const Scene& scene_;
    int low_, high_;
    int last_bass_ = 0;
    std::vector<int> before_;
    std::vector<std::pair<music::Chord, std::vector<int>>> grips_;  // finding one costs milliseconds
};

}  // namespace mmx::compose
