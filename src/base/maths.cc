#include "base/maths.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace mmx::base {
namespace {

// 1 / k!, and 1 / (2 k + 1).
constexpr std::array<double, 14> kInverseFactorials = [] {
    std::array<double, 14> inverses{1.0};
    double factorial = 1;
    for (std::size_t k = 1; k < inverses.size(); ++k)
        inverses[k] = 1.0 / (factorial *= static_cast<double>(k));
    return inverses;
}();
constexpr std::array<double, 13> kOddInverses = [] {
    std::array<double, 13> inverses{};
    for (std::size_t k = 0; k < inverses.size(); ++k) inverses[k] = 1.0 / static_cast<double>(2 * k + 1);
    return inverses;
}();

// Taylor series with Horner's rule: on these short ranges their error is below 1e-15.
double sin_small(double x) {  // |x| <= pi/4
    const double y = x * x;
    return x * (1.0 +
                y * (-1.0 / 6 +
                     y * (1.0 / 120 + y * (-1.0 / 5040 +
                                           y * (1.0 / 362880 + y * (-1.0 / 39916800 +
                                                                    y * (1.0 / 6227020800.0 +
                                                                         y * (-1.0 / 1307674368000.0))))))));
}

double cos_small(double x) {
    const double y = x * x;
    return 1.0 + y * (-0.5 + y * (1.0 / 24 +
                                  y * (-1.0 / 720 +
                                       y * (1.0 / 40320 + y * (-1.0 / 3628800 +
                                                               y * (1.0 / 479001600.0 +
                                                                    y * (-1.0 / 87178291200.0 +
                                                                         y * (1.0 / 20922789888000.0))))))));
}

// Cody and Waite: pi/2 in two parts, the first with trailing zero bits, so that n times it is exact.
struct Reduced {
    double rest;
    int quadrant;
};
Reduced reduce(double x) {
    constexpr double kHigh = 1.57079632673412561417e+00;
    constexpr double kLow = 6.07710050650619224932e-11;
    const double n = floor(x * (2.0 / kPi) + 0.5);
    const double rest = (x - n * kHigh) - n * kLow;
    return {rest, static_cast<int>(static_cast<std::int64_t>(n) & 3)};
}

}  // namespace

double sqrt(double x) {
    return __builtin_sqrt(x);
}

double floor(double x) {
    if (!(x > -4.5e15 && x < 4.5e15)) return x;
    const double whole = static_cast<double>(static_cast<std::int64_t>(x));
    return whole > x ? whole - 1.0 : whole;
}

double sin(double x) {
    const auto [r, quadrant] = reduce(x);
    switch (quadrant) {
        case 0:
            return sin_small(r);
        case 1:
            return cos_small(r);
        case 2:
            return -sin_small(r);
        default:
            return -cos_small(r);
    }
}

double cos(double x) {
    const auto [r, quadrant] = reduce(x);
    switch (quadrant) {
        case 0:
            return cos_small(r);
        case 1:
            return -sin_small(r);
        case 2:
            return -cos_small(r);
        default:
            return sin_small(r);
    }
}

double tan(double x) {
    return sin(x) / cos(x);
}

double atan(double x) {
    if (x < 0) return -atan(-x);
    if (x > 1) return kPi / 2 - atan(1 / x);
    // Halve the angle twice (atan x = 2 atan(x / (1 + sqrt(1 + x^2)))): |x| <= 0.2, where the series is
    // quick.
    double scale = 1.0;
    for (int i = 0; i < 2; ++i) {
        x = x / (1.0 + sqrt(1.0 + x * x));
        scale *= 2.0;
    }
    const double y = x * x;
    double sum = 0.0;
    for (std::size_t k = kOddInverses.size(); k-- > 0;) sum = sum * -y + kOddInverses[k];
    return scale * x * sum;
}

double exp2(double x) {
    if (x != x) return x;
    if (x < -1074) return 0.0;
    if (x > 1023.9) x = 1023.9;
    const double n = floor(x + 0.5);
    const double t = (x - n) * 0.69314718055994530942;  // |t| <= 0.347
    // The series' even and odd terms by themselves: neither Horner chain waits for the other, and no division
    // does.
    constexpr auto& c = kInverseFactorials;
    const double u = t * t;
    const double even = c[0] + u * (c[2] + u * (c[4] + u * (c[6] + u * (c[8] + u * (c[10] + u * c[12])))));
    const double odd = c[1] + u * (c[3] + u * (c[5] + u * (c[7] + u * (c[9] + u * (c[11] + u * c[13])))));
    const double sum = even + t * odd;
    // Two steps, so that results down to the smallest denormal come out right.
    const auto whole = static_cast<std::int64_t>(n);
    const std::int64_t half = whole / 2;
    const auto power = [](std::int64_t e) {
        return std::bit_cast<double>(static_cast<std::uint64_t>(e + 1023) << 52);
    };
    return sum * power(half) * power(whole - half);
}

double exp(double x) {
    return exp2(x * 1.44269504088896340736);
}

double log(double x) {
    if (!(x > 0)) return -762.5;
    int exponent = 0;
    if (x < 0x1.0p-1000) {
        x *= 0x1.0p+100;
        exponent -= 100;
    }
    const auto bits = std::bit_cast<std::uint64_t>(x);
    exponent += static_cast<int>((bits >> 52) & 0x7ff) - 1023;
    double m = std::bit_cast<double>((bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        ++exponent;
    }
    // log m = 2 atanh((m-1)/(m+1)); |s| <= 0.172
    const double s = (m - 1.0) / (m + 1.0);
    const double y = s * s;
    double sum = 0.0;
    for (std::size_t k = kOddInverses.size() - 2; k-- > 0;) sum = sum * y + kOddInverses[k];
    return exponent * 0.69314718055994530942 + 2.0 * s * sum;
}

double log2(double x) {
    return x > 0 ? log(x) * 1.44269504088896340736 : -1100.0;
}
double log10(double x) {
    return log(x) * 0.43429448190325182765;
}

double pow(double base, double exponent) {
    if (base <= 0) return exponent == 0 ? 1.0 : 0.0;
    return exp2(exponent * log2(base));
}

double tanh(double x) {
    if (x > 20) return 1.0;
    if (x < -20) return -1.0;
    if (x > -1e-3 && x < 1e-3) return x * (1.0 - x * x * (1.0 / 3 - x * x * (2.0 / 15)));
    const double e = exp(2.0 * x);
    return (e - 1.0) / (e + 1.0);
}

}  // namespace mmx::base
