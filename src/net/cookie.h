// The Cookie header, read tolerantly (RFC 6265 section 5.4); set_cookie of http.h writes strictly.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace mmx::net {

// "a=1; b=\"2\"" as names and values; quotes around a value are taken off. The first of a name counts: a
// browser sends the cookie of the longest path first. What is not NAME=VALUE is passed over.
using Cookies = std::map<std::string, std::string, std::less<>>;
void parse_cookies(std::string_view header, Cookies& into);

}  // namespace mmx::net
