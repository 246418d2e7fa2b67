// Where audio lies: objects by key, written whole or not at all. Files now; S3 fits behind the same door.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mmx::store {

struct ObjectInfo {
    std::uint64_t bytes = 0;
    std::string sha256;  // of the content, hex
};

// An object opened for reading; it stays readable although its key is removed or overwritten meanwhile.
class ObjectReader {
  public:
    virtual ~ObjectReader() = default;
    virtual std::uint64_t size() const = 0;
    // At most `bytes` from `offset`; empty at the end. Blocks; one thread at a time.
    virtual base::Result<std::string> read(std::uint64_t offset, std::size_t bytes) = 0;
};

// Keys are lower-case letters, digits, '-', '_', '.' and '/', no empty or dotted step: "audio/3f/<id>.flac".
// Errors: not_found, unavailable (disk full, store out of reach), internal (a key of another form).
class Objects {
  public:
    virtual ~Objects() = default;
    // A path on this machine where a file can be made before put_file() takes it; on the same disk as the
    // objects where they are files. What is left there after a crash is swept.
    virtual std::string scratch_path(std::string_view suffix) = 0;
    // Takes the file away from `path`: synced and renamed into place, with its folder synced.
    virtual base::Result<ObjectInfo> put_file(const std::string& key, const std::string& path) = 0;
    virtual base::Result<ObjectInfo> put(const std::string& key, std::string_view bytes) = 0;
    virtual base::Result<std::unique_ptr<ObjectReader>> open(const std::string& key) = 0;
    virtual base::Status remove(const std::string& key) = 0;  // absent is fine
    virtual base::Result<std::vector<std::string>> list(const std::string& prefix) = 0;
    // Names the place itself: the same for all who share it, however they reach it; another for any other.
    virtual base::Result<std::string> place_id() = 0;
    // Removes scratch files older than the given age; says how many.
    virtual base::Result<int> sweep_scratch(std::int64_t older_than_seconds) = 0;
};

// Folders 0700, files 0600.
base::Result<std::unique_ptr<Objects>> open_file_objects(const std::string& folder);

}  // namespace mmx::store
