#include "base/data_files.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "base/embedded_files.h"

namespace mmx::base {

// Written by cmake/embed.cmake: a table sorted by path.
extern const EmbeddedFile kEmbeddedFiles[];
extern const std::size_t kEmbeddedFileCount;

std::optional<std::string_view> data_file(std::string_view path) {
    const auto* end = kEmbeddedFiles + kEmbeddedFileCount;
    const auto* found =
        std::lower_bound(kEmbeddedFiles, end, path,
                         [](const EmbeddedFile& file, std::string_view key) { return file.path < key; });
    if (found == end || found->path != path) return std::nullopt;
    return found->contents();
}

std::vector<std::string_view> data_files(std::string_view prefix) {
    std::vector<std::string_view> paths;
    for (std::size_t i = 0; i < kEmbeddedFileCount; ++i)
        if (std::string_view(kEmbeddedFiles[i].path).starts_with(prefix))
            paths.emplace_back(kEmbeddedFiles[i].path);
    return paths;
}

}  // namespace mmx::base
