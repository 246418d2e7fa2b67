#include "watermark/rates.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "audio/kaiser.h"
#include "watermark/eight.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kPairs = 12;

// Tap 2 i + 1 to either side of the middle, which is 1/2; even taps are 0.
std::array<float, kPairs> design() {
    std::array<double, kPairs> taps{};
    double sum = 0;
    for (std::size_t i = 0; i < kPairs; ++i) {
        const double distance = 2.0 * static_cast<double>(i) + 1.0;
        taps[i] = 0.5 * audio::sinc(distance / 2) * audio::kaiser(distance / 24.0, 6.2);
        sum += 2 * taps[i];
    }
    std::array<float, kPairs> scaled{};
    for (std::size_t i = 0; i < kPairs; ++i) scaled[i] = static_cast<float>(taps[i] * 0.5 / sum);
    return scaled;
}
const std::array<float, kPairs> kTaps = design();

}  // namespace

// y[m] = scale (middle[m] + 2 sum taps[i] (sides[m + i] + sides[m - 1 - i])), eight at a time.
__attribute__((target_clones("avx2", "default"))) static void filter(const float* middle, const float* sides,
                                                                     float scale, float* y,
                                                                     std::size_t count) {
    for (std::size_t m = 0; m < count; m += 8) {
        Eight sum = {};
        for (std::size_t i = 0; i < kPairs; ++i)
            sum += kTaps[i] * (load(sides + m + i) + load(sides + m - 1 - i));
        if (middle != nullptr) sum += 0.5f * load(middle + m);
        sum *= scale;
        __builtin_memcpy(y + m, &sum, sizeof sum);
    }
}

void halve(std::span<const float> whole, std::ptrdiff_t first, std::span<float> half) {
    // Even and odd samples apart, with silence where there is no signal.
    const std::size_t count = (half.size() + 7) / 8 * 8, room = count + 2 * kPairs;
    // Kept from call to call: fresh memory costs more than the filter.
    thread_local std::vector<float> even, odd, result;
    even.assign(room, 0.0f);
    odd.assign(room, 0.0f);
    result.resize(count);
    const auto frames = static_cast<std::ptrdiff_t>(whole.size());
    for (std::size_t i = 0; i < room; ++i) {
        const std::ptrdiff_t at =
            2 * (first + static_cast<std::ptrdiff_t>(i) - static_cast<std::ptrdiff_t>(kPairs));
        if (at >= 0 && at < frames) even[i] = whole[static_cast<std::size_t>(at)];
        if (at + 1 >= 0 && at + 1 < frames) odd[i] = whole[static_cast<std::size_t>(at + 1)];
    }
    filter(even.data() + kPairs, odd.data() + kPairs, 1.0f, result.data(), count);
    std::copy_n(result.begin(), half.size(), half.begin());
}

void double_rate(std::span<const float> half, std::size_t before, std::span<float> whole) {
    const std::size_t count = (whole.size() + 1) / 2, padded = (count + 7) / 8 * 8;
    assert(before >= kDoubleReach && half.size() >= before + count + kDoubleReach);
    thread_local std::vector<float> room, between;
    room.assign(padded + 2 * kPairs + 8, 0.0f);
    between.resize(padded);
    const std::size_t from = before - kPairs;
    std::copy_n(half.begin() + static_cast<std::ptrdiff_t>(from), std::min(room.size(), half.size() - from),
                room.begin());
    // Between sample m and m + 1: sides[m + 1 + i] and sides[m - i].
    filter(nullptr, room.data() + kPairs + 1, 2.0f, between.data(), padded);
    for (std::size_t m = 0; m < count; ++m) {
        whole[2 * m] = room[kPairs + m];
        if (2 * m + 1 < whole.size()) whole[2 * m + 1] = between[m];
    }
}

}  // namespace mmx::watermark
