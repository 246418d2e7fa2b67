// A ZIP of files that are compressed already.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace mmx::work {

struct ZipEntry {
    std::string name;  // inside, UTF-8: "bass.flac"
    std::string path;  // of the file on this machine
};
// Stored, not compressed: FLAC gets no smaller. Any size (ZIP64 beyond 4 GB). On an error there is no file.
base::Status write_zip(const std::string& path, const std::vector<ZipEntry>& entries);

}  // namespace mmx::work
