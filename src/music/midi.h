// The score as a Standard MIDI File (format 1), with nothing lost that the format can say.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "music/score.h"

namespace mmx::music {

// What a General MIDI player should use for an instrument of the catalogue.
struct MidiVoice {
    int program = 0;     // 0-127
    bool drums = false;  // channel 10
};
// In the order of score.parts. More than 15 melodic parts share channels by instrument.
// Division is 960. Track 0: title, tempo, metre, key map, section markers ("Verse 1"), chord names as
// text events ("chord:Dm7"), and the text "key:D dorian". Each part is a track named by its id, swing
// applied, on the grid at bar 1. Then each singer, with the syllables as lyric events.
std::vector<std::uint8_t> score_to_midi(const Score& score, const std::vector<MidiVoice>& voices);

}  // namespace mmx::music
