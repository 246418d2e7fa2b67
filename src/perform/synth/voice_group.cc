#include "perform/synth/voice_group.h"

#include "perform/synth/wavetables.h"

namespace mmx::perform::synth {
namespace {

constexpr std::size_t kBlock = BlockPlayer::kBlock;

// Looks up one table a lane with linear interpolation; the phase's upper 11 bits are the place. A mono
// synthesiser has one voice: only the lanes in use are looked up.
template <std::size_t used>
struct TableRead {
    const float* lane[kLanes];

    MMX_LANES_INLINE TableRead(const float (&tables)[kTableLevels][kTableSize + 1], u32x8 step) {
        for (std::size_t l = 0; l < used; ++l) lane[l] = tables[table_level(step[l])];
    }
    MMX_LANES_INLINE f32x8 at(u32x8 phase) const {
        const u32x8 place = phase >> 21;
        const f32x8 part = to_float((i32x8)(phase & 0x1fffff)) * all(1.0f / 2097152.0f);
        if constexpr (used < kLanes) {
            f32x8 a{}, b{};
            for (std::size_t l = 0; l < used; ++l) {
                const float* sample = lane[l] + place[l];
                a[l] = sample[0];
                b[l] = sample[1];
            }
            return a + part * (b - a);
        } else {
            // Both neighbours of a lane in one load, then sorted.
            const auto four = [&](std::size_t l, std::size_t m) __attribute__((always_inline)) {
                const f32x2 x = pair(lane[l] + place[l]), y = pair(lane[m] + place[m]);
                return __builtin_shufflevector(x, y, 0, 1, 2, 3);
            };
            const f32x4 p = four(0, 1), q = four(2, 3), r = four(4, 5), s = four(6, 7);
            const f32x4 a0 = __builtin_shufflevector(p, q, 0, 2, 4, 6),
                        a1 = __builtin_shufflevector(r, s, 0, 2, 4, 6);
            const f32x4 b0 = __builtin_shufflevector(p, q, 1, 3, 5, 7),
                        b1 = __builtin_shufflevector(r, s, 1, 3, 5, 7);
            const f32x8 a = __builtin_shufflevector(a0, a1, 0, 1, 2, 3, 4, 5, 6, 7);
            const f32x8 b = __builtin_shufflevector(b0, b1, 0, 1, 2, 3, 4, 5, 6, 7);
            return a + part * (b - a);
        }
    }

