// Can the genre be told from the sound alone? Features of a song, and a classifier that has never heard it.
#pragma once

#include <string>
#include <vector>

#include "midi_reader.h"
#include "sound.h"
#include "spectra.h"

namespace mmx::acceptance {

// Tempo-normalised onset histograms by band over the bar, swing, chord colour, spectrum, percussive ratio,
// dynamics. The MIDI gives only the bar's length.
std::vector<double> genre_features(const Spectra& spectra, const Loudness& loudness, const MidiSong& song);

struct Example {
    std::string genre;
    std::vector<double> features;
};
struct Confusion {
    std::vector<std::string> genres;
    std::vector<std::vector<int>> counts;  // [true][guessed]
    double right = 0;                      // share
};
// Leave one out: linear discriminants on standardised features, the covariance shrunk halfway to the
// identity.
Confusion recognise(const std::vector<Example>& examples);

}  // namespace mmx::acceptance
