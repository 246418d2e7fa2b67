// What a plucked-string patch can say: string, hand, body, and an amplifier where there is one.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace toml {
inline namespace v3 {
class table;
}
}  // namespace toml

namespace mmx::perform::plucked {

// One resonance of the body.
struct BodyMode {
    double hz = 200, q = 10, gain_db = 0;  // added to the string's direct sound
};

struct PluckedPatch {
    std::string id, instrument;
    double level_db = 0;       // such that one note at velocity 0.7 lies at about -20 LUFS
    double decay = 6;          // seconds to -60 dB of the fundamental at E2 (MIDI 40)
    double decay_fall = 0.55;  // how much shorter higher strings ring: 0 all alike, 1 inversely to the pitch
    double brightness = 0.5;   // 0 nylon, dead strings ... 1 new steel: how slowly high partials die
    double pick_position = 0.16;  // share of the string, 0.02 ... 0.5: nearer the bridge is thinner
    double pick_hardness = 0.5;   // 0 thumb ... 1 plectrum
    double pick_noise = 0.15;     // 0-1
    double stiffness = 0.1;       // 0-1: inharmonicity of thick strings
    double beating_cents = 1.2;   // the two polarisations of a string differ by this
    double damped_decay = 0.12;   // seconds to -60 dB once the note ends
    double mute_decay = 0.35;     // seconds to -60 dB of a palm-muted note
    bool muted = false;           // every note is palm-muted
    double velocity_db = 18;
    double width = 0.25;   // 0-1: how far apart strings stand in the picture
    bool doubled = false;  // two takes, left and right, as rhythm guitars are recorded
    std::vector<BodyMode> body;
    double direct_db = 0;    // the string itself beside its body
    double tone_hz = 12000;  // lowpass of pickup and cable
    // the amplifier: absent when amp_drive is 0
    double amp_drive = 0;  // decibels of gain into the valves, 0 ... 60
    double amp_bass_db = 0, amp_middle_db = 0, amp_treble_db = 0;
    double cabinet_hz = 5000;  // where the loudspeaker stops
    double amp_bias = 0.12;    // 0-0.5: asymmetry, even harmonics
    double chorus = 0;         // 0-1
};

base::Result<PluckedPatch> read_plucked_patch(const std::string& id, const toml::table& table);

}  // namespace mmx::perform::plucked
