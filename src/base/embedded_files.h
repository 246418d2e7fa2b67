// A file that the program carries inside itself; the tables are written by cmake/embed.cmake.
#pragma once

#include <cstddef>
#include <string_view>

namespace mmx::base {

struct EmbeddedFile {
    const char* path;  // with '/', below the embedded folder
    const char* first;
    const char* last;
    std::string_view contents() const { return {first, static_cast<std::size_t>(last - first)}; }
};

}  // namespace mmx::base
