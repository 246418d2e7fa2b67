// What a hand does for a note: one stroke, several for a tremolo, or a pitch bound to the one before.
#pragma once

#include <cstdint>
#include <vector>

#include "music/score.h"
#include "perform/player.h"
#include "perform/sampler/sampler_patch.h"

namespace mmx::perform {

struct Stroke {
    std::int64_t start = 0, end = 0;  // frames; the end is where the key is let go
    int key = 60;
    double velocity = 89;  // 1-127, need not be whole
    music::Articulation articulation = music::Articulation::normal;
    double seconds = 0;  // from start to end
    double gain_db = 0;  // small differences between strokes
    double cents = 0;
    double start_jitter = 0;    // seconds of the sample that are skipped
    bool bound = false;         // no new attack
    double glide_from = 0;      // semitones away from its own pitch, where a bound note comes from
    bool ends_in_next = false;  // a bound note takes over at its end
    bool vibrates = false;
    double vibrato_depth = 1, vibrato_speed = 1;
    double drift_phase = 0;  // turns
};

// Ascending by start.
std::vector<Stroke> strokes_of(const std::vector<PlayedNote>& notes, const SamplerPatch& patch,
                               int sample_rate, std::uint64_t seed);

}  // namespace mmx::perform
