// Roman numerals: the language in which style files and trained tables write chords.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "music/chord.h"
#include "music/key.h"

namespace mmx::compose {

// "ii7", "bVII", "V7/ii", "V:3", "IV:p". A numeral without accidental is a degree of the mode that chords are
// built from (VI in minor lies 8 semitones up); b and # count from the major scale. Capitals are major, small
// letters minor, ° diminished, ø7 half-diminished, + augmented. Suffixes: 7 maj7 6 9 maj9 13 sus2 sus4 7sus4
// add9 5 69.
// "/x" borrows from the key of x; ":3" ":5" ":7" name the chord member in the bass, ":p" holds the tonic
// below.
struct Numeral {
    int root = 0;  // semitones above the tonic, 0-11
    music::Quality quality = music::Quality::major;
    bool bare = true;      // no suffix: the style may colour it
    bool applied = false;  // secondary
    char bass = 0;         // '3', '5', '7', 'p' or 0
    std::string text;

    bool tonic() const { return root == 0 && !applied; }
    bool minor_like() const;  // minor or diminished third
};

std::optional<Numeral> read_numeral(std::string_view text, music::Mode mode);
music::Chord chord_of(const Numeral& numeral, const music::Key& key);

enum class Colour { triad, seventh, ninth, sixth, add9, sus, power };
// Dresses a bare numeral in the notes its mode offers; others are left alone.
Numeral coloured(Numeral numeral, Colour colour, music::Mode mode);

}  // namespace mmx::compose
