// The head of a FLAC file under another title: a kept original bears the one it had when it was made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mmx::codec {

// All that stands before the sound is in the first bytes of a file of ours, by far.
inline constexpr std::size_t kFlacHeadBytes = 64 * 1024;

struct FlacHead {
    std::string bytes;           // to be sent in place of
    std::uint64_t replaced = 0;  // so many of the file's first bytes
};
// Of a file's first bytes: the head with TITLE=title in place of the titles it had. Nothing when the file
// bears that title already, is no FLAC, or has a head that is longer than what was given.
std::optional<FlacHead> flac_head_titled(std::string_view first, std::string_view title);

}  // namespace mmx::codec
