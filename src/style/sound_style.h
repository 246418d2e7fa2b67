// sound.toml: which sounds the players of a style choose, and how they feel time.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace toml {
inline namespace v3 {
class table;
}
}  // namespace toml

namespace mmx::style {

// What stands between an instrument and its strip: the character of the machine it was recorded through.
struct Tone {
    double level_db = 0;       // -24 ... 24
    double lowpass_hz = 0;     // 12 dB an octave; 0: open. 200 ... 20000
    double highpass_hz = 0;    // 12 dB an octave; 0: open. 20 ... 2000
    double drive = 0;          // 0-1: soft tape-like saturation
    double wobble = 0;         // 0-1: wow and flutter of a worn tape; 1 is +-25 cents
    double brightness_db = 0;  // a shelf above 3 kHz, -12 ... 12
    double ensemble = 0;       // 0-1: a two-voice chorus mixed in

    bool plain() const;  // changes nothing
};

// One part's own choice, by part id ("lead") or by role name ("counter").
struct PartSound {
    std::string patch;      // empty: the style's choice for its instrument
    bool has_tone = false;  // its own tone instead of the style's
    Tone tone;
};

// How the band leans on the beat. Times in milliseconds, late is positive; they count fully from humanise 0.5
// on and vanish at humanise 0, where everybody plays on the grid.
struct Pocket {
    std::map<std::string, double, std::less<>> role_ms;  // by role name: "bass", "chords" ...
    std::map<std::string, double, std::less<>>
        lane_ms;  // by drum: kick snare stick clap hat open-hat pedal-hat tom crash ride shaker percussion
    double spread_ms = 12;          // standard deviation of a player's timing at humanise 1
    double drum_spread_ms = 5;      // the same for the drummer and percussion
    double velocity_spread = 0.08;  // standard deviation of velocity, as a share, at humanise 1
    double accent = 0.04;           // how much louder a down-beat is than an off-beat, as a share
};

struct SoundStyle {
    std::map<std::string, std::string, std::less<>> patches;  // instrument id -> patch id of data/patches
    std::map<std::string, PartSound, std::less<>> parts;
    Tone tone;  // of every part without its own
    Pocket pocket;

    // The part's own entry: by id ("chords-2"), id without its number ("chords"), or null.
    const PartSound* part(std::string_view id) const;
};

base::Result<SoundStyle> read_sound_style(const toml::table& table);

}  // namespace mmx::style
