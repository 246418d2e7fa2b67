// Keeps whole UTF-8 characters only (RFC 3629).
#include "jobs/storable.h"

#include <cstdint>

namespace mmx::jobs {
namespace {

// The length of the character at the front, or 0 when there is none.
std::size_t character_bytes(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byte(0);
    if (lead == 0) return 0;
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0) != 0x80) return 0;
    // Overlong forms, surrogates, and what lies beyond U+10FFFF differ in the second byte.
    if ((lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xed && byte(1) > 0x9f) ||
        (lead == 0xf0 && byte(1) < 0x90) || (lead == 0xf4 && byte(1) > 0x8f))
        return 0;
    return length;
}

}  // namespace

std::string storable(std::string_view text, std::size_t most_bytes) {
    std::string kept;
    while (!text.empty()) {
        const std::size_t length = character_bytes(text);
        const std::size_t taken = length == 0 ? 1 : length;
        if (kept.size() + taken > most_bytes) break;
        if (length == 0)
            kept += '?';
        else
            kept += text.substr(0, length);
        text.remove_prefix(taken);
    }
    return kept;
}

}  // namespace mmx::jobs
