// What the layers have in common: a grid of chips in time and frequency that repeats, and what each chip
// says.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "watermark/code.h"
#include "watermark/keys.h"

namespace mmx::watermark {

// A chip speaks for one symbol: a code bit of the id, a bit of the tag, or nothing but the key (sync).
inline constexpr std::uint16_t kTagSymbol = kCodeBits, kSyncSymbol = kCodeBits + kTagBits;
inline constexpr std::size_t kSymbols = kSyncSymbol + 1;

// One period of a layer (or of a half of it): `columns` steps in time of `rows` chips each. A sixth of
// them is sync, half and more the id's code, the rest the tag. Places and signs are drawn from HMAC-SHA-256
// in counter mode under the layer's key. A value, constant after construction.
struct Grid {
    std::size_t columns = 0, rows = 0;
    std::vector<std::uint16_t> symbol;  // columns x rows, column after column
    std::vector<std::int8_t> sign;      // +1, -1

    Grid(const Key& key, std::string_view layer, std::string_view part, std::size_t columns,
         std::size_t rows);
    std::size_t at(std::size_t column, std::size_t row) const { return column * rows + row; }
};

// What a grid's symbols are for one id: +1 or -1 for each, sync always +1.
std::vector<std::int8_t> symbols_of(const Key& key, std::uint64_t id);
// The grid as it is sent: sign times symbol, columns x rows.
std::vector<std::int8_t> chips_of(const Grid& grid, const std::vector<std::int8_t>& symbols);

}  // namespace mmx::watermark
