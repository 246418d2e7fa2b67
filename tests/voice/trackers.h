// Independent ears: pitch, onsets, levels and brightness of a voice, measured in its sound.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "voice/line.h"
#include "voice/pitch.h"

namespace mmx::voice::testing {

// Fundamental around `centre`, from 60 to 1100 Hz, by the cumulative mean normalised difference (de Cheveigne
// and Kawahara 2002); 0 where nothing repeats. Knows nothing of what was asked for.
double pitch_at(std::span<const float> sound, int sample_rate, double centre_seconds);

// One measurement that went astray, and where: what a person looks at first.
struct Miss {
    double error = 0;  // cents or ms
    std::string where;
};

struct PitchErrors {
    std::vector<Miss> misses;                              // more than 50 cents
    std::vector<double> cents;                             // absolute, one each 10 ms of every vowel
    double median = 0, p90 = 0, within_50 = 0, gross = 0;  // gross: a semitone and more, or nothing found
    void add(std::span<const float> sound, int sample_rate, const Line& line, const PitchCurve& asked);
    void finish();
};

// Where the sound around a vowel's start steps up most: the start as an ear would set it, as the error in ms.
struct OnsetErrors {
    std::vector<Miss> misses;  // more than 30 ms
    std::vector<double> ms;    // absolute
    int left_out = 0;          // vowels after vowels, glides and liquids: nothing there begins at a moment
    double mean = 0, most = 0;
    void add(std::span<const float> sound, int sample_rate, const Line& line);
    void finish();
};

struct Levels {
    std::vector<double> vowels_db, sibilants_db;
    double above_7500 = 0, all = 0;  // power sums
    void add(std::span<const float> sound, int sample_rate, const Line& line);
    double vowel_sd() const;
    double sibilants_below_vowels() const;
    double brightness_db() const;  // above 7.5 kHz against everything
};

}  // namespace mmx::voice::testing
