// Features of layer A: did a carrier turn between two symbols?
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace mmx::watermark {

// Of a mono signal at 48 kHz: symbols x kCarriers values, -3, -1, +1 or +3; 0 in silence. Where symbols begin
// is found without a key: their guard repeats their end.
std::vector<std::int8_t> ultrasonic_features(std::span<const float> middle);

}  // namespace mmx::watermark
