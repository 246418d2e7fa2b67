// Request targets taken apart: percent decoding, normal paths, query strings.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mmx::net {

// The scheme and host of an absolute target ("http://host/path") are split off; RFC 9112 section 3.2.
struct Target {
    std::string_view authority;  // empty for the usual form, which begins with '/'
    std::string_view path;       // still encoded
    std::string_view query;      // without '?', still encoded
};
std::optional<Target> split_target(std::string_view target);

// Nothing if a '%' is not followed by two hexadecimal digits.
enum class Plus { stays, is_space };
std::optional<std::string> percent_decode(std::string_view text, Plus plus);
// All but letters, digits and "-._~" becomes %XX.
std::string percent_encode(std::string_view text);

// The decoded path; nothing unless it is absolute, valid UTF-8, free of control characters and of steps "."
// and "..". An encoded '/' and any '\' are refused too: they would mean different things to different
// readers.
std::optional<std::string> normal_path(std::string_view encoded);

// "a=1&b=x%20y"; the last of a name counts. Nothing for bad encoding, invalid UTF-8 or NUL.
using Query = std::map<std::string, std::string, std::less<>>;
std::optional<Query> parse_query(std::string_view text);

}  // namespace mmx::net
