// The pitch of a line from moment to moment: glides between notes, scoops, vibrato and a human unsteadiness.
#pragma once

#include <cstdint>
#include <vector>

#include "voice/timing.h"
#include "voice/voices.h"

namespace mmx::voice {

class PitchCurve {
  public:
    // Notes ascending, at least one. `line` keys the chance.
    PitchCurve(const Voice& voice, std::vector<TimedNote> notes, double detune_cents, double vibrato_depth,
               std::uint64_t seed, std::uint64_t line);

    double note_at(double seconds) const;  // MIDI note with its fraction
    double hertz_at(double seconds) const;

  private:
    double glided(double seconds, std::size_t note) const;
    double vibrato_at(double seconds, std::size_t note) const;
    double drift_at(double seconds) const;

    Voice voice_;
    std::vector<TimedNote> notes_;
    double detune_cents_, vibrato_depth_, rate_hz_, phase_;
    std::uint64_t seed_, line_;
};

}  // namespace mmx::voice
