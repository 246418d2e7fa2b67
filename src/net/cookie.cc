#include "net/cookie.h"

#include "net/http.h"
#include "net/text.h"
#include "net/url.h"

namespace mmx::net {
namespace {

// RFC 6265 section 4.1.1, cookie-octet.
bool is_cookie_value(std::string_view value) {
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\') return false;
    }
    return true;
}

// An attribute's text stands between semicolons; what could end it is left out.
std::string attribute_text(std::string_view text) {
    std::string clean;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && c != ';') clean += c;
    return clean;
}

}  // namespace

void parse_cookies(std::string_view header, Cookies& into) {
    while (!header.empty()) {
        const auto end = header.find(';');
        const std::string_view pair = header.substr(0, end);
        header = end == std::string_view::npos ? std::string_view{} : header.substr(end + 1);
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        const std::string_view name = trim(pair.substr(0, equals));
        std::string_view value = trim(pair.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        if (!name.empty()) into.try_emplace(std::string(name), value);
    }
}

std::string set_cookie(std::string_view name, std::string_view value, const CookieSettings& settings) {
    std::string text = is_token(name) ? std::string(name) : percent_encode(name);
    text += "=" + (is_cookie_value(value) ? std::string(value) : percent_encode(value));
    if (!settings.path.empty()) text += "; Path=" + attribute_text(settings.path);
    if (settings.max_age_seconds) text += "; Max-Age=" + std::to_string(*settings.max_age_seconds);
    if (settings.http_only) text += "; HttpOnly";
    if (settings.secure) text += "; Secure";
    if (!settings.same_site.empty()) text += "; SameSite=" + attribute_text(settings.same_site);
    return text;
}

}  // namespace mmx::net
