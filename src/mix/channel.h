// What one channel of the desk is set to: the style's strip for its role, bent by instrument, arrangement and
// production words.
#pragma once

#include <vector>

#include "music/plan.h"
#include "music/score.h"
#include "style/style.h"

namespace mmx::mix {

struct Channel {
    style::ChannelStyle style;  // final settings
    double target_lufs = -23;   // of this part's busiest bars, after the strip
    double pan = 0;             // -1 left ... 1 right
    double under_words_db = 0;  // how far it goes down while somebody sings
    double plate_db = -60;      // send to the voices' plate
    bool singer = false;
};

// The mix as a whole, with the plan's production words in it.
struct Console {
    std::vector<Channel> channels;  // in the order of score.parts, then of score.vocals
    double tilt_db_per_octave = 0;
    style::ReverbStyle reverb;
    style::DelayStyle delay;
    style::PumpStyle pump;
    style::AutomationStyle automation;
    style::ReverbStyle plate;  // of the voices
};

// The targets of all parts together make kPremasterLufs when everybody plays.
inline constexpr double kPremasterLufs = -20;

// Slope that production words ask for ("bright", "warm"), dB an octave.
double tilt_of(const music::Production& words);
Console set_console(const music::Score& score, const music::Plan& plan, const style::Style& style);

}  // namespace mmx::mix
