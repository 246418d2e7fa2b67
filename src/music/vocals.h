// The words as they are sung: what speech finds in the lyrics, compose sets to notes, and voice sings.
#pragma once

#include <string>
#include <vector>

#include "base/units.h"

namespace mmx::music {

// Phones are those of US English in lower-case ARPAbet ("ey", "hh", "dx"); pauses are not among them.
struct Syllable {
    std::string text;                 // as written, for lyrics in MIDI and LRC: "ra", "in"
    std::vector<std::string> phones;  // at least one; exactly one of them is sung on
    int nucleus = 0;                  // index of the vowel, or of the consonant that carries the note
    int stress = 0;                   // 0 unstressed, 1 stressed
};

struct Word {
    std::string text;  // as written, without directions: "rain,"
    std::vector<Syllable> syllables;
    bool is_content = true;  // a noun, verb, adjective ...; false for "the", "of", "and"
};

struct SungNote {
    base::Ticks start;   // where the vowel begins, on the grid: swing is added when it is sung
    base::Ticks length;  // > 0
    int pitch = 60;      // MIDI note
    float velocity = 0.7f;
};

// One syllable on one note, or on several that follow each other without a gap (melisma).
struct SungSyllable {
    int word = 0;      // index into the line's words
    int syllable = 0;  // index into that word's syllables
    std::vector<SungNote> notes;
};

struct SungLine {
    int section = 0;     // index into the score's sections
    int lyric_line = 0;  // index into that section's lyric_lines
    std::string text;    // as written
    std::vector<Word> words;
    std::vector<SungSyllable> syllables;  // every syllable of every word once, in order
};

enum class Delivery { sung, spoken, rap };

// One singer: one stem. The lead stands first; then backing lines and harmonies, which are composed.
// Doubles and the many of a choir are made by voice from the same notes.
struct VocalPart {
    std::string id;     // "vocals", "backing-vocals", "harmony-1"
    std::string name;   // "Lead vocals"
    std::string voice;  // id of a voice: "soft", "bright", "male", "vocoder"
    Delivery delivery = Delivery::sung;
    int singers = 1;  // > 1: doubles or a choir
    bool backing = false;
    double pan = 0;               // -1 left ... 1 right
    std::vector<SungLine> lines;  // ascending by start
};

}  // namespace mmx::music
