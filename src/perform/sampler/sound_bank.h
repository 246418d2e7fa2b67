// The two mapped sound fonts.
#pragma once

#include <array>
#include <span>
#include <string>

#include "perform/perform.h"
#include "perform/sampler/sampler_patch.h"
#include "perform/sampler/sound_font.h"

namespace mmx::perform {

// A file mapped read-only for as long as the object lives.
class MappedFile {
  public:
    static base::Result<MappedFile> open(const std::string& path);
    MappedFile() = default;
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    ~MappedFile();

    std::span<const std::byte> bytes() const { return bytes_; }
    // Size, time of change and inode: as long as they stay, so does the file's hash.
    const std::string& identity() const { return identity_; }

  private:
    std::span<const std::byte> bytes_;
    std::string identity_;
};

// What is known of each font that a bank needs.
struct FontFile {
    std::string_view name, package, sha256;
};
const FontFile& font_file(Font font);

class SoundBank {
  public:
    static base::Result<SoundBank> open(const std::string& folder);
    // Any two fonts in memory that outlives the bank: for tests.
    static base::Result<SoundBank> read(std::span<const std::byte> musescore,
                                        std::span<const std::byte> fluid);

    const SoundFont& font(Font which) const { return fonts_[static_cast<std::size_t>(which)]; }
    // Asks the system to read a sample from disk before a player needs it.
    void will_need(Font which, const FontSample& sample) const;

  private:
    std::array<MappedFile, 2> files_;
    std::array<SoundFont, 2> fonts_;
};

}  // namespace mmx::perform
