// The record as it is asked for: what a person may say about a song. Everything but the prompt may be left
// open.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "music/key.h"
#include "music/metre.h"

namespace mmx::music {

enum class Ending { cold, button, ring, fade, loop };

// 0-1 each, or left to the style.
struct Inference {
    std::optional<double> variation;   // how far verses, repeats and fills stray from their model
    std::optional<double> complexity;  // density of chords, rhythm and counter-lines
    std::optional<double> energy;      // dynamics and the number of instruments
    std::optional<double> humanise;    // timing and velocity spread of the players
    std::optional<double> swing;       // 0 = 50 %, 1 = 75 %
};

struct KeyChoice {
    std::optional<Key> key;  // absent: "none" was asked for
    friend bool operator==(const KeyChoice&, const KeyChoice&) = default;
};

// Values are within the ranges of the field table (music/fields.h) once validate() has passed it.
struct SongRequest {
    std::string prompt;
    std::string lyrics;
    std::string title;
    std::optional<double> bpm;
    std::optional<KeyChoice> key;
    std::optional<Metre> time_signature;
    std::vector<std::string> instruments;    // free text, each one instrument or an exclusion: "no drums"
    std::optional<double> duration_seconds;  // with the tail
    std::optional<Ending> ending;
    int sample_rate = 48000;
    std::optional<std::uint64_t>
        seed;           // absent: drawn once, by the one who takes the order, and then part of the record
    std::string voice;  // "", "none" or a voice's name
    std::string engine = "embedded";
    std::string preset = "streaming";
    Inference inference;
};

}  // namespace mmx::music
