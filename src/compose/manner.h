// How a style sings and where a voice sings: the tables of data/singing.
#pragma once

#include <string_view>

#include "music/plan.h"
#include "style/style.h"

namespace mmx::compose {

struct VoiceCompass {
    int low = 55, high = 74;            // no note outside
    int tune_low = 57, tune_high = 72;  // where a tune lives
    int spoken = 56;                    // where it speaks
};
// The compass of plan.voice; that of "soft" when it names none.
VoiceCompass voice_compass(std::string_view voice);

struct Manner {
    double syllables_a_second = 3.2, syllables_a_beat = 1.8;  // at most, on average over a line
    double melisma = 0.1;                                     // share of long syllables on two notes
    double beside = 0.3;                                      // 0-1, words off the beat
    double above = 0.4, below = 0.6;                          // chance of a harmony in choruses
    int doubles = 1;                                          // singers of the lead there
};
// Of the style's family, or of rap and spoken words where the plan asks for them.
Manner manner_of(const music::Plan& plan, const style::Style& style);

}  // namespace mmx::compose
