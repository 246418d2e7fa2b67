#include "watermark/correlate.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "watermark/eight.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kMostPeriod = 320;

}  // namespace

// Forty offsets at a time stay in registers while all chips pass.
__attribute__((target_clones("avx2", "default"))) static void sum_chips(const float* values,
                                                                        const std::uint32_t* places,
                                                                        const float* signs, std::size_t chips,
                                                                        std::size_t offsets, float* out) {
    for (std::size_t o = 0; o < offsets; o += 32) {
        Eight a = {}, b = {}, c = {}, d = {};
        for (std::size_t i = 0; i < chips; ++i) {
            const float* x = values + places[i] + o;
            const float s = signs[i];
            a += s * load(x);
            b += s * load(x + 8);
            c += s * load(x + 16);
            d += s * load(x + 24);
        }
        __builtin_memcpy(out + o, &a, sizeof a);
        __builtin_memcpy(out + o + 8, &b, sizeof b);
        __builtin_memcpy(out + o + 16, &c, sizeof c);
        __builtin_memcpy(out + o + 24, &d, sizeof d);
    }
}

Folded::Folded(const Lattice& lattice, std::size_t first, std::size_t count, std::size_t columns,
               std::size_t steps_per_column)
    : period_(columns * steps_per_column), stride_(2 * period_ + 32), sums_(lattice.rows * stride_) {
    assert(period_ <= kMostPeriod && first + count <= lattice.steps);
    double squares = 0;
    std::vector<float> folded(period_);
    for (std::size_t r = 0; r < lattice.rows; ++r) {
        std::fill(folded.begin(), folded.end(), 0.0f);
        const float* x = lattice.values.data() + r * lattice.steps;
        std::size_t at = first % period_;
        for (std::size_t s = first; s < first + count; ++s) {
            folded[at] += x[s];
            if (++at == period_) at = 0;
        }
        float* out = sums_.data() + r * stride_;
        for (std::size_t i = 0; i < period_; ++i) {
            out[i] = steps_per_column == 2 ? folded[i] + folded[i + 1 == period_ ? 0 : i + 1] : folded[i];
            squares += static_cast<double>(out[i] * out[i]);
        }
        for (std::size_t i = period_; i < stride_; ++i) out[i] = out[i - period_];
    }
    spread_ = static_cast<float>(std::sqrt(squares / static_cast<double>(lattice.rows * period_)));
}

Pattern::Pattern(const Folded& like, std::size_t steps_per_column)
    : stride_(like.stride()), steps_per_column_(steps_per_column) {}

void Pattern::add(const Grid& grid, const std::vector<std::int8_t>& chips, std::size_t first_row,
                  Chips which) {
    for (std::size_t r = 0; r < grid.rows; ++r)
        for (std::size_t c = 0; c < grid.columns; ++c) {
            const std::size_t i = grid.at(c, r);
            if ((grid.symbol[i] == kSyncSymbol) != (which == Chips::sync)) continue;
            places_.push_back(static_cast<std::uint32_t>((first_row + r) * stride_ + c * steps_per_column_));
            signs_.push_back(static_cast<float>(chips[i]));
        }
}

std::vector<float> Pattern::scores(const Folded& folded) const {
    std::vector<float> out((folded.period() + 31) / 32 * 32);
    if (folded.spread() > 0) {
        sum_chips(folded.row(0), places_.data(), signs_.data(), places_.size(), out.size(), out.data());
        const float scale = 1 / (folded.spread() * std::sqrt(static_cast<float>(places_.size())));
        for (float& x : out) x *= scale;
    }
    out.resize(folded.period());
    return out;
}

void add_symbols(const Grid& grid, const Folded& folded, std::size_t first_row, std::size_t steps_per_column,
                 std::size_t offset, Soft& soft) {
    const float variance = folded.spread() * folded.spread();
    for (std::size_t r = 0; r < grid.rows; ++r) {
        const float* x = folded.row(first_row + r) + offset;
        for (std::size_t c = 0; c < grid.columns; ++c) {
            const std::size_t i = grid.at(c, r);
            soft.sum[grid.symbol[i]] += static_cast<float>(grid.sign[i]) * x[c * steps_per_column];
            soft.weight[grid.symbol[i]] += variance;
        }
    }
}

}  // namespace mmx::watermark
