// Who stands where: one singer, one with doubles, or a choir made from one voice.
#pragma once

#include <cstdint>
#include <vector>

#include "music/score.h"
#include "voice/control.h"
#include "voice/voices.h"

namespace mmx::voice {

struct Seat {
    Take take;
    double gain_db = 0;
    double pan = 0;  // -1 left ... 1 right
    std::uint64_t seed = 0;
    int inner = 0;  // of a vocoder: sings this chord tone below the melody, 1 the nearest; 0: the melody
};

// Singers are keyed by their part's name, so that one more leaves the others' sound alone.
std::uint64_t seed_of(const music::Score& score, const music::VocalPart& part);

// At least one; the first is the one who is heard in front.
std::vector<Seat> seats_of(const music::VocalPart& part, const Voice& voice, std::uint64_t seed);

// How many notes a vocoder sings besides the melody, and which: the chord's tones below it, nearest first.
inline constexpr int kInnerNotes = 2;
int inner_note(const music::Score& score, base::Ticks at, int pitch, int which);

}  // namespace mmx::voice
