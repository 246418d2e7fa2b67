// What this room asks of text: case, trimming, being printable UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mmx::accounts {

inline bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
inline bool is_ascii_digit(char c) {
    return c >= '0' && c <= '9';
}
std::string lower_case(std::string_view text);  // ASCII letters only
std::string_view trimmed(std::string_view text);
// The number of characters; nothing when it is not UTF-8 (overlong forms and surrogates are none) or holds
// control characters, line separators or marks that turn the direction of writing.
std::optional<std::size_t> printable_characters(std::string_view text);

}  // namespace mmx::accounts
