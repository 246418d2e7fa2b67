// The score: every note of the song on the grid, and all that a player or a mixing engineer needs to know
// about the form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "music/chord.h"
#include "music/key.h"
#include "music/lyrics.h"
#include "music/metre.h"
#include "music/song_request.h"
#include "music/tempo_map.h"
#include "music/vocals.h"

namespace mmx::music {

enum class Role { lead, counter, chords, pad, arpeggio, bass, drums, percussion, effects };
std::string_view role_name(Role role);

// How a note is to be played; the player (perform) decides what that means on its instrument.
enum class Articulation {
    normal,
    legato,  // bound to the next note: no new attack on instruments that can
    staccato,
    tenuto,
    mute,        // palm mute or ghost note
    strum_down,  // notes of one start are spread low to high
    strum_up,    // high to low
    tremolo,     // repeated bow strokes, rolls
    fall,        // pitch drops at the end
    open,        // open hi-hat, let ring
};

// On the grid: swing and human timing are added when it is played.
// For drums the pitch is a General MIDI drum number (36 kick, 38 snare, 42 closed hat ...).
struct Note {
    base::Ticks start;      // from bar 1
    base::Ticks length;     // > 0
    int pitch = 60;         // MIDI note
    float velocity = 0.7f;  // (0, 1], dynamics of the section included
    Articulation articulation = Articulation::normal;
};

// One player: one stem, one MIDI track.
struct Part {
    std::string id;    // unique in the song, stable, file-name safe: "lead", "rhodes", "drums"
    std::string name;  // "Rhodes"
    Role role = Role::chords;
    std::string instrument;   // id in the catalogue; kits for drums
    std::vector<Note> notes;  // ascending by start, then pitch
    double pan = 0;           // -1 left ... 1 right
};

enum class Feel { straight, half_time, double_time };

struct Section {
    SectionKind kind = SectionKind::verse;
    std::string label;  // "Verse 2"; unique within the song
    int first_bar = 0;  // from 0
    int bars = 0;
    double energy = 0.5;  // 0-1: arrangement density and dynamics
    double level_db = 0;  // automation of the whole band around 0, -6 ... +3
    std::optional<Key> key;
    Feel feel = Feel::straight;
    int repeats = -1;  // index of the section whose melody it shares, or -1
    std::vector<std::string> lyric_lines;
};

struct ChordEvent {
    base::Ticks start;
    base::Ticks length;
    Chord chord;
    std::string numeral;  // "ii7", "bVII"
    int section = 0;
};

struct Bar {
    base::Ticks start;
    base::Ticks length;
    int section = 0;
};

struct Score {
    std::string title;
    std::string genre;  // style id
    std::uint64_t seed = 0;
    Metre metre;  // of every bar
    TempoMap tempo;
    double swing = 0;  // 0 = 50 %, 1 = 75 % (pair of notes: first lasts 50 % + 25 % * swing)
    base::Ticks swing_unit = base::kEighth;  // the note value that swings: eighth or sixteenth
    double humanise = 0.5;
    std::vector<Bar> bars;
    std::vector<Section> sections;
    std::vector<ChordEvent> chords;  // without gaps from bar 1 to the end, empty when there is no key
    std::vector<Part> parts;
    std::vector<VocalPart> vocals;  // the lead first; empty when nothing is sung
    Ending ending = Ending::ring;
    base::Ticks end;       // where the last bar ends; a loop's length
    base::Seconds length;  // the whole audio: the end plus the tail (a loop: exactly the end)

    const Section& section_at(base::Ticks at) const;
    int bar_at(base::Ticks at) const;  // clamped to the song
    const ChordEvent* chord_at(base::Ticks at) const;
};

// Moves a grid position by the song's swing: within each pair of swing units the middle is delayed, the rest
// follows linearly.
base::Ticks swung(const Score& score, base::Ticks at);

// The score as JSON: sections, chords, parts with notes, tempo, key and metre; documented in docs/score.md.
std::string score_to_json(const Score& score);

}  // namespace mmx::music
