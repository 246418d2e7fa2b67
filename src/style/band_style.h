// band.toml: who plays in a genre, and what their hands do, as patterns that can be read aloud.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "music/lyrics.h"
#include "music/metre.h"
#include "music/score.h"
#include "style/groove_table.h"

namespace toml {
inline namespace v3 {
class table;
}
}  // namespace toml

namespace mmx::style {

struct InstrumentChoice {
    std::string instrument;  // id in the catalogue
    double weight = 1;
};

// How a player turns chords into notes. The comment names the alphabet of its patterns; in all of them '.'
// rests and
// '-' holds the note before it.
enum class Texture {
    melody,   // no pattern: the melody writer gives it its notes
    kit,      // grooves of drum lanes: digits 1-9 are velocities, letters a-i the same but only sometimes
    steps,    // a bass: R root, O octave, 5 fifth, 3 third, 7 seventh, L fifth below, A approach to the next
              // chord, P passing note of the scale; in small letters (r o t(hird) f(ifth) a p) only sometimes
    walking,  // a walking bass: quarters made by rule
    drone,    // one low root, tied over as long as the chord's bass stays
    chords,   // digits: the whole chord at that velocity; B bass root, F bass fifth; letters a-i sometimes
    strum,    // D U down and up, d u the same lightly and on fewer strings, x muted scratch
    power,    // D whole power chord, m palm-muted root and fifth
    arpeggio,  // digits: that note of the chord from below (beyond the top: an octave up); B and F as above
    sustain,   // held chords, common tones tied
    answer,    // a line that speaks where the lead is silent
    harmony,   // thirds and sixths under the lead
    guide,     // one slow line of guide tones
    roll,      // timpani: rolls into sections, strokes on their first beats
    effects,   // sounds, not notes: vinyl, risers
};

enum class VoicingKind {
    close,      // triads and sevenths within an octave
    rootless,   // 3 7 9 13: the bass has the root
    shell,      // 3 and 7, one colour
    drop2,      // guitars and horns
    open,       // strings and pads: wide below, close above
    guitar,     // six strings, four frets
    power,      // root, fifth, octave
    left_hand,  // bass note and close chord below the melody
};

struct PlayerStyle {
    std::string id;  // of the part: "lead", "bass", "chords-2"
    music::Role role = music::Role::chords;
    std::vector<InstrumentChoice> instruments;
    double probability = 1;          // that this player is in the band at all
    double enters_at_energy = 0;     // plays in sections of at least this energy
    double leaves_above_energy = 1;  // and not above this one: a soft layer that makes way
    double pan = 0;                  // -1 left ... 1 right
    double level = 1;                // velocity, against the others
    Texture texture = Texture::sustain;
    VoicingKind voicing = VoicingKind::close;
    std::string part;             // its patterns and grooves are the ones with this name
    int low = 0, high = 0;        // register of this part; 0: the instrument's sweet range
    int voices = 4;               // at most so many notes of a chord
    bool doubles_octave = false;  // adds the octave above in the loudest sections
};

// Which bars a pattern or a groove is for.
struct Fit {
    std::string part;
    std::string name;
    music::Metre metre;
    std::vector<music::SectionKind> sections;  // empty: any
    double energy_low = 0, energy_high = 1;
    double weight = 1;
    music::Feel feel = music::Feel::straight;
    bool any_feel = true;
};

struct Pattern {
    Fit fit;
    std::vector<std::string> bars;  // one text a bar; steps divide the bar evenly
};

struct Lane {
    std::string name;  // "kick", "hat"
    int pitch = 36;
    bool keeps_time = false;  // hats, rides, shakers: go on through the longer groups of odd metres
    std::vector<std::string> bars;
};

struct GroovePattern {
    Fit fit;
    std::vector<Lane> lanes;
};

enum class FillSize { small, big };

struct Fill {
    std::string part;
    std::string name;
    FillSize size = FillSize::small;
    double weight = 1;
    double energy_low = 0, energy_high = 1;
    int beats = 4;            // from the end of the bar
    std::vector<Lane> lanes;  // one text, four steps a beat unless it has more
};

struct SoundEffect {
    std::string sound;  // "vinyl", "riser" ...
    int pitch = 24;
    double probability = 1;
};

struct BandStyle {
    std::vector<PlayerStyle> players;
    std::vector<Pattern> patterns;
    std::vector<GroovePattern> grooves;
    std::vector<Fill> fills;
    std::vector<SoundEffect> effects;
    bool crash_after_big_fill = true;  // rock and pop yes, bossa and lo-fi no
    int crash_pitch = 49;
    bool loops = false;           // machines: bars repeat exactly but for fills
    double anticipation = 0;      // how often a chord is pushed an eighth ahead of its bar
    double dynamic_range = 0.45;  // how far velocities follow the energy, 0 (machine) ... 1 (orchestra)
    const TrainedGroove* trained = nullptr;  // what real drummers do in this style; null: by rule only
    double trained_weight = 0;               // how much of it: 0-1
};

base::Result<BandStyle> read_band_style(const toml::table& table);
base::Result<BandStyle> parse_band_style(std::string_view text);  // the same from a file's text

// General MIDI number of a lane's name, or -1.
int lane_pitch(std::string_view lane);

}  // namespace mmx::style
