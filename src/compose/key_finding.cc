#include "compose/key_finding.h"

#include <algorithm>

#include "base/maths.h"

namespace mmx::compose {
namespace {

// D. Temperley, Music and Probability (2007), table 6.1: how often each degree is heard in a stretch of the
// Kostka-Payne corpus. Minor songs that use the seventh below the tonic are recognised by these, not by the
// hand-made profiles of 1999.
constexpr std::array<double, 12> kMajorProfile = {0.748, 0.060, 0.488, 0.082, 0.670, 0.460,
                                                  0.096, 0.715, 0.104, 0.366, 0.057, 0.400};
constexpr std::array<double, 12> kMinorProfile = {0.712, 0.084, 0.474, 0.618, 0.049, 0.460,
                                                  0.105, 0.747, 0.404, 0.067, 0.133, 0.330};

double correlation(const std::array<double, 12>& weights, const std::array<double, 12>& profile, int tonic) {
    double mean_w = 0, mean_p = 0;
    for (std::size_t i = 0; i < 12; ++i) mean_w += weights[i] / 12, mean_p += profile[i] / 12;
    double both = 0, w = 0, p = 0;
    for (std::size_t i = 0; i < 12; ++i) {
        const double a = weights[i] - mean_w;
        const double b = profile[(i + 12 - static_cast<std::size_t>(tonic)) % 12] - mean_p;
        both += a * b, w += a * a, p += b * b;
    }
    return both / base::sqrt(std::max(w * p, 1e-12));
}

}  // namespace

double key_margin(const std::array<double, 12>& pitch_classes, const music::Key& key) {
    const bool minor = music::facts(key.mode).minor_third;
    double own = -2, best_other = -2;
    for (int tonic = 0; tonic < 12; ++tonic)
        for (const bool third : {false, true}) {
            const double found = correlation(pitch_classes, third ? kMinorProfile : kMajorProfile, tonic);
            if (tonic == key.tonic && third == minor)
                own = found;
            else
                best_other = std::max(best_other, found);
        }
    return own - best_other;
}

}  // namespace mmx::compose
