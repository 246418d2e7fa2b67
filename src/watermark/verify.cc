#include "watermark/verify.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "watermark/code.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kCandidates = 64;

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
    // The first candidates are likelier, so less of the risk is set aside for them: shares of 1, 1/2, 1/3 ...
    double shares = 0, best_sum = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) shares += 1 / static_cast<double>(i + 1);
    for (std::size_t rank = 0; rank < ids.size(); ++rank) {
        const std::uint64_t id = ids[rank], tag = key.tag(id);
        double sum = 0;
        for (std::size_t i = 0; i < kTagBits; ++i) sum += (tag >> i & 1) != 0 ? certain[i] : -certain[i];
        if (sum <= best_sum) continue;  // a later one that fits no better counts less
        best_sum = sum;
        const double p = chance_of(certain, sum) * shares * static_cast<double>(rank + 1);
        if (p < best.tag_p) best = {id, p, std::min(p, p * by_chance)};
    }
    return best;
}

}  // namespace mmx::watermark
