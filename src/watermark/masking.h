// How loud a mark may be: a masking model over the bands of the in-band layer.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "watermark/bands.h"

namespace mmx::watermark {

// Groups of two bands are about one Bark wide; two more below them only mask upward.
inline constexpr std::size_t kGroups = kBands / 2;

// One frame's power spectrum and those of the frames before and after (513 bins, 23.4 Hz apart; any scale) ->
// for each group the amplitude of the mark relative to the sound in it. How: energies spread over the
// neighbours (25 dB a Bark down, 10 dB up); the masked threshold lies 14.5 + z dB under a tone and 5.5 dB
// under noise (Johnston, "Transform coding of audio signals using perceptual noise criteria", 1988), in
// between by how peaked the group's spectrum is and how much of it was there before or stays.
std::array<float, kGroups> allowed_mark(std::span<const float> power, std::span<const float> before,
                                        std::span<const float> after);

// No more than this, however much hides it.
inline constexpr float kMostNoisy = 0.31f;   // 2.3 dB up or down
inline constexpr float kMostTonal = 0.065f;  // 24 dB under the sound

}  // namespace mmx::watermark
