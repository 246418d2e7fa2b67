// Songs to listen to: the texts of lyrics/, set to a plain tune in a given range.
#pragma once

#include <string>
#include <vector>

#include "music/score.h"

namespace mmx::voice::testing {

// One text's lines, words and phones as the speech room reads them; long lines in two or more breaths.
std::vector<music::SungLine> read_text(const std::string& path);
std::vector<std::string> text_paths();  // sorted

// The lines one after the other at 96 bpm: stressed words get quarters, others eighths, ends of lines halves.
// The tune moves by steps between `lowest` and ten semitones above it.
music::Score set_to_music(std::vector<music::SungLine> lines, const std::string& voice, int lowest,
                          music::Delivery delivery = music::Delivery::sung);

}  // namespace mmx::voice::testing
