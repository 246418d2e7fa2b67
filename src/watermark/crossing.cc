#include "watermark/crossing.h"

#include <algorithm>
#include <numeric>

#include "audio/kaiser.h"
#include "watermark/eight.h"

namespace mmx::watermark {
namespace {

constexpr double kBeta = 6.2;                      // Kaiser: 65 dB
constexpr double kTapsTimesSlope = 57.05 / 14.36;  // (65 - 7.95) / 14.36
constexpr std::size_t kMostRows = 1024;

}  // namespace

// Weighted sums whose place moves on by from / to samples each; the row of weights is the place's fraction.
__attribute__((target_clones("avx2", "default"))) static void slide(const float* x, const float* weights,
                                                                    std::size_t taps, std::size_t from,
                                                                    std::size_t to, std::size_t rest,
                                                                    float* out, std::size_t count) {
    const std::size_t whole = from / to, part = from % to;
    for (std::size_t i = 0; i < count; ++i) {
        const float* w = weights + rest * taps;
        Eight sum = {};
        for (std::size_t k = 0; k < taps; k += 8) sum += load(w + k) * load(x + k);
        out[i] = sum_of(sum);
        x += whole;
        rest += part;
        if (rest >= to) {
            rest -= to;
            ++x;
        }
    }
}

bool Crossing::possible(int from_rate, int to_rate) {
    return static_cast<std::size_t>(to_rate / std::gcd(from_rate, to_rate)) <= kMostRows;
}

Crossing::Crossing(int from_rate, int to_rate, double pass_hz, double stop_hz) {
    const int common = std::gcd(from_rate, to_rate);
    from_ = static_cast<std::size_t>(from_rate / common);
    to_ = static_cast<std::size_t>(to_rate / common);
    taps_ = (static_cast<std::size_t>(kTapsTimesSlope * from_rate / (stop_hz - pass_hz)) + 8) / 8 * 8;
    const double cutoff = (pass_hz + stop_hz) / from_rate, reach = static_cast<double>(taps_) / 2;
    weights_.resize(to_ * taps_);
    std::vector<double> row(taps_);
    for (std::size_t r = 0; r < to_; ++r) {
        double sum = 0;
        for (std::size_t k = 0; k < taps_; ++k) {
            // Tap k lies on sample (k + 1 - taps / 2) counted from the one at or before the place.
            const double distance =
                static_cast<double>(k) + 1 - reach - static_cast<double>(r) / static_cast<double>(to_);
            row[k] = audio::sinc(cutoff * distance) * audio::kaiser(distance / reach, kBeta);
            sum += row[k];
        }
        for (std::size_t k = 0; k < taps_; ++k) weights_[r * taps_ + k] = static_cast<float>(row[k] / sum);
    }
}

void Crossing::run(std::span<const float> signal, std::ptrdiff_t signal_first, std::ptrdiff_t out_first,
                   std::span<float> out) const {
    if (out.empty()) return;
    const auto from = static_cast<std::ptrdiff_t>(from_), to = static_cast<std::ptrdiff_t>(to_);
    const auto place = [&](std::ptrdiff_t at) {  // floor(at from / to) and what is left
        const std::ptrdiff_t rest = (at * from % to + to) % to;
        return std::pair{(at * from - rest) / to, static_cast<std::size_t>(rest)};
    };
    const auto [first, rest] = place(out_first);
    const std::ptrdiff_t last = place(out_first + static_cast<std::ptrdiff_t>(out.size()) - 1).first;
    const std::ptrdiff_t start = first + 1 - static_cast<std::ptrdiff_t>(taps_ / 2);
    const auto room = static_cast<std::size_t>(last - first) + taps_;
    // Kept from call to call: fresh memory costs more than the filter.
    thread_local std::vector<float> padded;
    padded.assign(room, 0.0f);
    const std::ptrdiff_t skip = start - signal_first;
    const auto begin = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, -skip));
    const std::ptrdiff_t end =
        std::min(static_cast<std::ptrdiff_t>(room), static_cast<std::ptrdiff_t>(signal.size()) - skip);
    for (std::size_t i = begin; static_cast<std::ptrdiff_t>(i) < end; ++i)
        padded[i] = signal[static_cast<std::size_t>(skip + static_cast<std::ptrdiff_t>(i))];
    slide(padded.data(), weights_.data(), taps_, from_, to_, rest, out.data(), out.size());
}

}  // namespace mmx::watermark
