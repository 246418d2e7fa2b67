// What a synthesised kit is: for each drum a model of how it sounds and its knobs.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace toml {
inline namespace v3 {
class table;
}
}  // namespace toml

namespace mmx::perform::drum_machine {

enum class Model {
    kick,     // sine whose pitch falls, click
    snare,    // two shell modes, filtered noise of the wires
    clap,     // bursts of noise and a tail
    hat,      // six square waves through high filters
    cymbal,   // a bank of inharmonic modes and noise: crash, splash, china
    ride,     // the same with a ping in front
    tom,      // sine with a small fall, second mode, stick noise; congas and bongos without the fall
    stick,    // a few short modes: rim, claves, wood block
    cowbell,  // two square waves through a band
    shaker,   // noise that swells and stops: shaker, maracas, cabasa; with jingles a tambourine
    bell,     // few long inharmonic modes: triangle, ride bell, agogo
    ratchet,  // a row of noise bursts: guiro, vibraslap
    whistle,  // a tone with trill: whistle, cuica
};

struct Drum {
    int pitch = 36;  // General MIDI drum number
    Model model = Model::kick;
    double hz = 50;            // lowest mode, or centre of its band; 20 ... 12000
    double decay = 0.4;        // seconds to -60 dB, 0.005 ... 12
    double sweep = 0;          // octaves that the pitch falls at the stroke, -3 ... 5
    double sweep_time = 0.04;  // seconds to 5 % of it
    double click = 0;          // 0-1: the beater's or stick's noise
    double noise = 0;          // 0-1: share of noise
    double noise_hz = 4000;    // its centre
    double noise_decay = 0.2;  // seconds to -60 dB
    double tone = 0.5;         // 0 dark ... 1 bright
    double drive = 0;          // 0-1: soft saturation
    double gate = 0;           // seconds of a dense room, cut off; 0: none (the big snare of 1984)
    double gate_db = -6;       // its level
    double pan = 0;            // -1 ... 1
    double level_db = 0;       // peak of a stroke at velocity 0.7, against -8 dBFS
    int choke = 0;             // a stroke silences sounding drums of the same group; 0: none
};

struct KitPatch {
    std::string id, instrument;
    double level_db = 0;
    double lowpass_hz = 0;    // of the whole kit: an old sampler's top; 0: open
    double drive = 0;         // of the whole kit: tape
    double velocity_db = 22;  // loudness between velocity 0.25 and 1
    bool effects = false;     // pitches 24-30 are ambiences and transitions (see effects_player.h)
    std::vector<Drum> drums;  // one a pitch, ascending

    // The drum of that number; for one that the kit lacks the likeliest other, so that no stroke is lost.
    const Drum& drum(int pitch) const;
};

// A table of data/patches/drums.toml; `root` holds the kit that it is based_on. Errors name line, key, what
// is allowed.
base::Result<KitPatch> read_kit_patch(const std::string& id, const toml::table& table,
                                      const toml::table& root);

}  // namespace mmx::perform::drum_machine
