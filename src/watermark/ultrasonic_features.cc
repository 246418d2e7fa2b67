#include "watermark/ultrasonic_features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "base/maths.h"
#include "watermark/baseband.h"
#include "watermark/carriers.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kWindowSymbols = 100;  // two seconds share one timing
constexpr std::size_t kPortion = 20000;      // base samples at once

// The whole signal at the base rate, with room behind the end.
Baseband whole_baseband(std::span<const float> middle, std::size_t count) {
    Baseband all{std::vector<float>(count), std::vector<float>(count)};
    for (std::size_t at = 0; at < count; at += kPortion) {
        const std::size_t part = std::min(kPortion, count - at);
        const Baseband one = to_baseband(middle, static_cast<std::ptrdiff_t>(at), part);
        std::copy(one.re.begin(), one.re.end(), all.re.begin() + static_cast<std::ptrdiff_t>(at));
        std::copy(one.im.begin(), one.im.end(), all.im.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return all;
}

// How well a guard that starts at each of the 80 places matches what comes 64 samples later, over some
// symbols.
std::array<float, kSymbol> guard_matches(const Baseband& band, std::size_t first, std::size_t symbols) {
    std::array<float, kSymbol> products{};
    for (std::size_t s = 0; s < symbols; ++s) {
        for (std::size_t i = 0; i < kSymbol; ++i) {
            const std::size_t a = first + s * kSymbol + i, b = a + kUseful;
            if (b >= band.re.size()) break;
            const float power = band.re[a] * band.re[a] + band.im[a] * band.im[a] + band.re[b] * band.re[b] +
                                band.im[b] * band.im[b];
            if (power > 0) products[i] += (band.re[a] * band.re[b] + band.im[a] * band.im[b]) / power;
        }
    }
    std::array<float, kSymbol> sums{};
    for (std::size_t start = 0; start < kSymbol; ++start)
        for (std::size_t i = 0; i < kGuard; ++i) sums[start] += products[(start + i) % kSymbol];
    return sums;
}

struct Turns {
    std::array<float, kUseful> cosine, sine;
    Turns() {
        for (std::size_t i = 0; i < kUseful; ++i) {
            cosine[i] = static_cast<float>(base::cos(base::kTwoPi * static_cast<double>(i) / kUseful));
            sine[i] = static_cast<float>(base::sin(base::kTwoPi * static_cast<double>(i) / kUseful));
        }
    }
};

}  // namespace

std::vector<std::int8_t> ultrasonic_features(std::span<const float> middle) {
    static const Turns turns;
    const std::size_t symbols = middle.size() / (kSymbol * kBaseStep);
    if (symbols < 2) return {};
    const Baseband band = whole_baseband(middle, (symbols + 2) * kSymbol);
    std::vector<float> re(symbols * kCarriers), im(symbols * kCarriers);
    std::ptrdiff_t timing = 0;
    for (std::size_t first = 0; first < symbols; first += kWindowSymbols) {
        const std::size_t count = std::min(kWindowSymbols, symbols - first);
        // Half a window more on each side steadies the estimate.
        const std::size_t from = first > kWindowSymbols / 2 ? first - kWindowSymbols / 2 : 0;
        const auto matches =
            guard_matches(band, from * kSymbol, std::min(symbols, first + count + kWindowSymbols / 2) - from);
        const auto best = std::max_element(matches.begin(), matches.end()) - matches.begin();
        // Near the last window's place, numbering goes on: it may run a little below 0 or beyond 79.
        std::ptrdiff_t moved = best - timing % static_cast<std::ptrdiff_t>(kSymbol);
        if (moved > static_cast<std::ptrdiff_t>(kSymbol / 2)) moved -= kSymbol;
        if (moved < -static_cast<std::ptrdiff_t>(kSymbol / 2)) moved += kSymbol;
        if (first == 0 || std::abs(moved) > 4)
            timing = best;
        else
            timing = std::clamp<std::ptrdiff_t>(timing + moved, -8, kSymbol + 8);
        for (std::size_t s = first; s < first + count; ++s) {
            const std::ptrdiff_t start =
                static_cast<std::ptrdiff_t>(s * kSymbol) + timing + static_cast<std::ptrdiff_t>(kGuard / 2);
            for (std::size_t k = 0; k < kCarriers; ++k) {
                const int number = carrier_number(k);
                float a = 0, b = 0;
                for (std::size_t i = 0; i < kUseful; ++i) {
                    const auto at = static_cast<std::size_t>(
                        std::clamp<std::ptrdiff_t>(start + static_cast<std::ptrdiff_t>(i), 0,
                                                   static_cast<std::ptrdiff_t>(band.re.size()) - 1));
                    const std::size_t turn = static_cast<std::size_t>(number + 64) * i % kUseful;
                    a += band.re[at] * turns.cosine[turn] + band.im[at] * turns.sine[turn];
                    b += band.im[at] * turns.cosine[turn] - band.re[at] * turns.sine[turn];
                }
                re[s * kCarriers + k] = a;
                im[s * kCarriers + k] = b;
            }
        }
    }
    std::vector<std::int8_t> result(symbols * kCarriers);
    for (std::size_t s = 1; s < symbols; ++s) {
        for (std::size_t k = 0; k < kCarriers; ++k) {
            const std::size_t now = s * kCarriers + k, then = now - kCarriers;
            const float product = re[now] * re[then] + im[now] * im[then];
            const float size = std::sqrt((re[now] * re[now] + im[now] * im[now]) *
                                         (re[then] * re[then] + im[then] * im[then]));
            if (!(size > 1e-16f)) continue;
            const int much = std::fabs(product) > 0.6f * size ? 3 : 1;
            result[now] = static_cast<std::int8_t>(product > 0 ? much : -much);
        }
    }
    return result;
}

}  // namespace mmx::watermark
