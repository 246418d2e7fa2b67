// The small questions about bytes that HTTP asks: case, tokens, white space. ASCII only, no locale.
#pragma once

#include <string>
#include <string_view>

namespace mmx::net {

constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string lower_case(std::string_view text);
std::string_view trim(std::string_view text);  // spaces and tabs

bool is_token(std::string_view text);  // RFC 9110 section 5.6.2; not empty
// What a header's value may hold: no CR, LF, NUL or other control character (a tab is fine).
bool is_header_value(std::string_view text);
bool is_utf8(std::string_view text);  // well formed: no surrogates, nothing longer than needed

// Takes the next element of a comma-separated list off the front, trimmed; quotes are not looked at.
std::string_view next_of_list(std::string_view& list);

}  // namespace mmx::net
