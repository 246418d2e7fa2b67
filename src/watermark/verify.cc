#include "watermark/verify.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "watermark/code.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kCandidates = 32;

double log_cosh(double x) {
    x = std::fabs(x);
    return x + std::log1p(std::exp(-2 * x)) - std::log(2.0);
}

double chance_of(const std::array<double, kTagBits>& certain, double sum) {
    double best = 0;
    for (double t = 0.05; t < 40; t *= 1.15) {
        double bound = -t * sum;
        for (const double a : certain) bound += log_cosh(t * a);
        best = std::min(best, bound);
    }
    return std::exp(best);
}

}  // namespace

bool Reading::counts() const {
    return p_value < kCertain && tag_p < kCertainTag;
}

Reading read_id(const Key& key, const Soft& soft, double places) {
    std::array<float, kSymbols> z{};
    for (std::size_t i = 0; i < kSymbols; ++i)
        z[i] = soft.weight[i] > 0 ? soft.sum[i] / std::sqrt(soft.weight[i]) : 0.0f;
    // The mark's strength, from the sync: mean over standard deviation of one tag bit.
    const float sync = std::max(z[kSyncSymbol], 0.0f);
    double strength = 0;
    if (soft.weight[kSyncSymbol] > 0)
        strength = static_cast<double>(sync) *
                   std::sqrt(static_cast<double>(soft.weight[kTagSymbol] / soft.weight[kSyncSymbol]));
    strength = std::clamp(strength, 0.5, 6.0);
    std::array<double, kTagBits> certain;
    for (std::size_t i = 0; i < kTagBits; ++i)
        certain[i] = std::tanh(strength * static_cast<double>(z[kTagSymbol + i]));

    const double z_sync = static_cast<double>(sync);
    const double by_chance = std::min(1.0, places * std::exp(-z_sync * z_sync / 2));

    Reading best;
    const auto ids = decode_ids(std::span<const float, kCodeBits>(z.data(), kCodeBits), kCandidates);
    for (const std::uint64_t id : ids) {
        const std::uint64_t tag = key.tag(id);
        double sum = 0;
        for (std::size_t i = 0; i < kTagBits; ++i) sum += (tag >> i & 1) != 0 ? certain[i] : -certain[i];
        if (sum <= 0) continue;
        const double p = chance_of(certain, sum) * static_cast<double>(ids.size());
        if (p < best.tag_p) best = {id, p, std::min(p, p * by_chance)};
    }
    return best;
}

}  // namespace mmx::watermark
