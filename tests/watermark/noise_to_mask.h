// A listener of its own: how far the mark stays under what the sound hides, by a model that shares nothing
// with the one the mark is made by.
#pragma once

#include <array>
#include <cstddef>

#include "audio/buffer.h"

namespace mmx::watermark {

inline constexpr std::size_t kCriticalBands = 25;
// Zwicker's: 0 to 100 Hz, 100 to 200 Hz ... 12 to 15.5 kHz, and all above.
inline constexpr std::array<double, kCriticalBands + 1> kCriticalEdges = {
    0,    100,  200,  300,  400,  510,  630,  770,  920,  1080, 1270,  1480,  1720,
    2000, 2320, 2700, 3150, 3700, 4400, 5300, 6400, 7700, 9500, 12000, 15500, 24000};

struct NoiseToMask {
    // Mean over the frames that sound of noise over masked threshold, in dB; -200 where there is no noise.
    std::array<double, kCriticalBands> band_db{};
    double mean_db = -200;  // of all bands and frames (the "total NMR" of ITU-R BS.1387)
    double worst_band_db = -200;
    double loud_frames = 0;  // share of frames with a band more than 1.5 dB over its threshold
};

// The model of Painter and Spanias, "Perceptual Coding of Digital Audio" (Proc. IEEE 88, 2000), section II:
// energies in Zwicker's critical bands; spreading by Schroeder, Atal and Hall (1979); thresholds 14.5 + z dB
// under a tone and 5.5 dB under noise, in between by how well each line's size and phase follow from the
// two frames before (the unpredictability of ISO/IEC 11172-3, model 2); never under the threshold in quiet
// (Terhardt), full scale taken as 96 dB SPL. Frames of 2048 samples at 48 kHz, half overlapping. Either
// channel for itself. Both sounds at 48 kHz and as long as each other.
NoiseToMask noise_to_mask(audio::ConstStereoView plain, audio::ConstStereoView marked);

// Mean power of what was added, between two frequencies, in dBFS (of a full-scale sine), over the whole
// sound.
double added_db(audio::ConstStereoView plain, audio::ConstStereoView marked, double low_hz, double high_hz);

}  // namespace mmx::watermark
