// The instrument catalogue: what an arranger knows about each instrument the embedded engine can play.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mmx::style {

// data/instruments.toml, one table an instrument.
struct Instrument {
    std::string id;                  // "electric-piano"
    std::string name;                // "Rhodes electric piano"
    std::vector<std::string> words;  // what people call it, lower case: "rhodes", "electric piano", "e-piano"
    std::string family;  // keys, mallets, organ, guitar, bass, strings, choir, brass, reeds, flutes, synth,
                         // plucked, drums, percussion
    int low = 36, high = 84;              // playable MIDI range
    int sweet_low = 48, sweet_high = 76;  // where it sounds best as a melody or a chord instrument
    bool polyphonic = true;
    bool sustains = false;  // holds a level as long as the note lasts (bow, wind, organ, pad)
    int midi_program = 0;   // General MIDI, 0-127
    bool drums = false;     // pitches are GM drum numbers
    double agility = 0.5;   // 0 slow (pads, tuba) ... 1 fast (piano, fiddle): shortest comfortable note
};

base::Result<const std::vector<Instrument>*> all_instruments();
const Instrument* find_instrument(std::string_view id);

}  // namespace mmx::style
