#include "voice/spectrum.h"

#include <cstdint>
#include <cstring>

namespace mmx::voice {
namespace {

typedef float Floats8 __attribute__((vector_size(32)));
typedef std::int32_t Ints8 __attribute__((vector_size(32)));
#define MMX_VOICE_KERNEL __attribute__((target_clones("avx2", "default")))
#define MMX_VOICE_INLINE [[gnu::always_inline]] inline

MMX_VOICE_INLINE Floats8 load(const float* from) {
    Floats8 value;
    std::memcpy(&value, from, sizeof value);
    return value;
}
MMX_VOICE_INLINE void store(Floats8 value, float* to) {
    std::memcpy(to, &value, sizeof value);
}
MMX_VOICE_INLINE Floats8 bits_to_floats(Ints8 bits) {
    Floats8 value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}
MMX_VOICE_INLINE Ints8 floats_to_bits(Floats8 value) {
    Ints8 bits;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

// To the nearest whole number, by pushing the fraction out of the mantissa.
constexpr float kPush = 12582912.0f;  // 1.5 * 2^23
MMX_VOICE_INLINE Floats8 nearest(Floats8 x) {
    return (x + kPush) - kPush;
}

MMX_VOICE_INLINE Floats8 exponential(Floats8 x) {
    Floats8 y = x * 1.44269504f;
    y = y < -120.0f ? Floats8{} - 120.0f : y;
    y = y > 120.0f ? Floats8{} + 120.0f : y;
    const Floats8 whole = nearest(y), f = y - whole;
    // Taylor's series of 2^f to the sixth power: |f| <= 0.5.
    Floats8 p = Floats8{} + 1.5403530e-4f;
    p = p * f + 1.3333558e-3f;
    p = p * f + 9.6181291e-3f;
    p = p * f + 5.5504109e-2f;
    p = p * f + 2.4022651e-1f;
    p = p * f + 6.9314718e-1f;
    p = p * f + 1.0f;
    const Ints8 exponent = __builtin_convertvector(whole, Ints8);
    return bits_to_floats(floats_to_bits(p) + (exponent << 23));
}

MMX_VOICE_INLINE void turn(Floats8 angle, Floats8& cosine, Floats8& sine) {
    const Floats8 quarter = nearest(angle * 0.636619772f);
    Floats8 r = angle - quarter * 1.57073974609375f;  // pi / 2 in three pieces
    r = r - quarter * 5.657970905303955e-5f;
    r = r - quarter * 9.920936294705029e-10f;
    const Floats8 r2 = r * r;
    const Floats8 s = r + r * r2 * (-1.6666654611e-1f + r2 * (8.3321608736e-3f + r2 * -1.9515295891e-4f));
    const Floats8 c =
        1.0f - 0.5f * r2 +
        r2 * r2 * (4.166664568298827e-2f + r2 * (-1.388731625493765e-3f + r2 * 2.443315711809948e-5f));
    const Ints8 q = __builtin_convertvector(quarter, Ints8);
    const Ints8 swap = (q & 1) != 0;
    cosine = bits_to_floats((swap & floats_to_bits(s)) | (~swap & floats_to_bits(c)));
    sine = bits_to_floats((swap & floats_to_bits(c)) | (~swap & floats_to_bits(s)));
    cosine = bits_to_floats(floats_to_bits(cosine) ^ (((q + 1) & 2) << 30));
    sine = bits_to_floats(floats_to_bits(sine) ^ ((q & 2) << 30));
}

}  // namespace

MMX_VOICE_KERNEL void weighted_rows(const float* rows, const float* weights, std::size_t count,
                                    const float* base, float* out, std::size_t bins) {
    for (std::size_t k = 0; k < bins; k += 2 * kLane) {
        const bool both = k + kLane < bins;
        Floats8 low = load(base + k), high = both ? load(base + k + kLane) : Floats8{};
        const float* row = rows + k;
        if (both) {
            for (std::size_t m = 0; m < count; ++m, row += bins) {
                low = low + weights[m] * load(row);
                high = high + weights[m] * load(row + kLane);
            }
            store(high, out + k + kLane);
        } else {
            for (std::size_t m = 0; m < count; ++m, row += bins) low = low + weights[m] * load(row);
        }
        store(low, out + k);
    }
}

MMX_VOICE_KERNEL void excite(const float* log_amplitude, const float* phase, const Excitation& excitation,
                             float* real, float* imaginary, std::size_t bins) {
    const Floats8 ramp = {0, 1, 2, 3, 4, 5, 6, 7};
    for (std::size_t k = 0; k < bins; k += kLane) {
        const Floats8 amplitude = exponential(load(log_amplitude + k));
        Floats8 c, s;
        turn(load(phase + k), c, s);
        const Floats8 h_real = amplitude * c, h_imaginary = amplitude * s;
        turn((ramp + static_cast<float>(k)) * -excitation.delay, c, s);
        const Floats8 pulse = load(excitation.pulse + k), noise = load(excitation.noise + k);
        const Floats8 e_real = pulse * c + noise * load(excitation.noise_real + k);
        const Floats8 e_imaginary = pulse * s + noise * load(excitation.noise_imaginary + k);
        store(h_real * e_real - h_imaginary * e_imaginary, real + k);
        store(h_real * e_imaginary + h_imaginary * e_real, imaginary + k);
    }
}

MMX_VOICE_KERNEL void add_scaled(const float* from, float gain, float* to, std::size_t count) {
    std::size_t i = 0;
    for (; i + kLane <= count; i += kLane) store(load(to + i) + load(from + i) * gain, to + i);
    for (; i < count; ++i) to[i] += from[i] * gain;
}

}  // namespace mmx::voice
