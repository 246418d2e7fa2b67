#include "codec/quantise.h"

#include <algorithm>

namespace mmx::codec {
namespace {

// Round half up, without libm: shifted into the positive, where cutting off is rounding down.
std::int32_t round_within(double x, double full_scale) {
    if (!(x >= -full_scale)) x = x < 0 ? -full_scale : 0.0;  // the other case is not a number
    x = std::min(x, full_scale - 1.0);
    return static_cast<std::int32_t>(static_cast<std::int64_t>(x + full_scale + 0.5)) -
           static_cast<std::int32_t>(full_scale);
}

// SplitMix64's finaliser over the sample's number (see base/random.cc): 64 even bits.
std::uint64_t noise_bits(std::uint64_t number) {
    std::uint64_t z = (number + 1) * 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

double triangular(std::uint64_t number) {  // (-1, 1): the difference of two even numbers
    const std::uint64_t bits = noise_bits(number);
    const auto a = static_cast<std::int64_t>(bits >> 32), b = static_cast<std::int64_t>(bits & 0xffffffffULL);
    return static_cast<double>(a - b) * 0x1.0p-32;
}

}  // namespace

void quantise_24(audio::ConstStereoView audio, std::span<std::int32_t> out) {
    for (std::size_t i = 0; i < audio.frames(); ++i) {
        out[2 * i] = round_within(static_cast<double>(audio.left[i]) * 8388608.0, 8388608.0);
        out[2 * i + 1] = round_within(static_cast<double>(audio.right[i]) * 8388608.0, 8388608.0);
    }
}

void quantise_16(audio::ConstStereoView audio, std::uint64_t first_frame, std::span<std::int32_t> out) {
    for (std::size_t i = 0; i < audio.frames(); ++i) {
        const std::uint64_t number = 2 * (first_frame + i);
        out[2 * i] = round_within(static_cast<double>(audio.left[i]) * 32768.0 + triangular(number), 32768.0);
        out[2 * i + 1] =
            round_within(static_cast<double>(audio.right[i]) * 32768.0 + triangular(number + 1), 32768.0);
    }
}

}  // namespace mmx::codec
