// composition.toml: what a genre says about form, harmony and melody.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "music/lyrics.h"
#include "music/score.h"

namespace toml {
inline namespace v3 {
class table;
}
}  // namespace toml

namespace mmx::style {

inline constexpr int kSectionKinds = 13;  // music::SectionKind

// One section of a form. Slots of the same material share their chords; of the same kind and material, their
// melody.
struct FormSlot {
    music::SectionKind kind = music::SectionKind::verse;
    std::string material;  // "A"; empty: the usual one for its kind
    int bars = 8;
    int block = 0;  // > 0: belongs to that bracket, which may be repeated when the song has to be longer
};

// "intro 4, (verse 8, pre-chorus 4, chorus 8), bridge 8, chorus 8, outro 4"
struct FormTemplate {
    double weight = 1;
    std::vector<FormSlot> slots;
};

// How a genre treats one kind of section.
struct SectionStyle {
    double energy = 0.5;  // 0-1
    double level_db = 0;  // -6 ... +3
    double lead = 1;      // probability that the tune plays here; below 0.5 it is only hinted at
    double density = 1;   // of the melody, times MelodyStyle::density
    int lift = 0;         // semitones the melody's centre lies above the verse's
    music::Feel feel = music::Feel::straight;
};

// "4 verse chorus: I | V | vi | IV" in the list of its mode: weight, sections ("any"), bars; several chords
// in a bar share it evenly. Roman numerals: see compose/numeral.h.
struct Progression {
    double weight = 1;
    std::vector<music::SectionKind> sections;  // empty: any
    std::vector<std::string> bars;             // "ii7 V7"
};

struct ModeProgressions {
    music::Mode mode = music::Mode::major;
    std::vector<Progression> progressions;
};

// Weights of chord colours for numerals that do not name their own.
struct ChordColours {
    double triad = 1, seventh = 0, ninth = 0, sixth = 0, add9 = 0, sus = 0, power = 0;
};

struct HarmonyStyle {
    ChordColours colours;
    std::vector<ModeProgressions> modes;
    double learned = 0.2;    // share of progressions drawn from the trained chord tables
    double cadences = 0.6;   // how often phrases end in half and full cadences rather than going round
    double secondary = 0;    // secondary dominants before a chord
    double mixture = 0;      // iv and bVI, bVII borrowed from the parallel minor
    double inversions = 0;   // for stepwise bass lines
    double pedal = 0;        // tonic held below
    double lift = 0;         // key lift of the last chorus (only when much variation is asked)
    double turnarounds = 0;  // the last bar of a section leads back to its first chord
};

struct MelodyStyle {
    bool tune = true;          // ambient textures may have none
    double density = 1.5;      // notes a beat while it plays
    double syncopation = 0.3;  // 0-1: onsets beside the beat and tied over it
    double sixteenths = 0;     // how often a beat divides in four
    double triplets = 0;
    double rest = 0.2;          // share of a phrase left for breath
    int range = 14;             // semitones
    double leap = 0.3;          // 0 stepwise ... 1 jumping
    double ornament = 0;        // grace notes and turns
    double chromatic = 0;       // chromatic approaches and blue notes
    double pickup = 0.3;        // phrases begin ahead of their bar
    double repeat_notes = 0.3;  // 0-1, taste for repeated pitches
    double legato = 0.5, staccato = 0.1;
    int phrase_bars = 4;
    int hook_bars = 2;
    double solo_density = 1.6;  // times density
    double pentatonic = 0.3;    // keeps to the five-note scale
    double stray = 0.22;        // how far a returning main section strays, times the plan's variation
};

struct TempoStyle {
    double ritardando = 0;  // probability of slowing down into a ringing end
    double slowest = 0.8;   // tempo at the end of it
};

struct CompositionStyle {
    std::vector<FormTemplate> forms;
    std::array<SectionStyle, kSectionKinds> sections;
    HarmonyStyle harmony;
    MelodyStyle melody;
    TempoStyle tempo;
    bool loops = false;       // repeats are exact, bars come back unchanged
    bool long_fades = false;  // endings like to fade when nothing is said (for the plan's reader)
    const SectionStyle& section(music::SectionKind kind) const {
        return sections[static_cast<std::size_t>(kind)];
    }
};

base::Result<CompositionStyle> read_composition_style(const toml::table& table);
base::Result<CompositionStyle> parse_composition_style(std::string_view text);  // the same from a file's text

}  // namespace mmx::style
