// What a synthesiser patch can say: the knobs, in musicians' units, and their reader.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace toml {
inline namespace v3 {
class table;
}
}  // namespace toml

namespace mmx::perform::synth {

enum class Wave { sine, triangle, saw, pulse, noise, fm };

struct Oscillator {
    Wave wave = Wave::saw;
    double semitones = 0;      // -48 ... 48 from the key
    double cents = 0;          // -100 ... 100
    double level_db = 0;       // -60 ... 12
    double width = 0.5;        // pulse: share of the cycle that is high, 0.05 ... 0.95
    int voices = 1;            // unison, 1 ... 7
    double detune_cents = 0;   // of the outermost unison voices, 0 ... 60
    double stereo = 0;         // 0 ... 1: how far unison voices are panned apart
    double ratio = 1;          // fm: modulator's frequency over the carrier's, 0.25 ... 16
    double index = 1;          // fm: modulation depth in radians at full velocity, 0 ... 12
    double index_floor = 0.2;  // fm: share of the depth that stays when envelope 2 has died away
};

struct Envelope {           // seconds; exponential as in analogue machines
    double attack = 0.003;  // to the top
    double decay = 0.2;     // to within 5 % of the sustain level
    double sustain = 1;     // 0 ... 1
    double release = 0.15;  // to -60 dB
};

enum class FilterKind { none, lowpass12, lowpass24, bandpass, highpass };

struct Filter {
    FilterKind kind = FilterKind::none;
    double cutoff_hz = 8000;        // at C4, velocity 0.7
    double resonance = 0;           // 0 ... 1
    double keytrack = 0.3;          // 1: follows the pitch fully
    double envelope_octaves = 0;    // -8 ... 8
    double velocity_octaves = 0.8;  // from velocity 0 to 1
    double drive = 0;               // 0 ... 1 before the filter
};

struct Lfo {           // a slow sine
    double hz = 0;     // 0 ... 20
    double depth = 0;  // in the unit of what it moves
    double delay = 0;  // seconds until it is fully there
};

struct SynthPatch {
    std::string id, instrument;
    double level_db = 0;  // such that one sustained note at velocity 0.7 lies at about -20 LUFS
    std::vector<Oscillator> oscillators;
    Envelope amp, mod;  // mod: envelope 2, of filter, FM and pulse width
    Filter filter;
    Lfo vibrato;                 // depth in cents
    Lfo pulse_lfo;               // depth as a share of the width, 0 ... 0.45
    Lfo filter_lfo;              // depth in octaves
    Lfo pan_lfo;                 // depth 0 ... 1
    bool mono = false;           // one voice; slurs bound notes
    double glide = 0;            // seconds to a slurred note
    double drift_cents = 2;      // slow wandering of each voice, as warm circuits do
    double sweep_semitones = 0;  // the pitch starts this far off ...
    double sweep = 0.03;         // ... and falls home in this many seconds
    double velocity_db = 18;     // loudness between velocity 0.25 and 1
    double spread = 0;           // 0 ... 1: notes of a chord stand apart in the stereo picture
    double chorus = 0;           // 0 ... 1: BBD chorus of a Juno
    double ensemble = 0;         // 0 ... 1: three-phase string ensemble
};

// A table of data/patches/synth.toml. Errors name line, key and what is allowed.
base::Result<SynthPatch> read_synth_patch(const std::string& id, const toml::table& table);

}  // namespace mmx::perform::synth
