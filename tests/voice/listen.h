// One voice sings or says a row of lines: its sound, and what was asked of it.
#pragma once

#include <memory>
#include <vector>

#include "music/score.h"
#include "voice/line.h"
#include "voice/pitch.h"
#include "voice/speech_model.h"

namespace mmx::voice::testing {

inline constexpr int kRate = 48000;

struct Heard {
    std::vector<float> sound;  // mono, the one who is heard in front
    std::vector<Line> lines;
    std::vector<PitchCurve> asked;
    double cpu_seconds = 0;  // of the vocoder
};

std::shared_ptr<const SpeechModel> speaker();
Sayings speak(const music::VocalPart& part);
Heard sing(const music::Score& score);
// The same voice saying the same words: the model's own durations and its own melody.
Heard say(const music::Score& score);

}  // namespace mmx::voice::testing
