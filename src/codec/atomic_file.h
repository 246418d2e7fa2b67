// A file that appears whole or not at all.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"

namespace mmx::codec {

// Written under a temporary name in the same folder; commit() syncs it to the disk and renames it.
// Without commit() it is removed. Errors are Kind::io and name the file and what to do.
class AtomicFile {
  public:
    static base::Result<AtomicFile> create(const std::string& path);
    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&& other) noexcept;
    ~AtomicFile();

    base::Status write(std::span<const std::byte> bytes);
    base::Status seek(std::uint64_t position);
    std::uint64_t position() const { return position_; }
    base::Status commit();

  private:
    AtomicFile(std::string path, std::string temporary, int descriptor);
    void discard();
    std::string path_, temporary_;
    int descriptor_ = -1;
    std::uint64_t position_ = 0;
};

// Gives a whole, synced file its name, in place of what bore it before; both in the same folder.
base::Status move_into_place(const std::string& from, const std::string& to);

}  // namespace mmx::codec
