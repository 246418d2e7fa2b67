// What a row gives when it is asked.
#include "store/database.h"

namespace mmx::store {
namespace {

const std::string kNoText;

}  // namespace

std::int64_t Row::integer(std::size_t column) const {
    const auto* held = std::get_if<std::int64_t>(&values_[column].held());
    return held == nullptr ? 0 : *held;
}

double Row::real(std::size_t column) const {
    if (const auto* held = std::get_if<double>(&values_[column].held())) return *held;
    return static_cast<double>(integer(column));
}

const std::string& Row::text(std::size_t column) const {
    const auto* held = std::get_if<std::string>(&values_[column].held());
    return held == nullptr ? kNoText : *held;
}

const std::string& Row::blob(std::size_t column) const {
    const auto* held = std::get_if<Blob>(&values_[column].held());
    return held == nullptr ? kNoText : held->bytes;
}

std::optional<std::int64_t> Row::maybe_integer(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

std::optional<double> Row::maybe_real(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return real(column);
}

std::optional<std::string> Row::maybe_text(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return text(column);
}

std::string_view for_update(Dialect dialect) {
    return dialect == Dialect::postgresql ? " FOR UPDATE" : "";
}

}  // namespace mmx::store
