// How loud a mark may be: a masking model over the bands of the in-band layer.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "watermark/bands.h"

namespace mmx::watermark {

// Groups of two bands are about one Bark wide; two more below them only mask upward.
inline constexpr std::size_t kGroups = kBands / 2;

// One frame's power spectrum (513 bins, 23.4 Hz apart; any scale) -> for each group the amplitude of the mark
// relative to the sound in it. How: energies spread over the neighbours (25 dB a Bark down, 10 dB up); the
// masked threshold lies 14.5 + z dB under a tone and 5.5 dB under noise (Johnston, "Transform coding of audio
// signals using perceptual noise criteria", 1988), in between by how peaked the group's spectrum is; the mark
// stays kMarginDb under that.
std::array<float, kGroups> allowed_mark(std::span<const float> power);

// Louder marks are harder to miss and harder to hide: what the margin is for.
inline constexpr double kMarginDb = 3;
inline constexpr float kMostNoisy = 0.2f;   // 1.6 dB up or down
inline constexpr float kMostTonal = 0.05f;  // 26 dB under the sound

}  // namespace mmx::watermark
