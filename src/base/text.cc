#include "base/text.h"

#include <algorithm>

namespace mmx::base {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    for (const std::string_view cell : cells_of(text, separator))
        if (const std::string_view piece = trimmed(cell); !piece.empty()) pieces.push_back(piece);
    return pieces;
}

std::vector<std::string_view> cells_of(std::string_view text, char separator) {
    std::vector<std::string_view> cells;
    while (true) {
        const std::size_t at = text.find(separator);
        cells.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return cells;
        text.remove_prefix(at + 1);
    }
}

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace mmx::base
