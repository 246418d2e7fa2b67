// One pass over the sound that the tempo, key, balance and genre measures share.
#pragma once

#include <array>
#include <vector>

#include "key_profile.h"
#include "midi_reader.h"
#include "sound.h"

namespace mmx::acceptance {

constexpr std::size_t kBands = 36;   // equal steps on the mel scale, 30 Hz to 16 kHz
constexpr std::size_t kOctaves = 8;  // centres 63 Hz ... 8 kHz
constexpr std::size_t kThirds = 27;  // centres 50 Hz ... 20 kHz

struct Spectra {
    double hop_seconds = 0;                        // of bands and flux
    std::vector<std::array<float, kBands>> bands;  // log power
    std::vector<double> flux;                      // half-wave rectified rise of the bands
    std::array<std::vector<float>, 4> flux_of;     // below 120 Hz, to 500 Hz, to 4 kHz, above
    double percussive_ratio = 0;                   // of the energy, by median filtering

    double chroma_hop_seconds = 0;
    std::vector<PitchClasses> chroma;  // energy a pitch class, square-root compressed
    std::vector<double> centroid;      // Hz, same hop; 0 when silent
    std::vector<double> frame_power;   // same hop

    std::array<double, kOctaves> octave_density{};             // power per hertz, mean of channels
    std::array<double, kThirds> third_stereo{}, third_mono{};  // power in 1/3 octaves
};

Spectra analyse(const Sound& sound);

struct TempoReading {
    double bpm = 0;
    double strength = 0;  // the comb at its best against its mean over the searched range
};
// Searched within 10 % of `asked`: a Fourier comb over the flux. `beat_divisions`: 2 or 3 notes a beat.
TempoReading estimate_tempo(const Spectra& spectra, double asked, bool threes, double from, double to);

PitchClasses mean_chroma(const Spectra& spectra);
// Chroma of each beat of the MIDI's tempo map between two places (quarters).
std::vector<PitchClasses> beat_chroma(const Spectra& spectra, const MidiSong& song, double from, double to);
double likeness(const std::vector<PitchClasses>& a, const std::vector<PitchClasses>& b);  // mean cosine
double mean_centroid(const Spectra& spectra, double from_seconds, double to_seconds);

}  // namespace mmx::acceptance
