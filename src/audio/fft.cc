#include "audio/fft.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/maths.h"

namespace mmx::audio {
namespace {

// Stockham's self-sorting transform: each stage reads one pair of arrays and writes the other, in order, so
// no bit reversal is needed and the inner loop runs over neighbours that a vector unit takes eight at a time.
//
// A radix-4 stage of length n (what is left) and stride s (what is done) turns n/4 groups of four:
// x[q + s (p + k n/4)], k = 0-3, becomes y[q + s (4 p + k)], turned by the k-th power of exp(-2 pi i p / n).
template <class Number>
[[gnu::always_inline]] inline void radix_4(std::size_t n, std::size_t s, const Number* turns,
                                           const Number* __restrict xr, const Number* __restrict xi,
                                           Number* __restrict yr, Number* __restrict yi) {
    const std::size_t m = n / 4;
    for (std::size_t p = 0; p < m; ++p) {
        const Number c1 = turns[6 * p], s1 = turns[6 * p + 1], c2 = turns[6 * p + 2], s2 = turns[6 * p + 3];
        const Number c3 = turns[6 * p + 4], s3 = turns[6 * p + 5];
        const std::size_t from = s * p, to = 4 * s * p;
        for (std::size_t q = 0; q < s; ++q) {
            const std::size_t a = from + q, b = a + s * m, c = b + s * m, d = c + s * m;
            const Number acr = xr[a] + xr[c], aci = xi[a] + xi[c], dr = xr[a] - xr[c], di = xi[a] - xi[c];
            const Number bdr = xr[b] + xr[d], bdi = xi[b] + xi[d], er = xr[b] - xr[d], ei = xi[b] - xi[d];
            const Number f1r = dr + ei, f1i = di - er, f2r = acr - bdr, f2i = aci - bdi, f3r = dr - ei,
                         f3i = di + er;
            yr[to + q] = acr + bdr;
            yi[to + q] = aci + bdi;
            yr[to + s + q] = f1r * c1 + f1i * s1;
            yi[to + s + q] = f1i * c1 - f1r * s1;
            yr[to + 2 * s + q] = f2r * c2 + f2i * s2;
            yi[to + 2 * s + q] = f2i * c2 - f2r * s2;
            yr[to + 3 * s + q] = f3r * c3 + f3i * s3;
            yi[to + 3 * s + q] = f3i * c3 - f3r * s3;
        }
    }
}

// The last stage when the size is an odd power of two: nothing is left to turn.
template <class Number>
[[gnu::always_inline]] inline void radix_2(std::size_t s, const Number* __restrict xr,
                                           const Number* __restrict xi, Number* __restrict yr,
                                           Number* __restrict yi) {
    for (std::size_t q = 0; q < s; ++q) {
        yr[q] = xr[q] + xr[q + s];
        yi[q] = xi[q] + xi[q + s];
        yr[q + s] = xr[q] - xr[q + s];
        yi[q + s] = xi[q] - xi[q + s];
    }
}

// All stages; true when the result lies in the second pair of arrays.
template <class Number>
[[gnu::always_inline]] inline bool stages(std::size_t size, const Number* turns, Number* ar, Number* ai,
                                          Number* br, Number* bi) {
    bool second = false;
    std::size_t n = size, s = 1;
    while (n > 1) {
        const Number *xr = second ? br : ar, *xi = second ? bi : ai;
        Number *yr = second ? ar : br, *yi = second ? ai : bi;
        if (n == 2) {
            radix_2(s, xr, xi, yr, yi);
            n = 1;
        } else {
            radix_4(n, s, turns, xr, xi, yr, yi);
            turns += 6 * (n / 4);
            n /= 4;
            s *= 4;
        }
        second = !second;
    }
    return second;
}

[[maybe_unused]] bool is_power_of_two(std::size_t n) {
    return n >= 2 && (n & (n - 1)) == 0;
}

}  // namespace

__attribute__((target_clones("avx2", "default"))) static bool run(std::size_t size, const float* turns,
                                                                  float* ar, float* ai, float* br,
                                                                  float* bi) {
    return stages(size, turns, ar, ai, br, bi);
}
__attribute__((target_clones("avx2", "default"))) static bool run(std::size_t size, const double* turns,
                                                                  double* ar, double* ai, double* br,
                                                                  double* bi) {
    return stages(size, turns, ar, ai, br, bi);
}

template <class Number>
Fft<Number>::Fft(std::size_t size) : size_(size), spare_real_(size), spare_imaginary_(size) {
    assert(is_power_of_two(size) && size <= 65536);
    auto turns = std::make_shared<std::vector<Number>>();
    for (std::size_t n = size; n >= 4; n /= 4) {
        for (std::size_t p = 0; p < n / 4; ++p) {
            for (std::size_t k = 1; k <= 3; ++k) {
                const double angle = base::kTwoPi * static_cast<double>(p * k) / static_cast<double>(n);
                turns->push_back(static_cast<Number>(base::cos(angle)));
                turns->push_back(static_cast<Number>(base::sin(angle)));
            }
        }
    }
    turns_ = std::move(turns);
}

template <class Number>
void Fft<Number>::forwards(std::span<Number> real, std::span<Number> imaginary) {
    assert(real.size() == size_ && imaginary.size() == size_);
    if (run(size_, turns_->data(), real.data(), imaginary.data(), spare_real_.data(),
            spare_imaginary_.data())) {
        std::copy(spare_real_.begin(), spare_real_.end(), real.begin());
        std::copy(spare_imaginary_.begin(), spare_imaginary_.end(), imaginary.begin());
    }
}

template <class Number>
void Fft<Number>::backwards(std::span<Number> real, std::span<Number> imaginary) {
    forwards(imaginary, real);  // swapping the parts before and after turns the direction round
}

template <class Number>
RealFft<Number>::RealFft(std::size_t size) : half_(size / 2), real_(size / 2), imaginary_(size / 2) {
    for (std::size_t k = 0; k <= size / 4; ++k) {
        const double angle = base::kTwoPi * static_cast<double>(k) / static_cast<double>(size);
        cosines_.push_back(static_cast<Number>(base::cos(angle)));
        sines_.push_back(static_cast<Number>(base::sin(angle)));
    }
}

// Even samples go in as real parts, odd ones as imaginary parts. With Z the transform of that, the even
// samples' transform is E = (Z[k] + conj Z[h-k]) / 2, the odd ones' is O = (Z[k] - conj Z[h-k]) / 2i, and the
// bin is E + O exp(-2 pi i k / size).
template <class Number>
void RealFft<Number>::forwards(std::span<const Number> signal, std::span<Number> real,
                               std::span<Number> imaginary) {
    const std::size_t h = half_.size();
    assert(signal.size() == 2 * h && real.size() == h + 1 && imaginary.size() == h + 1);
    for (std::size_t i = 0; i < h; ++i) {
        real_[i] = signal[2 * i];
        imaginary_[i] = signal[2 * i + 1];
    }
    half_.forwards(real_, imaginary_);
    real[0] = real_[0] + imaginary_[0];
    real[h] = real_[0] - imaginary_[0];
    imaginary[0] = imaginary[h] = 0;
    constexpr Number kHalf = Number(0.5);
    for (std::size_t k = 1; k <= h / 2; ++k) {
        const std::size_t j = h - k;
        const Number er = kHalf * (real_[k] + real_[j]), ei = kHalf * (imaginary_[k] - imaginary_[j]);
        const Number orr = kHalf * (imaginary_[k] + imaginary_[j]), oi = kHalf * (real_[j] - real_[k]);
        const Number c = cosines_[k], s = sines_[k];
        const Number tr = orr * c + oi * s, ti = oi * c - orr * s;
        real[k] = er + tr;
        imaginary[k] = ei + ti;
        real[j] = er - tr;
        imaginary[j] = ti - ei;
    }
}

template <class Number>
void RealFft<Number>::backwards(std::span<const Number> real, std::span<const Number> imaginary,
                                std::span<Number> signal) {
    const std::size_t h = half_.size();
    assert(signal.size() == 2 * h && real.size() == h + 1 && imaginary.size() == h + 1);
    constexpr Number kHalf = Number(0.5);
    real_[0] = kHalf * (real[0] + real[h]);
    imaginary_[0] = kHalf * (real[0] - real[h]);
    for (std::size_t k = 1; k <= h / 2; ++k) {
        const std::size_t j = h - k;
        const Number er = kHalf * (real[k] + real[j]), ei = kHalf * (imaginary[k] - imaginary[j]);
        const Number tr = kHalf * (real[k] - real[j]), ti = kHalf * (imaginary[k] + imaginary[j]);
        const Number c = cosines_[k], s = sines_[k];
        const Number orr = tr * c - ti * s, oi = ti * c + tr * s;
        real_[k] = er - oi;
        imaginary_[k] = ei + orr;
        real_[j] = er + oi;
        imaginary_[j] = orr - ei;
    }
    half_.backwards(real_, imaginary_);
    const Number scale = Number(1) / static_cast<Number>(h);
    for (std::size_t i = 0; i < h; ++i) {
        signal[2 * i] = real_[i] * scale;
        signal[2 * i + 1] = imaginary_[i] * scale;
    }
}

template class Fft<float>;
template class Fft<double>;
template class RealFft<float>;
template class RealFft<double>;

}  // namespace mmx::audio
