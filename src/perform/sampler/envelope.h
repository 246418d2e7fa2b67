// The SoundFont envelope (8.1.2, generators 25-40): delay, attack, hold, decay, sustain, release.
#pragma once

#include <algorithm>

namespace mmx::perform {

// Times in seconds. The level falls from 1 on a straight line: for the volume envelope that line is one of
// decibels, 96 of them, and the attack alone is linear in amplitude.
struct Envelope {
    double delay = 0.001, attack = 0.001, hold = 0.001, decay = 0.001;
    double sustain = 1;      // 0-1
    double release = 0.001;  // from 1 to 0

    enum class Stage { waiting, attack, falling };
    struct Value {
        Stage stage;
        double level;  // 0-1
    };
    Value before_release(double seconds) const {
        if (seconds < delay) return {Stage::waiting, 0};
        seconds -= delay;
        if (seconds < attack) return {Stage::attack, seconds / attack};
        seconds -= attack + hold;
        if (seconds <= 0) return {Stage::falling, 1};
        // The decay time is that of the whole way down, so a high sustain is reached sooner (8.1.2, 36).
        return {Stage::falling, std::max(sustain, 1 - seconds / decay)};
    }
    double after_release(double level_at_release, double seconds) const {
        return std::max(0.0, level_at_release - seconds / release);
    }
};

// Linear decibels over this range, as FluidSynth has it.
inline constexpr double kEnvelopeDecibels = 96;

}  // namespace mmx::perform
