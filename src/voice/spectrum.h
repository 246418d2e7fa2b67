// The arithmetic of one pitch period, on rows of bins: written once with vector extensions, the same bits
// with and without AVX2.
#pragma once

#include <cstddef>

namespace mmx::voice {

// Rows of bins are padded to whole vectors.
inline constexpr std::size_t kLane = 8;
constexpr std::size_t padded(std::size_t bins) {
    return (bins + kLane - 1) / kLane * kLane;
}

// out[k] = base[k] + sum over m of weights[m] rows[m * bins + k]; `bins` a multiple of kLane.
void weighted_rows(const float* rows, const float* weights, std::size_t count, const float* base, float* out,
                   std::size_t bins);

// (real, imaginary) = exp(log_amplitude + i phase) times (pulse exp(-i k delay) + noise spectrum times
// noise). Relative error of the exponential and absolute error of the turns about 1e-6, for |phase + k delay|
// to 1e4.
struct Excitation {
    const float* pulse;       // amplitude in each bin
    const float* noise;       // amplitude in each bin
    const float* noise_real;  // the burst's spectrum
    const float* noise_imaginary;
    float delay = 0;  // radians a bin
};
void excite(const float* log_amplitude, const float* phase, const Excitation& excitation, float* real,
            float* imaginary, std::size_t bins);

// to[i] += from[i] * gain.
void add_scaled(const float* from, float gain, float* to, std::size_t count);

}  // namespace mmx::voice
