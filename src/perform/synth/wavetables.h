// One cycle of each waveform at 44 brightnesses, so that no harmonic ever passes half the sample rate.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mmx::perform::synth {

inline constexpr std::size_t kTableSize = 2048;
inline constexpr int kTableLevels = 44;  // four an octave from 1/4096 of the sample rate to a half

// Saw rises from -1 to 1, triangle has its peak at +-1; both start at their zero crossing. Without DC. Each
// table has one more sample than a cycle, for interpolation.
struct Wavetables {
    float saw[kTableLevels][kTableSize + 1];
    float triangle[kTableLevels][kTableSize + 1];
};
const Wavetables& wavetables();  // made at first use, in about a millisecond; any thread

// The level whose highest harmonic still fits below half the sample rate at this phase step (2^32 a cycle).
inline int table_level(std::uint32_t step) {
    if (step < (1u << 20)) return 0;
    const int octave = 31 - __builtin_clz(step);  // 20 ... 31
    const int quarter = static_cast<int>((step >> (octave - 2)) & 3);
    const int level = (octave - 20) * 4 + quarter;
    return level < kTableLevels ? level : kTableLevels - 1;
}

}  // namespace mmx::perform::synth
