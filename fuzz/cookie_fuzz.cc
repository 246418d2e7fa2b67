// Any bytes as a Cookie header, and as the cookie that is set: neither can bring a line or attribute of its
// own.
#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "net/cookie.h"
#include "net/http.h"
#include "net/text.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    namespace net = mmx::net;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    net::Cookies cookies;
    net::parse_cookies(text, cookies);
    for (const auto& [name, value] : cookies)
        if (name.empty() || value.find(';') != std::string::npos) std::abort();
    net::CookieSettings settings;
    const std::string plain = net::set_cookie("a", "b", settings);
    const std::string set = net::set_cookie(text.substr(0, size / 2), text.substr(size / 2), settings);
    const auto parts = [](std::string_view cookie) { return std::count(cookie.begin(), cookie.end(), ';'); };
    if (!net::is_header_value(set) || parts(set) != parts(plain)) std::abort();
    return 0;
}
