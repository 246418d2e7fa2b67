// Reading a sample at any speed: windowed sinc, with longer and darker kernels where it is played faster.
#pragma once

#include <cstddef>
#include <cstdint>

#include "perform/synth/lanes.h"

namespace mmx::perform {

// A block of the player: control values are worked out once a block.
inline constexpr std::size_t kSamplerBlock = 64;

// A sample being read. Places are in frames from `data`; positions have 32 binary places.
struct SampleCursor {
    const std::byte* data = nullptr;  // 16 bits, little endian
    std::uint32_t start = 0, end = 0;
    std::uint32_t loop_start = 0, loop_end = 0;
    bool looping = false;
    bool looped = false;  // has passed the loop's end at least once
    std::uint64_t position = 0;
    std::uint64_t increment = 0;

    bool finished() const { return !looping && (position >> 32) >= end; }
};

// Writes frames [first, kSamplerBlock) of a block into out[frame * 8], full scale +-1, and moves the cursor.
// Behind the sample's end there is silence.
void read_sample(SampleCursor& cursor, std::size_t first, float* out);

// Builds the kernels (milliseconds); otherwise the first read does.
void prepare_interpolation();

}  // namespace mmx::perform
