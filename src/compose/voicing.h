// Voicings: which notes of a chord, in which octave, so that each voice moves as little as it can.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "music/chord.h"
#include "music/key.h"
#include "style/band_style.h"

namespace mmx::compose {

struct VoicingRequest {
    music::Chord chord;
    std::optional<music::Key> key;  // colours (9, 13) only where the key has them
    style::VoicingKind kind = style::VoicingKind::close;
    int low = 48, high = 76;  // register
    int voices = 4;
};

// Ascending pitches, at least one, within the register as far as the chord fits there. `before` is the
// voicing to come from; empty at a beginning.
std::vector<int> voice_chord(const VoicingRequest& request, const std::vector<int>& before);

// Six strings in standard tuning: a fret for each, -1 where it is silent.
struct GuitarGrip {
    std::array<int, 6> frets{-1, -1, -1, -1, -1, -1};  // from the low E string
    std::vector<int> pitches() const;                  // ascending
    int span() const;     // between the lowest and the highest fretted string; open strings do not count
    int fingers() const;  // a barre counts as one
};
// The most comfortable grip near the hand's place (fret; 0 for open position). Its lowest note is the chord's
// bass where the hand can reach it.
GuitarGrip grip_chord(const music::Chord& chord, int near_fret);

// Total movement of the voices between two voicings, in semitones, each voice to its nearest.
int movement(const std::vector<int>& from, const std::vector<int>& to);

}  // namespace mmx::compose
