// Chords: a root, a quality and a bass, as pitch classes.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace mmx::music {

enum class Quality {
    major,
    minor,
    diminished,
    augmented,
    sus2,
    sus4,
    power,
    major6,
    minor6,
    dominant7,
    major7,
    minor7,
    half_diminished7,
    diminished7,
    minor_major7,
    sus4_7,
    dominant9,
    major9,
    minor9,
    add9,
    minor_add9,
    dominant13,
    six_nine,
};
struct QualityFacts {
    Quality quality;
    std::string_view suffix;         // "m7", "maj9", "" for major
    std::span<const int> intervals;  // semitones above the root, ascending, first is 0
};
const QualityFacts& facts(Quality quality);

struct Chord {
    int root = 0;  // pitch class
    Quality quality = Quality::major;
    int bass = 0;  // pitch class; equals root unless inverted or over a pedal

    friend bool operator==(const Chord&, const Chord&) = default;
    bool contains(int pitch) const;  // pitch class is a chord tone
    std::span<const int> intervals() const { return facts(quality).intervals; }
    std::string name(bool flats) const;  // "Dm7", "G/B"
};

}  // namespace mmx::music
