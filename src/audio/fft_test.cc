#include "audio/fft.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>

namespace mmx::audio {
namespace {

template <class Number>
std::vector<Number> noise(std::size_t size, std::uint32_t seed) {
    std::vector<Number> x(size);
    for (Number& value : x) {
        seed = seed * 1664525u + 1013904223u;
        value = static_cast<Number>(static_cast<double>(seed >> 8) / (1 << 23) - 1.0);
    }
    return x;
}

template <class Number>
class FftOf : public testing::Test {
  public:
    static constexpr double kTolerance = sizeof(Number) == 4 ? 1e-6 : 1e-13;
};
using Numbers = testing::Types<float, double>;
TYPED_TEST_SUITE(FftOf, Numbers);

TYPED_TEST(FftOf, Equals_the_sum_that_defines_it) {
    for (const std::size_t size : {2u, 4u, 8u, 16u, 32u, 128u, 512u, 1024u}) {
        const auto re = noise<TypeParam>(size, 1), im = noise<TypeParam>(size, 2);
        auto real = re, imaginary = im;
        Fft<TypeParam>(size).forwards(real, imaginary);
        for (std::size_t k = 0; k < size; ++k) {
            std::complex<double> sum = 0;
            for (std::size_t n = 0; n < size; ++n) {
                const double angle =
                    -2 * std::numbers::pi * static_cast<double>(n * k % size) / static_cast<double>(size);
                sum += std::complex<double>(re[n], im[n]) * std::polar(1.0, angle);
            }
            const double bound = this->kTolerance * 4 * std::sqrt(static_cast<double>(size));
            ASSERT_NEAR(static_cast<double>(real[k]), sum.real(), bound) << size << " " << k;
            ASSERT_NEAR(static_cast<double>(imaginary[k]), sum.imag(), bound) << size << " " << k;
        }
    }
}

TYPED_TEST(FftOf, Comes_back_from_a_round_trip_at_every_size) {
    for (std::size_t size = 2; size <= 65536; size *= 2) {
        const auto re = noise<TypeParam>(size, 3), im = noise<TypeParam>(size, 4);
        auto real = re, imaginary = im;
        Fft<TypeParam> plan(size);
        plan.forwards(real, imaginary);
        plan.backwards(real, imaginary);
        for (std::size_t i = 0; i < size; ++i) {
            ASSERT_NEAR(static_cast<double>(real[i]) / static_cast<double>(size), static_cast<double>(re[i]),
                        this->kTolerance)
                << size;
            ASSERT_NEAR(static_cast<double>(imaginary[i]) / static_cast<double>(size),
                        static_cast<double>(im[i]), this->kTolerance);
        }
    }
}

TYPED_TEST(FftOf, Keeps_the_energy) {  // Parseval
    for (const std::size_t size : {64u, 4096u, 32768u}) {
        auto real = noise<TypeParam>(size, 5), imaginary = noise<TypeParam>(size, 6);
        const auto energy = [&] {
            double sum = 0;
            for (std::size_t i = 0; i < size; ++i)
                sum += static_cast<double>(real[i]) * static_cast<double>(real[i]) +
                       static_cast<double>(imaginary[i]) * static_cast<double>(imaginary[i]);
            return sum;
        };
        const double before = energy();
        Fft<TypeParam>(size).forwards(real, imaginary);
        EXPECT_NEAR(energy() / static_cast<double>(size) / before, 1, this->kTolerance);
    }
}

TYPED_TEST(FftOf, Of_real_signals_is_half_of_the_complex_one_and_comes_back) {
    for (const std::size_t size : {4u, 8u, 64u, 2048u, 131072u}) {
        const auto signal = noise<TypeParam>(size, 7);
        RealFft<TypeParam> plan(size);
        std::vector<TypeParam> re(plan.bins()), im(plan.bins()), back(size);
        plan.forwards(signal, re, im);
        if (size <= 65536) {
            auto real = signal;
            std::vector<TypeParam> imaginary(size);
            Fft<TypeParam>(size).forwards(real, imaginary);
            const double bound = this->kTolerance * 4 * std::sqrt(static_cast<double>(size));
            for (std::size_t k = 0; k < plan.bins(); ++k) {
                ASSERT_NEAR(static_cast<double>(re[k]), static_cast<double>(real[k]), bound)
                    << size << " " << k;
                ASSERT_NEAR(static_cast<double>(im[k]), static_cast<double>(imaginary[k]), bound)
                    << size << " " << k;
            }
        }
        plan.backwards(re, im, back);
        for (std::size_t i = 0; i < size; ++i)
            ASSERT_NEAR(static_cast<double>(back[i]), static_cast<double>(signal[i]), this->kTolerance);
    }
}

TEST(Fft, Is_fast_enough_for_convolution) {
    Fft<float> plan(4096);
    auto re = noise<float>(4096, 1), im = noise<float>(4096, 2);
    double best = 1;
    for (int i = 0; i < 50; ++i) {
        const auto start = std::chrono::steady_clock::now();
        plan.forwards(re, im);
        best =
            std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        for (std::size_t k = 0; k < 4096; ++k) re[k] *= 1.0f / 64, im[k] *= 1.0f / 64;
    }
    RecordProperty("microseconds", std::to_string(best * 1e6));
    EXPECT_LT(best, 500e-6);  // 20-30 us on a free core; the bound only catches a broken vectorisation
}

}  // namespace
}  // namespace mmx::audio
