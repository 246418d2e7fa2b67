// The files of data/, which the program carries inside itself.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace mmx::base {

// By path below data/, with '/': "genres/pop/genre.toml". Lives as long as the program.
std::optional<std::string_view> data_file(std::string_view path);
// Paths that start with the prefix, sorted.
std::vector<std::string_view> data_files(std::string_view prefix);

}  // namespace mmx::base
