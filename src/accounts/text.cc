#include "accounts/text.h"

#include <algorithm>
#include <cstdint>

namespace mmx::accounts {
namespace {

bool is_unfit_for_names(std::uint32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x200e && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

}  // namespace

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::optional<std::size_t> printable_characters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count) {
        const auto lead = static_cast<unsigned char>(text[i++]);
        const int more = lead < 0x80   ? 0
                         : lead < 0xc2 ? -1
                         : lead < 0xe0 ? 1
                         : lead < 0xf0 ? 2
                         : lead < 0xf5 ? 3
                                       : -1;
        if (more < 0 || i + static_cast<std::size_t>(more) > text.size()) return std::nullopt;
        std::uint32_t c = more == 0 ? lead : lead & (0x3fu >> more);
        for (int k = 0; k < more; ++k) {
            const auto next = static_cast<unsigned char>(text[i++]);
            if ((next & 0xc0) != 0x80) return std::nullopt;
            c = c << 6 | (next & 0x3f);
        }
        const bool is_overlong = (more == 2 && c < 0x800) || (more == 3 && c < 0x10000);
        if (is_overlong || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff || is_unfit_for_names(c)) {
            return std::nullopt;
        }
    }
    return count;
}

}  // namespace mmx::accounts