  private:
    typedef float f32x2 __attribute__((vector_size(8)));
    typedef float f32x4 __attribute__((vector_size(16)));
    MMX_LANES_INLINE static f32x2 pair(const float* from) {
        f32x2 two;
        std::memcpy(&two, from, sizeof two);
        return two;
    }
};

MMX_LANES_INLINE u32x8 cycles_to_phase(f32x8 cycles) {
    // Through 2^28, because a deep modulation reaches several cycles; whole cycles fall off at the top.
    return (u32x8)to_int(cycles * all(268435456.0f)) << 4;
}

template <std::size_t used>
MMX_LANES_INLINE void oscillate(VoiceGroup& group, const Circuit& circuit, const BlockControl& control,
                                std::size_t u, f32x8* wave) {
    const Unit& unit = circuit.units[u];
    const f32x8 step_value = clamp(control.step * control.unit_factor[u], 1.0f, 1.95e9f);
    const u32x8 step = (u32x8)to_int(step_value);
    u32x8 phase = group.phase[u];
    switch (unit.wave) {
        case Wave::sine:
            for (std::size_t i = 0; i < kBlock; ++i) {
                wave[i] = sin_cycle(cycle_of(phase));
                phase += step;
            }
            break;
        case Wave::triangle: {
            const TableRead<used> table(wavetables().triangle, step);
            for (std::size_t i = 0; i < kBlock; ++i) {
                wave[i] = table.at(phase);
                phase += step;
            }
            break;
        }
        case Wave::saw: {
            const TableRead<used> table(wavetables().saw, step);
            for (std::size_t i = 0; i < kBlock; ++i) {
                wave[i] = table.at(phase);
                phase += step;
            }
            break;
        }
        case Wave::pulse: {
            // A pulse is the difference of two saws, `width` of a cycle apart; its direct current cancels.
            const TableRead<used> table(wavetables().saw, step);
            const u32x8 shift = cycles_to_phase(clamp(all(unit.width) + control.width_shift, 0.04f, 0.96f));
            for (std::size_t i = 0; i < kBlock; ++i) {
                wave[i] = table.at(phase) - table.at(phase + shift);
                phase += step;
            }
            break;
        }
        case Wave::noise: {
            u32x8 noise = group.noise;
            for (std::size_t i = 0; i < kBlock; ++i) {
                noise = noise * 1664525u + 1013904223u;
                wave[i] = to_float((i32x8)noise) * all(1.0f / 2147483648.0f);
            }
            group.noise = noise;
            break;
        }
        case Wave::fm: {
            // Side bands reach about (index + 1) modulator steps from the carrier: keep them below half the
            // rate.
            const f32x8 room =
                (all(0.45f * 4294967296.0f) / step_value - all(1.0f)) / all(unit.ratio) - all(1.0f);
            const f32x8 wanted =
                all(unit.index) * (all(unit.index_floor) + all(1.0f - unit.index_floor) * control.fm_depth);
            const f32x8 depth = clamp(min(wanted, room * all(0.15915494f)), 0.0f, 3.0f);
            const u32x8 modulator_step = (u32x8)to_int(clamp(step_value * all(unit.ratio), 1.0f, 2.1e9f));
            u32x8 modulator = group.modulator[u];
            for (std::size_t i = 0; i < kBlock; ++i) {
                wave[i] =
                    sin_cycle(cycle_of(phase + cycles_to_phase(depth * sin_cycle(cycle_of(modulator)))));
                phase += step;
                modulator += modulator_step;
            }
            group.modulator[u] = modulator;
            break;
        }
    }
    group.phase[u] = phase;
}

// Zavalishin's topology-preserving filters ("The Art of VA Filter Design"): stable while the cutoff moves.

// The four poles of a ladder, each waiting for the one before: two channels side by side fill each other's
// waits.
template <std::size_t channels>
MMX_LANES_INLINE void ladder(const Circuit& circuit, f32x8 g, f32x8* const (&states)[channels],
                             f32x8* const (&waves)[channels]) {
    const f32x8 k = all(circuit.feedback);
    const f32x8 one = all(1.0f);
    const f32x8 inverse = one / (one + g);
    const f32x8 big_g = g * inverse;
    const f32x8 g2 = big_g * big_g;
    const f32x8 resolve = one / (one + k * g2 * g2);
    const f32x8 make_up =
        one + all(0.6f) * k;  // feedback takes level from the pass band; give most of it back
    f32x8 s[channels][4];
    for (std::size_t c = 0; c < channels; ++c)
        for (std::size_t pole = 0; pole < 4; ++pole) s[c][pole] = states[c][pole];
    for (std::size_t i = 0; i < kBlock; ++i) {
        f32x8 x[channels];
        for (std::size_t c = 0; c < channels; ++c) {
            const f32x8 memory =
                (((s[c][0] * big_g + s[c][1]) * big_g + s[c][2]) * big_g + s[c][3]) * inverse;
            // The limit in the loop is what lets a ladder sing without running away.
            x[c] = (waves[c][i] * make_up - k * memory) * resolve;
            x[c] = soft(x[c] * all(0.4f)) * all(2.5f);
        }
        for (std::size_t pole = 0; pole < 4; ++pole)
            for (std::size_t c = 0; c < channels; ++c) {
                const f32x8 v = (x[c] - s[c][pole]) * big_g;
                x[c] = v + s[c][pole];
                s[c][pole] = x[c] + v;
            }
        for (std::size_t c = 0; c < channels; ++c) waves[c][i] = x[c];
    }
    for (std::size_t c = 0; c < channels; ++c)
        for (std::size_t pole = 0; pole < 4; ++pole) states[c][pole] = s[c][pole];
}

MMX_LANES_INLINE void drive_block(const Circuit& circuit, f32x8* wave) {
    if (circuit.drive <= 0) return;
    const f32x8 in = all(circuit.drive), out = all(1.0f / circuit.drive);
    for (std::size_t i = 0; i < kBlock; ++i) wave[i] = soft(wave[i] * in) * out;
}

MMX_LANES_INLINE void two_poles(const Circuit& circuit, f32x8 g, f32x8* state, f32x8* wave) {
    const f32x8 k = all(circuit.damping);
    const f32x8 a1 = all(1.0f) / (all(1.0f) + g * (g + k));
    const f32x8 a2 = g * a1, a3 = g * a2;
    f32x8 s0 = state[0], s1 = state[1];
    for (std::size_t i = 0; i < kBlock; ++i) {
        const f32x8 x = wave[i];
        const f32x8 v3 = x - s1;
        const f32x8 band = a1 * s0 + a2 * v3;
        const f32x8 low = s1 + a2 * s0 + a3 * v3;
        s0 = band + band - s0;
        s1 = low + low - s1;
        wave[i] = circuit.filter == FilterKind::lowpass12  ? low
                  : circuit.filter == FilterKind::bandpass ? k * band
                                                           : x - k * band - low;
    }
    state[0] = s0;
    state[1] = s1;
}

MMX_LANES_INLINE float sum_of(f32x8 x) {
    return ((x[0] + x[4]) + (x[1] + x[5])) + ((x[2] + x[6]) + (x[3] + x[7]));
}

}  // namespace

MMX_LANES_KERNEL
void render_voices(VoiceGroup& group, const Circuit& circuit, const BlockControl& control, float* left,
                   float* right) {
    f32x8 wave[kBlock], sum_left[kBlock] = {}, sum_right[kBlock] = {};
    for (std::size_t u = 0; u < circuit.unit_count; ++u) {
        if (control.lanes == 1)
            oscillate<1>(group, circuit, control, u, wave);
        else if (control.lanes <= 4)
            oscillate<4>(group, circuit, control, u, wave);
        else
            oscillate<kLanes>(group, circuit, control, u, wave);
        const f32x8 gain_left = all(circuit.units[u].gain_left);
        for (std::size_t i = 0; i < kBlock; ++i) sum_left[i] += wave[i] * gain_left;
        if (!circuit.stereo) continue;
        const f32x8 gain_right = all(circuit.units[u].gain_right);
        for (std::size_t i = 0; i < kBlock; ++i) sum_right[i] += wave[i] * gain_right;
    }
    const f32x8 g = control.warped_cutoff;
    drive_block(circuit, sum_left);
    if (circuit.stereo) drive_block(circuit, sum_right);
    if (circuit.filter == FilterKind::lowpass24) {
        if (circuit.stereo)
            ladder<2>(circuit, g, {group.left_state, group.right_state}, {sum_left, sum_right});
        else
            ladder<1>(circuit, g, {group.left_state}, {sum_left});
    } else if (circuit.filter != FilterKind::none) {
        two_poles(circuit, g, group.left_state, sum_left);
        if (circuit.stereo) two_poles(circuit, g, group.right_state, sum_right);
    }
    f32x8 amp = group.amp;
    const f32x8 amp_step = (control.amp - amp) * all(1.0f / kBlock);
    for (std::size_t i = 0; i < kBlock; ++i) {
        amp += amp_step;
        const f32x8 l = sum_left[i] * amp;
        const f32x8 r = circuit.stereo ? sum_right[i] * amp : l;
        left[i] += sum_of(l * control.pan_left);
        right[i] += sum_of(r * control.pan_right);
    }
    group.amp = control.amp;
}

}  // namespace mmx::perform::synth
