// Looking for a grid's chips in features: at every offset of its period at once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "watermark/grid.h"

namespace mmx::watermark {

// Features on the time axis of the unmarked song: row after row, each `steps` long.
struct Lattice {
    std::size_t rows = 0, steps = 0;
    std::vector<float> values;
};

// A stretch of a lattice laid over itself with the period of a grid. Step s lies at s modulo the period, so
// offsets found in different stretches can be compared.
class Folded {
  public:
    // A column of the grid is `steps_per_column` steps (1 or 2) long, its period `columns` of these.
    Folded(const Lattice& lattice, std::size_t first, std::size_t count, std::size_t columns,
           std::size_t steps_per_column);
    std::size_t period() const { return period_; }
    std::size_t stride() const { return stride_; }
    // Of row r, `period` values and then the same again: the sum over the column that begins at each step.
    const float* row(std::size_t r) const { return sums_.data() + r * stride_; }
    // Root mean square of all of them; 0 where there is nothing to look at.
    float spread() const { return spread_; }

  private:
    std::size_t period_, stride_;
    std::vector<float> sums_;
    float spread_ = 0;
};

enum class Chips { sync, payload };

// Chips to look for: where in a folded lattice each lies when the offset is 0, and its sign.
class Pattern {
  public:
    Pattern(const Folded& like, std::size_t steps_per_column);
    // Of one grid whose rows are `first_row` on: those of `chips` (columns x rows) that are sync, or all
    // others.
    void add(const Grid& grid, const std::vector<std::int8_t>& chips, std::size_t first_row, Chips which);
    std::size_t size() const { return places_.size(); }
    // The sum of sign times value for each offset 0 ... period - 1, in units of its standard deviation when
    // there is no mark.
    std::vector<float> scores(const Folded& folded) const;

  private:
    std::size_t stride_, steps_per_column_;
    std::vector<std::uint32_t> places_;
    std::vector<float> signs_;
};

// Adds up what each symbol of a grid got at an offset: soft values (kSymbols) and how many chips spoke.
struct Soft {
    std::vector<float> sum = std::vector<float>(kSymbols);
    std::vector<float> weight = std::vector<float>(kSymbols);  // of the variance without a mark
};
void add_symbols(const Grid& grid, const Folded& folded, std::size_t first_row, std::size_t steps_per_column,
                 std::size_t offset, Soft& soft);

}  // namespace mmx::watermark
