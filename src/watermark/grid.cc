#include "watermark/grid.h"

#include <fmt/format.h>

#include <numeric>
#include <utility>

#include "base/secrets.h"

namespace mmx::watermark {
namespace {

// HMAC-SHA-256 in counter mode as a source of 32-bit numbers.
class KeyedStream {
  public:
    KeyedStream(const std::string& key, std::string_view part) : key_(key), part_(part) {}
    std::uint32_t next() {
        if (at_ == block_.size()) {
            block_ = base::hmac_sha256(key_, fmt::format("{} {}", part_, counter_++));
            at_ = 0;
        }
        std::uint32_t number = 0;
        for (int i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(block_[at_++]);
        return number;
    }
    // Below `limit`, at most 2^16: the bias is below 2^-16.
    std::uint32_t below(std::uint32_t limit) {
        return static_cast<std::uint32_t>(std::uint64_t{next()} * limit >> 32);
    }

  private:
    const std::string& key_;
    std::string part_, block_;
    std::size_t at_ = 0;
    unsigned counter_ = 0;
};

}  // namespace

Grid::Grid(const Key& key, std::string_view layer, std::string_view part, std::size_t columns_,
           std::size_t rows_)
    : columns(columns_), rows(rows_), symbol(columns_ * rows_), sign(columns_ * rows_) {
    const std::size_t chips = columns * rows;
    KeyedStream chance(key.spread(layer), part);
    // In order first: whole copies of the code and of the tag, sync in what is left; then shuffled (Fisher
    // and Yates).
    const std::size_t code_copies = chips * 575 / 1000 / kCodeBits, tag_copies = chips * 29 / 100 / kTagBits;
    std::vector<std::uint16_t> order(chips, kSyncSymbol);
    for (std::size_t i = 0; i < code_copies * kCodeBits; ++i)
        order[i] = static_cast<std::uint16_t>(i % kCodeBits);
    for (std::size_t i = 0; i < tag_copies * kTagBits; ++i)
        order[code_copies * kCodeBits + i] = static_cast<std::uint16_t>(kTagSymbol + i % kTagBits);
    for (std::size_t i = chips - 1; i > 0; --i)
        std::swap(order[i], order[chance.below(static_cast<std::uint32_t>(i + 1))]);
    symbol = std::move(order);
    for (std::int8_t& one : sign) one = chance.next() >> 31 != 0 ? 1 : -1;
}

std::vector<std::int8_t> symbols_of(const Key& key, std::uint64_t id) {
    std::vector<std::int8_t> symbols(kSymbols, 1);
    const auto code = encode_id(id);
    for (std::size_t i = 0; i < kCodeBits; ++i) symbols[i] = code[i];
    const std::uint64_t tag = key.tag(id);
    for (std::size_t i = 0; i < kTagBits; ++i) symbols[kTagSymbol + i] = (tag >> i & 1) != 0 ? 1 : -1;
    return symbols;
}

std::vector<std::int8_t> chips_of(const Grid& grid, const std::vector<std::int8_t>& symbols) {
    std::vector<std::int8_t> chips(grid.symbol.size());
    for (std::size_t i = 0; i < chips.size(); ++i)
        chips[i] = static_cast<std::int8_t>(grid.sign[i] * symbols[grid.symbol[i]]);
    return chips;
}

}  // namespace mmx::watermark
