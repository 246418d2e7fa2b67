// From float samples to whole numbers, as files hold them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "audio/buffer.h"

namespace mmx::codec {

// Interleaved left, right. Full scale is 2^23, so a value that came from 24 bit goes back to the same number.
// Beyond full scale is clipped; not a number is 0. out holds twice the frames.
void quantise_24(audio::ConstStereoView audio, std::span<std::int32_t> out);

// To 16 bit with triangular dither of +-1 step, which makes the rounding error a steady hiss that does not
// follow the music. The hiss is a function of the sample's place in the song (first_frame), so the bytes are
// the same every time and in any portions.
void quantise_16(audio::ConstStereoView audio, std::uint64_t first_frame, std::span<std::int32_t> out);

}  // namespace mmx::codec
