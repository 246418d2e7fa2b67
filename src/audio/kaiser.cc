#include "audio/kaiser.h"

#include "base/maths.h"

namespace mmx::audio {
namespace {

// Modified Bessel function of the first kind, order 0, by its series.
double bessel_i0(double x) {
    double sum = 1.0, term = 1.0;
    for (int k = 1; k < 40; ++k) {
        term *= (x / (2.0 * k)) * (x / (2.0 * k));
        sum += term;
    }
    return sum;
}

}  // namespace

double kaiser(double x, double beta) {
    const double square = 1.0 - x * x;
    return square <= 0 ? 0.0 : bessel_i0(beta * base::sqrt(square)) / bessel_i0(beta);
}

double sinc(double x) {
    if (x == 0.0) return 1.0;
    return base::sin(base::kPi * x) / (base::kPi * x);
}

}  // namespace mmx::audio
