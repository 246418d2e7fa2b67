#include "base/random.h"

#include <cassert>

namespace mmx::base {
namespace {

// The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
// number generators", 2014): every input bit reaches every output bit.
constexpr std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}
constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ULL;

}  // namespace

Chance::Chance(std::uint64_t seed, Stream stream, Place place) {
    std::uint64_t key = mix(seed + kGolden);
    key = mix(key ^ mix(static_cast<std::uint64_t>(stream) + 1 * kGolden));
    key = mix(key ^ mix(place.section + 2 * kGolden));
    key = mix(key ^ mix(place.bar + 3 * kGolden));
    key_ = mix(key ^ mix(place.index + 4 * kGolden));
}

std::uint64_t Chance::bits() {
    return mix(key_ + ++counter_ * kGolden);
}

double Chance::uniform() {
    return static_cast<double>(bits() >> 11) * 0x1.0p-53;
}

double Chance::uniform(double low, double high) {
    return low + (high - low) * uniform();
}

int Chance::integer(int low, int high) {
    assert(low <= high);
    const auto span = static_cast<std::uint64_t>(high - low) + 1;
    // Multiply-shift: the bias is below 2^-32 for the small ranges music needs.
    return low + static_cast<int>(((bits() >> 32) * span) >> 32);
}

bool Chance::happens(double probability) {
    return uniform() < probability;
}

double Chance::normal() {
    double sum = -6.0;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
}

std::size_t Chance::pick(std::span<const double> weights) {
    double total = 0.0;
    for (const double weight : weights) total += weight;
    double left = uniform() * total;
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
        if (left < weights[i]) return i;
        left -= weights[i];
    }
    // Rounding may leave a crumb: give it to the last index that has a chance at all.
    for (std::size_t i = weights.size(); i-- > 0;)
        if (weights[i] > 0.0) return i;
    return 0;
}

}  // namespace mmx::base
