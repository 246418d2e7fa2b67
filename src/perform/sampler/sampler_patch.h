// What a sampled patch can say: which preset of which font, how loud, and how a player of the instrument
// plays it.
#pragma once

#include <string>

#include "base/result.h"

namespace toml {
inline namespace v3 {
class table;
}
}  // namespace toml

namespace mmx::perform {

enum class Font { musescore, fluid };

struct SamplerPatch {
    std::string id, instrument;
    Font font = Font::musescore;
    int bank = 0, program = 0;  // 0-128 (128 holds the kits), 0-127
    double gain_db = 0;         // the rule is at the head of data/patches/sampler.toml
    int transpose = 0;          // semitones
    double tune_cents = 0;
    double attack_scale = 1;  // of the font's own times
    double release_scale = 1;
    double filter_cents = 0;    // moves the low-pass filter; negative is darker
    double velocity_curve = 1;  // the velocity's exponent: below 1 evens out, above 1 widens the dynamics
    double legato_seconds = 0;  // glide into a bound note; 0: the instrument cannot bind
    double vibrato_hz = 5.3;
    double vibrato_cents = 0;     // to each side
    double vibrato_delay = 0.35;  // seconds until it grows
    double drift_cents = 0;       // slow unsteadiness of a hand or a breath
    double swell_db = 0;          // how far a long note grows towards its middle
    double variation = 1;      // of repeated notes: 1 is +-3 cents, +-0.7 dB and up to 3 ms of another start
    bool own_tremolo = false;  // the preset is recorded as a tremolo or roll already
    bool rings = false;        // struck or plucked: `open` lets it ring beyond its length
};

// One table of data/patches/sampler.toml. Errors name line, key, and what is allowed.
base::Result<SamplerPatch> read_sampler_patch(const std::string& id, const toml::table& table);

}  // namespace mmx::perform
