// The error-correcting code of the id: tail-biting convolutional, rate 1/6, decoded softly into a list.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace mmx::watermark {

inline constexpr std::size_t kIdBits = 64, kTagBits = 64;
inline constexpr std::size_t kCodeRate = 6;
inline constexpr std::size_t kCodeBits = kIdBits * kCodeRate;  // 384

// +1 for a one, -1 for a zero.
std::array<std::int8_t, kCodeBits> encode_id(std::uint64_t id);

// Ids that explain the soft values best (positive: a one is likelier; any common scale), the best first, at
// most `most` of them. One of the encoder's states begins and ends the word; the trellis runs round twice,
// and every end state whose path closes gives a candidate. Which one is right, the tag decides.
std::vector<std::uint64_t> decode_ids(std::span<const float, kCodeBits> soft, std::size_t most);

}  // namespace mmx::watermark
