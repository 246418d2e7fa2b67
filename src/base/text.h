// Pieces of text, for tables of words and lines.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

namespace mmx::base {

// Without blanks, tabs and carriage returns at its ends.
std::string_view trimmed(std::string_view text);

// What stands between the separators, trimmed; empty pieces are left out. The views point into the text.
std::vector<std::string_view> split(std::string_view text, char separator);

// The same, but everything is kept as it stands: for tables, where an empty cell means something.
std::vector<std::string_view> cells_of(std::string_view text, char separator);

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> list);

}  // namespace mmx::base
