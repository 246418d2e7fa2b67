// The exported MIDI seen as music: bars, sections, the melody, and the chords that the band makes sound.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "key_profile.h"
#include "midi_reader.h"

namespace mmx::acceptance {

struct SectionView {
    std::string label;          // "Chorus 2"
    std::string kind;           // "chorus", lower case, without number
    double start = 0, end = 0;  // quarters
    int first_bar = 0, bars = 0;
};

// A chord inferred from what sounds beneath the melody.
struct HeardChord {
    double start = 0, end = 0;
    int root = -1;  // -1: nothing sounds
    int quality = 0;
    unsigned pitch_classes = 0;  // bit set
    int bass = -1;               // pitch class of the lowest note

    bool has(int pitch) const { return (pitch_classes >> (pitch % 12) & 1u) != 0; }
};
std::string chord_name(const HeardChord& chord);

// One bar of melody. Two bars are the same when these are equal.
struct MelodyBar {
    std::vector<int> onsets;     // 24ths of a quarter after the bar line
    std::vector<int> pitches;    // MIDI notes
    std::vector<int> intervals;  // between neighbours
    bool empty() const { return onsets.empty(); }
    bool same(const MelodyBar& other) const { return onsets == other.onsets && pitches == other.pitches; }
    // A lifted last chorus is the same tune a step higher.
    bool same_shape(const MelodyBar& other) const {
        return onsets == other.onsets && intervals == other.intervals;
    }
    bool same_rhythm(const MelodyBar& other) const { return onsets == other.onsets; }
};

struct ScoreView {
    MidiSong song;
    std::vector<SectionView> sections;
    std::vector<MidiNote> melody;  // one voice: of notes that start together the highest
    std::vector<MelodyBar> bars;
    std::vector<HeardChord> chords;  // without gaps
    int bar_count = 0;
    double end = 0;  // quarters: the last bar line

    bool has_melody() const { return melody.size() >= 8; }
    const HeardChord* chord_at(double quarters) const;
    const SectionView* section_at(double quarters) const;
    std::vector<const SectionView*> of_kind(const std::string& start_of_kind) const;
    const MidiTrack* track(const std::string& id) const;
};

ScoreView view_score(MidiSong song);
bool is_lead(const MidiTrack& track);

// "Chorus 2" -> "chorus"; "Theme A 3" -> "theme a"; "Verse 1 (2)" -> "verse".
std::string section_kind(const std::string& label);

}  // namespace mmx::acceptance
