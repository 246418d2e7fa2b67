#include "watermark/surprise.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "watermark/eight.h"

namespace mmx::watermark {
namespace {

// Witnesses of a level: the same half band 2, 3 and 4 frames away; the half bands 2 to 6 below and above, 2
// frames before to 2 after.
constexpr std::size_t kFarthestFrame = 4, kBesideFrames = 2, kNearestBand = 2, kFarthestBand = 6;
constexpr std::size_t kBands5 = kFarthestBand - kNearestBand + 1;
constexpr std::size_t kWitnesses =
    2 * (kFarthestFrame - 1) + (2 * kBesideFrames + 1) * 2 * kBands5;  // 56, a multiple of 8
static_assert(kWitnesses % 8 == 0);
constexpr std::size_t kStride = kHalfBands + 2 * kFarthestBand;

constexpr std::size_t kPortion = 1024;  // frames with weights of their own
constexpr std::size_t kSampled = 400;   // of them, for the sums
constexpr std::size_t kPooled = 12;     // half bands that share weights
constexpr double kRidge = 0.01;         // of the mean variance: holds where witnesses agree or there are few

using Witnesses = std::array<float, kWitnesses>;
struct Sums {
    std::array<std::array<float, kWitnesses>, kWitnesses> products{};
    Witnesses with_level{};
};

// `level` points into padded rows of kStride.
[[gnu::always_inline]] inline void ask(const float* level, Witnesses& out) {
    float* to = out.data();
    for (std::size_t d = 2; d <= kFarthestFrame; ++d) {
        *to++ = *(level - d * kStride);
        *to++ = *(level + d * kStride);
    }
    for (std::size_t d = 0; d <= 2 * kBesideFrames; ++d) {
        const float* row = level + d * kStride - kBesideFrames * kStride;
        for (std::size_t k = 0; k < kBands5; ++k) *to++ = row[k - kFarthestBand];
        for (std::size_t k = 0; k < kBands5; ++k) *to++ = row[k + kNearestBand];
    }
}

}  // namespace

__attribute__((target_clones("avx2", "default"))) static void sum_up(const float* levels, std::size_t frames,
                                                                     std::size_t step, Sums& sums) {
    Witnesses w;
    for (std::size_t f = 0; f < frames; f += step)
        for (std::size_t j = 0; j < kPooled; ++j) {
            const float* level = levels + f * kStride + j;
            ask(level, w);
            for (std::size_t i = 0; i < kWitnesses; ++i) {
                float* row = sums.products[i].data();
                for (std::size_t k = 0; k < kWitnesses; k += 8) {
                    const Eight sum = load(row + k) + w[i] * load(w.data() + k);
                    __builtin_memcpy(row + k, &sum, sizeof sum);
                }
                sums.with_level[i] += w[i] * *level;
            }
        }
}

__attribute__((target_clones("avx2", "default"))) static void take_away(const float* levels,
                                                                        std::size_t frames,
                                                                        const float* weights, float* out) {
    Witnesses w;
    for (std::size_t f = 0; f < frames; ++f)
        for (std::size_t j = 0; j < kPooled; ++j) {
            const float* level = levels + f * kStride + j;
            ask(level, w);
            Eight sum = {};
            for (std::size_t k = 0; k < kWitnesses; k += 8) sum += load(weights + k) * load(w.data() + k);
            out[f * kHalfBands + j] = *level - sum_of(sum);
        }
}

namespace {

// By Cholesky.
Witnesses solved(const Sums& sums) {
    constexpr std::size_t n = kWitnesses;
    std::array<std::array<double, n>, n> a;
    double trace = 1e-9;
    for (std::size_t i = 0; i < n; ++i) trace += static_cast<double>(sums.products[i][i]) / n;
    std::array<double, n> x;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k <= i; ++k) {
            double sum = static_cast<double>(sums.products[i][k]) + (i == k ? kRidge * trace : 0);
            for (std::size_t m = 0; m < k; ++m) sum -= a[i][m] * a[k][m];
            a[i][k] = i == k ? std::sqrt(std::max(sum, 1e-12)) : sum / a[k][k];
        }
        x[i] = static_cast<double>(sums.with_level[i]);
        for (std::size_t m = 0; m < i; ++m) x[i] -= a[i][m] * x[m];
        x[i] /= a[i][i];
    }
    Witnesses weights;
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t m = i + 1; m < n; ++m) x[i] -= a[m][i] * x[m];
        x[i] /= a[i][i];
        weights[i] = static_cast<float>(x[i]);
    }
    return weights;
}

// Rows of one portion with kFarthestFrame more before and after, means taken away, edges repeated.
std::vector<float> padded(std::span<const float> logs, std::size_t frames, std::size_t first,
                          std::size_t count) {
    std::array<float, kHalfBands> mean{};
    for (std::size_t f = first; f < first + count; ++f)
        for (std::size_t j = 0; j < kHalfBands; ++j)
            mean[j] += logs[f * kHalfBands + j] / static_cast<float>(count);
    std::vector<float> rows((count + 2 * kFarthestFrame) * kStride);
    for (std::size_t r = 0; r < count + 2 * kFarthestFrame; ++r) {
        const std::size_t shifted = std::max(first + r, kFarthestFrame) - kFarthestFrame;
        const float* from = logs.data() + std::min(shifted, frames - 1) * kHalfBands;
        float* row = rows.data() + r * kStride;
        for (std::size_t j = 0; j < kHalfBands; ++j) row[kFarthestBand + j] = from[j] - mean[j];
        std::fill_n(row, kFarthestBand, row[kFarthestBand]);
        std::fill_n(row + kFarthestBand + kHalfBands, kFarthestBand, row[kFarthestBand + kHalfBands - 1]);
    }
    return rows;
}

}  // namespace

std::vector<float> surprise(std::span<const float> logs, std::size_t frames) {
    std::vector<float> out(logs.size());
    // The last portion takes a short rest along.
    for (std::size_t first = 0, count = 0; first < frames; first += count) {
        count = frames - first < kPortion * 3 / 2 ? frames - first : kPortion;
        const std::vector<float> rows = padded(logs, frames, first, count);
        const std::size_t step = std::max<std::size_t>(1, count / kSampled);
        for (std::size_t j = 0; j < kHalfBands; j += kPooled) {
            const float* levels = rows.data() + kFarthestFrame * kStride + kFarthestBand + j;
            Sums sums;
            sum_up(levels, count, step, sums);
            const Witnesses weights = solved(sums);
            take_away(levels, count, weights.data(), out.data() + first * kHalfBands + j);
        }
    }
    return out;
}

}  // namespace mmx::watermark
