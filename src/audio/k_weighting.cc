#include "audio/k_weighting.h"

#include "base/maths.h"

namespace mmx::audio {

// The standard gives coefficients at 48 kHz only. Undoing its bilinear transform gives the analogue
// parameters below; the transform is then taken anew at the wanted rate.
KCoefficients k_shelf(int sample_rate) {
    constexpr double kHertz = 1681.974450955533;
    constexpr double kGainDb = 3.999843853973347;
    constexpr double kQ = 0.7071752369554196;
    const double k = base::tan(base::kPi * kHertz / sample_rate);
    const double high = base::decibels_to_gain(kGainDb);
    const double band = base::pow(high, 0.4996667741545416);
    const double a0 = 1.0 + k / kQ + k * k;
    return {(high + band * k / kQ + k * k) / a0, 2.0 * (k * k - high) / a0,
            (high - band * k / kQ + k * k) / a0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / kQ + k * k) / a0};
}

KCoefficients k_high_pass(int sample_rate) {
    constexpr double kHertz = 38.13547087602444;
    constexpr double kQ = 0.5003270373238773;
    const double k = base::tan(base::kPi * kHertz / sample_rate);
    const double a0 = 1.0 + k / kQ + k * k;
    return {1.0, -2.0, 1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / kQ + k * k) / a0};
}

namespace {

double gain_at(const KCoefficients& c, double hertz, int sample_rate) {
    const double angle = base::kTwoPi * hertz / sample_rate;
    const double c1 = base::cos(angle), s1 = base::sin(angle), c2 = base::cos(2 * angle),
                 s2 = base::sin(2 * angle);
    const auto square = [](double x) { return x * x; };
    const double above = square(c.b0 + c.b1 * c1 + c.b2 * c2) + square(c.b1 * s1 + c.b2 * s2);
    const double below = square(1.0 + c.a1 * c1 + c.a2 * c2) + square(c.a1 * s1 + c.a2 * s2);
    return base::sqrt(above / below);
}
double gain_at_997(int sample_rate) {
    return gain_at(k_shelf(sample_rate), 997, sample_rate) *
           gain_at(k_high_pass(sample_rate), 997, sample_rate);
}

}  // namespace

// Meters are calibrated at 997 Hz, and the bilinear transform bends the curve a little at other rates (0.2 dB
// at 8 kHz, 0.02 at 44.1 kHz): the gain there is made the same as at 48 kHz, on the shelf's side.
KWeighting::KWeighting(int sample_rate) : shelf_(k_shelf(sample_rate)), high_pass_(k_high_pass(sample_rate)) {
    if (sample_rate == 48000) return;
    const double correction = gain_at_997(48000) / gain_at_997(sample_rate);
    shelf_.b0 *= correction;
    shelf_.b1 *= correction;
    shelf_.b2 *= correction;
}

double KWeighting::add(const float* left, const float* right, std::size_t frames) {
    const auto both = [](double x) { return Pair{x, x}; };
    const Pair b0 = both(shelf_.b0), b1 = both(shelf_.b1), b2 = both(shelf_.b2);
    const Pair a1 = both(shelf_.a1), a2 = both(shelf_.a2);
    const Pair c1 = both(high_pass_.a1), c2 = both(high_pass_.a2);
    Pair s1 = shelf1_, s2 = shelf2_, h1 = high1_, h2 = high2_;
    Pair sum{};
    for (std::size_t i = 0; i < frames; ++i) {
        const Pair x{static_cast<double>(left[i]), static_cast<double>(right[i])};
        const Pair y = b0 * x + s1;
        s1 = (b1 * x + s2) - a1 * y;
        s2 = b2 * x - a2 * y;
        const Pair z = y + h1;
        h1 = (h2 - (y + y)) - c1 * z;
        h2 = y - c2 * z;
        sum += z * z;
    }
    shelf1_ = s1, shelf2_ = s2, high1_ = h1, high2_ = h2;
    return sum[0] + sum[1];
}

}  // namespace mmx::audio
