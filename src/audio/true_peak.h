// Peaks between the samples: what a converter's output reaches (ITU-R BS.1770-4, annex 2, with a longer
// filter).
#pragma once

#include <cstddef>

#include "audio/buffer.h"

namespace mmx::audio {

// Every interpolated point leans on this many samples to either side. 32 taps a phase are flat to 0.42 of the
// sample rate (20 kHz at 48 kHz); the standard's 12 taps are not.
inline constexpr std::size_t kTruePeakReach = 16;

// Points looked at per sample. Four is what the standard asks for; it can read 0.5 dB too low at 20 kHz,
// eight at most 0.1 dB.
enum class Oversampling { four, eight };

// peaks[k] becomes the largest magnitude, at samples and between them, that starts in block k of `block`
// frames. block is a multiple of 8, the last one may be shorter; signal[-16] to signal[frames + 23] must be
// readable.
void block_true_peaks(const float* signal, std::size_t frames, std::size_t block, Oversampling oversampling,
                      float* peaks);

// Largest magnitude at and after the samples first ... first + count - 1 of a channel that is surrounded by
// silence; eight times oversampled where it matters: the coarse look comes first, and only places near the
// highest are looked at again.
double channel_true_peak(std::span<const float> channel, std::size_t first, std::size_t count);

}  // namespace mmx::audio
