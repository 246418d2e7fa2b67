// Where the in-band layer lies in time and frequency.
#pragma once

#include <array>
#include <cstddef>

#include "watermark/rates.h"

namespace mmx::watermark {

// Time: a column of chips lasts 64 ms, two frames of 768 samples at 24 kHz; a period has 160, 10.24 s.
inline constexpr std::size_t kHop = 768, kWindow = 1024, kFramesPerColumn = 2;
inline constexpr std::size_t kInBandColumns = 160;
inline constexpr double kFrameSeconds = 0.032;
inline constexpr std::size_t kBins = kWindow / 2 + 1;
inline constexpr double kBinHz = static_cast<double>(kHalfRate) / kWindow;

// Frequency: 48 bands of equal width on a mel-like scale ln(1 + f / 700 Hz), 300 Hz to 10 kHz: 49 Hz wide at
// the bottom, 530 Hz at the top. Features look at each band in two halves, so that a shifted pitch can be
// followed.
inline constexpr std::size_t kBands = 48, kHalfBands = 2 * kBands;
inline constexpr double kLowestHz = 300, kHighestHz = 10000, kScaleHz = 700;

// Edges of the half bands in Hz; every other one is a band's.
const std::array<double, kHalfBands + 1>& half_band_edges();

}  // namespace mmx::watermark
