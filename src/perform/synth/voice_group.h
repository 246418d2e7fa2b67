// Eight synthesiser voices in SIMD lanes: oscillators, filter and amplifier for one block.
#pragma once

#include <cstddef>
#include <cstdint>

#include "perform/block_player.h"
#include "perform/synth/lanes.h"
#include "perform/synth/synth_patch.h"

namespace mmx::perform::synth {

inline constexpr std::size_t kMaxUnits = 16;

// One oscillator of the patch, or one of its unison voices: the same for all notes.
struct Unit {
    Wave wave = Wave::saw;
    float gain_left = 1, gain_right = 1;
    float width = 0.5f;
    float ratio = 1;  // fm modulator
    float index = 0;  // fm depth in cycles (radians / 2 pi)
    float index_floor = 0;
    float octaves = 0;  // from the key, detune included
};

struct Circuit {  // the patch, as the kernel needs it
    Unit units[kMaxUnits];
    std::size_t unit_count = 0;
    bool stereo = false;  // units differ left and right, so two filters run
    FilterKind filter = FilterKind::none;
    float damping = 1.4f;  // state-variable: 1 / Q
    float feedback = 0;    // ladder: 0 ... 4
    float drive = 0;       // gain into the soft limit before the filter, 0: none
};

struct VoiceGroup {  // what voices remember from block to block
    u32x8 phase[kMaxUnits] = {};
    u32x8 modulator[kMaxUnits] = {};
    u32x8 noise = {};
    f32x8 left_state[4] = {}, right_state[4] = {};
    f32x8 amp = {};  // at the end of the last block
};

struct BlockControl {              // what this block asks of each voice
    f32x8 step;                    // phase step at the key's pitch, modulation included, 2^32 a cycle
    f32x8 unit_factor[kMaxUnits];  // of the units, drift included
    f32x8 width_shift;             // added to pulse widths
    f32x8 fm_depth;                // envelope 2 and velocity, 0 ... 1
    f32x8 warped_cutoff;           // tan(pi cutoff / rate)
    f32x8 amp;                     // at the end of this block; a line leads there
    f32x8 pan_left, pan_right;
    std::size_t lanes = kLanes;  // of these the first sound, the others need not
};

// Adds one block to both channels.
void render_voices(VoiceGroup& group, const Circuit& circuit, const BlockControl& control, float* left,
                   float* right);

}  // namespace mmx::perform::synth
