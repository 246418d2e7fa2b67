// Keys: a tonic, its spelling, and one of the modes a request can ask for.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mmx::music {

enum class Mode {
    major,
    minor,
    dorian,
    phrygian,
    lydian,
    mixolydian,
    locrian,
    harmonic_minor,
    phrygian_dominant,
    blues,
    major_pentatonic,
    minor_pentatonic,
};
inline constexpr int kModeCount = 12;

struct ModeFacts {
    Mode mode;
    std::string_view name;       // "harmonic minor"
    std::span<const int> scale;  // semitones above the tonic, ascending, starts with 0; 5 to 7 of them
    Mode parent;  // seven-note mode that chords are built from (blues and pentatonics borrow one)
    bool minor_third;
};
const ModeFacts& facts(Mode mode);

// Value. "none" keys (drums only, or asked for) are an absent std::optional<Key>.
struct Key {
    int tonic = 0;  // pitch class, C = 0
    Mode mode = Mode::major;
    bool flats = false;  // spell black keys with flats

    friend bool operator==(const Key&, const Key&) = default;
    bool contains(int pitch) const;  // is the pitch in the mode's own scale
    int degree_to_pitch(int degree, int octave_base)
        const;  // degree 0 = tonic at octave_base (a MIDI note with the tonic's pitch class); any integer
    int nearest_degree(int pitch, int octave_base) const;  // inverse of the above, rounding down to the scale
    std::string name() const;                              // "F# minor", "Bb major", "E phrygian dominant"
    std::string tonic_name() const;
};

// With the accidentals of its usual key signature: flats in D minor and Db major, sharps in F# and C# minor.
Key usually_spelled(Key key);

// Reads "D minor", "f# min", "Gb", "C# dorian", "Am", "bb-moll"? no: English names only; either spelling of
// sharps and flats, with the signs # b ♯ ♭ or the words sharp and flat. A bare letter is major. Empty when it
// is no key.
int pitch_class(int pitch);  // 0-11, C is 0; any pitch
std::optional<Key> parse_key(std::string_view text);
std::string pitch_name(int pitch, bool flats);  // "C#4" for 61

}  // namespace mmx::music
