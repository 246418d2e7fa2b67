#include "base/data_files.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace mmx::base {

// Written by cmake/embed.cmake: a table sorted by path.
struct EmbeddedFile {
    const char* path;
    const char* first;
    const char* last;
};
extern const EmbeddedFile kEmbeddedFiles[];
extern const std::size_t kEmbeddedFileCount;

namespace {
std::string_view contents(const EmbeddedFile& file) {
    return {file.first, static_cast<std::size_t>(file.last - file.first)};
}
}  // namespace

std::optional<std::string_view> data_file(std::string_view path) {
    const auto* end = kEmbeddedFiles + kEmbeddedFileCount;
    const auto* found =
        std::lower_bound(kEmbeddedFiles, end, path,
                         [](const EmbeddedFile& file, std::string_view key) { return file.path < key; });
    if (found == end || found->path != path) return std::nullopt;
    return contents(*found);
}

std::vector<std::string_view> data_files(std::string_view prefix) {
    std::vector<std::string_view> paths;
    for (std::size_t i = 0; i < kEmbeddedFileCount; ++i)
        if (std::string_view(kEmbeddedFiles[i].path).starts_with(prefix))
            paths.emplace_back(kEmbeddedFiles[i].path);
    return paths;
}

}  // namespace mmx::base
