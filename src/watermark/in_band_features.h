// Features of layer B: local ups and downs of the spectrum.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace mmx::watermark {

// Of a mono signal at 48 kHz: frames x kHalfBands values, -3, -1, +1 or +3; 0 where a band is out of the
// sound's reach or silent.
std::vector<std::int8_t> in_band_features(std::span<const float> middle);

}  // namespace mmx::watermark
