// What can be said about a piece of sound in figures: for `mmx measure`, for tests, for the curious.
#pragma once

#include <string>
#include <vector>

#include "audio/buffer.h"
#include "audio/loudness.h"

namespace mmx::master {

struct Span {
    double start_seconds = 0, end_seconds = 0;
};
struct Band {
    double hertz = 0;        // nominal centre of the third of an octave: 25, 31.5, 40 ...
    double level_db = -120;  // power of both channels, averaged; a full-scale sine in both reads 0
};

struct Measurement {
    audio::Loudness loudness;
    double duration_seconds = 0;
    int sample_rate = 0;
    int channels = 2;                  // 1 when both are equal in every sample
    double dc_left = 0, dc_right = 0;  // mean, of full scale
    double correlation = 1;            // of left and right, -1 to 1; 1 for silence
    double bass_correlation = 1;       // the same below 120 Hz
    double crest_factor_db = 0;        // sample peak over root mean square, both channels together
    long long clipped_samples = 0;     // at or beyond full scale, in runs of three or more in one channel
    long long not_numbers = 0;         // NaN or infinite; counted as 0 in everything else
    std::vector<Span> silences;        // below -60 dBFS for at least half a second
    std::vector<Band> bands;           // thirds of an octave from 25 Hz to 20 kHz or half the rate
};

// 8 to 192 kHz. Slow enough to be honest, fast enough not to matter: above a hundred times real time.
Measurement measure(audio::ConstStereoView sound, int sample_rate);

// One JSON object; keys are the fields' names, loudness in one of its own.
std::string to_json(const Measurement& measurement);
// A page for people.
std::string to_text(const Measurement& measurement);

}  // namespace mmx::master
