// Eight voices at once: vectors of eight floats and the few functions a synthesiser needs on them.
//
// GCC's vector extension compiles to SSE2 or AVX2 with the same operations in the same order, so both give
// the same bits. The functions are polynomials: libm's would differ between machines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace mmx::perform::synth {

inline constexpr std::size_t kLanes = 8;
// Without AVX the compiler would align them to 16 bytes only, and the AVX2 clones count on 32.
typedef float f32x8 __attribute__((vector_size(32), aligned(32)));
typedef std::int32_t i32x8 __attribute__((vector_size(32), aligned(32)));
typedef std::uint32_t u32x8 __attribute__((vector_size(32), aligned(32)));

#define MMX_LANES_INLINE inline __attribute__((always_inline))
// One kernel, compiled for both kinds of processor and chosen when the program starts.
#define MMX_LANES_KERNEL __attribute__((target_clones("avx2", "default")))

MMX_LANES_INLINE f32x8 all(float value) {
    return f32x8{value, value, value, value, value, value, value, value};
}
MMX_LANES_INLINE f32x8 load(const float* from) {  // from anywhere
    f32x8 value;
    std::memcpy(&value, from, sizeof value);
    return value;
}
MMX_LANES_INLINE void store(float* to, f32x8 value) {
    std::memcpy(to, &value, sizeof value);
}
MMX_LANES_INLINE f32x8 to_float(i32x8 x) {
    return __builtin_convertvector(x, f32x8);
}
MMX_LANES_INLINE i32x8 to_int(f32x8 x) {
    return __builtin_convertvector(x, i32x8);
}  // towards zero
MMX_LANES_INLINE f32x8 min(f32x8 a, f32x8 b) {
    return a < b ? a : b;
}
MMX_LANES_INLINE f32x8 max(f32x8 a, f32x8 b) {
    return a > b ? a : b;
}
MMX_LANES_INLINE f32x8 clamp(f32x8 x, float low, float high) {
    return min(max(x, all(low)), all(high));
}

// A phase of 2^32 a cycle as a fraction of a cycle in [-0.5, 0.5).
MMX_LANES_INLINE f32x8 cycle_of(u32x8 phase) {
    return to_float((i32x8)phase) * all(1.0f / 4294967296.0f);
}

// sin(2 pi x) for x in [-0.5, 0.5]: x folded to a quarter cycle, then an odd polynomial (error below 2e-6).
MMX_LANES_INLINE f32x8 sin_cycle(f32x8 x) {
    x = x > all(0.25f) ? all(0.5f) - x : x;
    x = x < all(-0.25f) ? all(-0.5f) - x : x;
    const f32x8 y = x * x;
    return x * (all(6.2831853f) +
                y * (all(-41.341702f) + y * (all(81.605249f) + y * (all(-76.705853f) + y * all(42.058693f) -
                                                                    y * y * all(15.094643f)))));
}

// 2^x for |x| < 100 (relative error below 3e-7).
MMX_LANES_INLINE f32x8 exp2_of(f32x8 x) {
    const f32x8 moved = x + all(0.5f);
    i32x8 whole = to_int(moved);
    whole += (to_float(whole) > moved);  // comparison gives -1: floor, so that |t| <= 0.5
    const f32x8 t = x - to_float(whole);
    const f32x8 m =
        all(1.0f) +
        t * (all(0.69314718f) +
             t * (all(0.24022651f) +
                  t * (all(0.055504109f) +
                       t * (all(0.0096181291f) + t * (all(0.0013333558f) + t * all(0.000154353f))))));
    return m * (f32x8)((whole + 127) << 23);
}

// tan(pi x) for x in [0, 0.45], the warping of a digital filter's cutoff.
MMX_LANES_INLINE f32x8 tan_pi(f32x8 x) {
    const f32x8 half = x * all(0.5f);
    return sin_cycle(half) / sin_cycle(all(0.25f) - half);
}

// Eight frames of y[n] = x[n] + share y[n-1]: a one-pole filter without waiting from frame to frame. Each
// step doubles how far back a frame looks, then what was there before the eight is added.
struct Recursion {
    float share, share2, share4;
    f32x8 powers;  // share ... share^8

    explicit Recursion(double s = 0) {
        share = static_cast<float>(s);
        share2 = static_cast<float>(s * s);
        share4 = static_cast<float>(s * s * s * s);
        double power = 1;
        for (std::size_t i = 0; i < kLanes; ++i) powers[i] = static_cast<float>(power *= s);
    }
    MMX_LANES_INLINE f32x8 over(f32x8 x, float before) const {
        const f32x8 none = {};
        x += share * __builtin_shufflevector(none, x, 0, 8, 9, 10, 11, 12, 13, 14);
        x += share2 * __builtin_shufflevector(none, x, 0, 0, 8, 9, 10, 11, 12, 13);
        x += share4 * __builtin_shufflevector(none, x, 0, 0, 0, 0, 8, 9, 10, 11);
        return x + powers * before;
    }
};
// The frames one earlier: `before`, then all but the last.
MMX_LANES_INLINE f32x8 one_ago(f32x8 x, float before) {
    return __builtin_shufflevector(all(before), x, 0, 8, 9, 10, 11, 12, 13, 14);
}

// A soft limit: x for small x, +-1 from +-3 on (a Pade approximant of tanh).
MMX_LANES_INLINE f32x8 soft(f32x8 x) {
    x = clamp(x, -3.0f, 3.0f);
    const f32x8 y = x * x;
    return x * (all(27.0f) + y) / (all(27.0f) + all(9.0f) * y);
}

}  // namespace mmx::perform::synth
