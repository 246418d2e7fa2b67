// A line ready to be sung: its sounds as the model speaks them, its notes in clock time, and when each phone
// comes.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "music/score.h"
#include "music/vocals.h"
#include "voice/labels.h"
#include "voice/speech_model.h"
#include "voice/timing.h"

namespace mmx::voice {

struct Line {
    std::shared_ptr<const Spoken> spoken;  // shared by all lines of the same words
    music::Delivery delivery = music::Delivery::sung;
    std::vector<TimedNote> notes;  // ascending; never empty
    LineTiming timing;
    double silence_before = 0;  // s, since the same part's last line
};

// All that the model has said, by labels: each line once however often it is sung.
using Sayings = std::map<std::vector<std::string>, std::shared_ptr<const Spoken>>;

// A part's lines, ascending; lines without notes are left out. `sayings` holds the labels of each.
std::vector<Line> lines_of(const music::Score& score, const music::VocalPart& part, const Sayings& sayings);

// Swing and tempo are in them.
std::vector<TimedNote> timed_notes(const music::Score& score, const music::SungLine& line);

}  // namespace mmx::voice
