// A sung line as the labels that the speech model reads: each phone in its full context.
#pragma once

#include <string>
#include <vector>

#include "music/vocals.h"

namespace mmx::voice {

// Which syllable of the line a phone belongs to; pauses before and after belong to none.
struct LinePhone {
    std::string name;   // as the model calls it: unstressed "ah" is its "ax"
    int syllable = -1;  // index into the line's syllables
    bool nucleus = false;
};

// A pause, every phone of every syllable in order, a pause.
std::vector<LinePhone> phones_of(const music::SungLine& line);

// One label a phone, in the format HTS_TTS_ENG that the voice file names.
std::vector<std::string> labels_of(const music::SungLine& line);

}  // namespace mmx::voice
