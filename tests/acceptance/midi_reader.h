// Reads a Standard MIDI File as a stranger would: only what the file says.
#pragma once

#include <string>
#include <vector>

namespace mmx::acceptance {

struct MidiNote {
    double start = 0, end = 0;  // quarters from the file's beginning
    int pitch = 60;
    int velocity = 64;
};

struct MidiText {
    double at = 0;  // quarters
    std::string text;
};

struct MidiTrack {
    std::string id;    // track name: "lead"
    std::string name;  // instrument name: "Rhodes"
    int program = -1;  // -1: none given
    bool drums = false;
    std::vector<MidiNote> notes;        // ascending by start, then pitch
    std::vector<MidiText> lyrics = {};  // ascending
};

struct MidiTempo {
    double at = 0;  // quarters
    double seconds_per_quarter = 0.5;
    double seconds = 0;  // clock time of `at`
};

struct MidiSong {
    std::vector<MidiTempo> tempos;
    int numerator = 4, denominator = 4;
    int metre_changes = 0;          // time signatures that differ from the first
    std::vector<MidiText> markers;  // sections
    std::vector<MidiText> chords;   // texts "chord:..." without the prefix
    std::vector<MidiText> keys;     // texts "key:..." without the prefix
    std::vector<MidiTrack> tracks;  // those with notes or a program
    double end = 0;                 // quarters, the latest end of track

    double seconds_at(double quarters) const;
    double bar_quarters() const { return 4.0 * numerator / denominator; }
    // The beat that musicians count: a dotted quarter in 6/8, 9/8 and 12/8.
    double beat_quarters() const;
    double bpm_at(double quarters) const;
};

// Throws std::runtime_error naming what is wrong: a judge that cannot read the file must say so.
MidiSong read_midi(const std::string& path);
MidiSong parse_midi(const std::vector<unsigned char>& bytes);

}  // namespace mmx::acceptance
