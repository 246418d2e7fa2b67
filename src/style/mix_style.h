// mix.toml: how a genre's mixing engineer sets the desk.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "music/score.h"

namespace toml {
inline namespace v3 {
class table;
}
}  // namespace toml

namespace mmx::style {

struct EqBand {
    double hertz = 1000;
    double db = 0;
    double q = 1;  // peaks only
};

// One channel's settings: a table [strip.ROLE]. Frequencies in Hz (0 switches a filter off), levels in dB.
struct ChannelStyle {
    double level_db = 0;   // loudness of the part in its busiest bars, in LU relative to the lead
    double high_pass = 0;  // 12 dB an octave
    double low_pass = 0;
    EqBand low_shelf{200, 0, 1}, high_shelf{6000, 0, 1};
    std::vector<EqBand> peaks;  // at most 2
    double compress = 0;        // 0-1: about 0 to 6 dB of reduction on the busiest bars
    double attack_ms = 15, release_ms = 150;
    double drive = 0;        // 0-1: soft saturation
    double width = 1;        // of the stem's own stereo: 0 mono, 1 as it is, up to 1.5
    double spread = 0;       // 0-1: stereo made for a mono stem, lossless in mono
    double reverb_db = -60;  // sends, after the fader; -60 and below is off
    double delay_db = -60;
    double duck = 0;        // 0-1: how far it follows the kick's pump
    double throw_db = -60;  // delay send on the last notes of a section; -60 is none
};

enum class ReverbKind { room, plate, hall, spring };
struct ReverbStyle {
    ReverbKind kind = ReverbKind::hall;
    double seconds = 1.8;  // RT60 at 1 kHz
    double pre_delay_ms = 20;
    double size = 0.5;         // 0-1: spacing of the reflections
    double damping_hz = 6000;  // where sound dies twice as fast
    double low_cut = 150;      // nothing below goes in
    double high_cut = 12000;
    double early_db = -6;     // early reflections against the tail
    double modulation = 0.3;  // 0-1: how much the tail moves
    double width = 0.85;      // 1 is fully decorrelated and loses 3 dB in mono
};

struct DelayStyle {
    double beats = 0.75;                    // quarter notes between echoes: 0.75 is the dotted eighth
    double feedback = 0.35;                 // 0-0.85
    double low_cut = 250, high_cut = 5000;  // in the feedback: every echo is thinner and darker
    double drive = 0.2;                     // tape
    bool ping_pong = true;
    double reverb_db = -60;  // the echoes' own send to the reverb
};

struct PumpStyle {
    double depth_db = 0;         // 0: this genre does not pump
    double release_beats = 0.5;  // quarter notes until the level is back
    double returns = 1;          // how far reverb and delay follow, 0-1
};

enum class Sweep { none, high_pass, low_pass };
struct AutomationStyle {
    double lift_db = 1;         // full-energy sections against quiet ones, on top of the players' dynamics
    double brightness_db = 1;   // above 4 kHz, the same way
    double width = 0.1;         // the same way
    Sweep build = Sweep::none;  // over a build: high-pass thins the band out, low-pass opens it up
    Sweep breakdown = Sweep::none;
    double ride_from_db = 4;  // sections that lie further than this below the fullest one are brought up
    double ride = 0.65;       // by this share of what is beyond, 0-1
};

// How the genre treats whoever sings.
struct VocalStyle {
    double level_db = 1;     // the lead against everybody else together, LU, while both are at their busiest
    double backing_db = -7;  // backing voices and harmonies, each, against the lead
    double presence_db = 2.5;  // at 3.2 kHz
    double air_db = 2;         // above 9 kHz
    double compress = 0.55;
    double drive = 0;
    double reverb_db = -13, reverb_seconds = 1.5;  // the voices' plate
    double delay_db = -60;                         // send to the echoes
    double duck_db = 2;                            // the band under words; bass and drums a third of it
    double room_db = 3;                            // the band's 1-4 kHz
};

inline constexpr std::size_t kOctaves = 8;  // of the tonal curve: 62.5 Hz to 8 kHz

struct MixStyle {
    double tilt_db_per_octave = 0;  // of everything, about 1 kHz
    // Power density of finished songs of this genre, octave by octave, dB, level apart; absent: not looked
    // at.
    std::optional<std::array<double, kOctaves>> tonal_curve_db;
    double lead_margin_db = 2;             // the lead may be at most this much below all others together
    std::array<ChannelStyle, 9> channels;  // by music::Role
    ReverbStyle reverb;
    DelayStyle delay;
    PumpStyle pump;
    AutomationStyle automation;
    VocalStyle vocals;

    const ChannelStyle& channel(music::Role role) const { return channels[static_cast<std::size_t>(role)]; }
};

// Rows that a file leaves out have the values above, or for strips those of default_channel().
base::Result<MixStyle> read_mix_style(const toml::table& table);
ChannelStyle default_channel(music::Role role);

}  // namespace mmx::style
