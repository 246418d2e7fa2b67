// The voices that can be asked for: one speaker's model, four singers made of it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace mmx::voice {

// What makes a throat sound like its own, apart from pitch.
struct Throat {
    double formants = 1;            // all resonances, against the model's: below 1 a longer throat
    double tilt_db_per_octave = 0;  // about 1 kHz, from 300 Hz to 6 kHz
    double air_db = 0;              // above 7 kHz
    double breath = 0;              // 0-1: noise between the harmonics
};

struct Vibrato {
    double rate_hz = 5.4, depth_cents = 32;
    double delay_seconds = 0.28, fade_in_seconds = 0.35;
    double shortest_note_seconds = 0.55;
};

struct Voice {
    std::string_view id, name;
    int lowest = 57, highest = 72;  // MIDI notes where it is at home
    Throat throat;
    Vibrato vibrato;
    double glide = 1;         // how long it takes from note to note, 0: at once
    double scoop_cents = 70;  // into the first note of a line
    double jitter_cents = 4;
    double inhale_db = -30;  // breaths, against its vowels
    bool robot = false;      // sings the chord along
};

std::span<const Voice> voices();
// An unknown id gives the first voice.
const Voice& find_voice(std::string_view id);

}  // namespace mmx::voice
