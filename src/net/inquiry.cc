#include "net/inquiry.h"

#include <algorithm>

#include "net/cookie.h"
#include "net/text.h"
#include "net/url.h"

namespace mmx::net {
namespace {

std::size_t count_of(const Headers& headers, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(headers.all().begin(), headers.all().end(),
                      [&](const auto& header) { return equal_ignoring_case(header.first, name); }));
}

// Two readings of where a body ends are how requests are smuggled past a proxy: only one spelling is taken.
std::optional<Refusal> check_body_length(const Headers& headers, Version version) {
    const std::size_t encodings = count_of(headers, "Transfer-Encoding");
    const std::size_t lengths = count_of(headers, "Content-Length");
    if (encodings > 0 && lengths > 0)
        return Refusal{400, "A request has either Content-Length or Transfer-Encoding."};
    if (lengths > 1) return Refusal{400, "Content-Length is given more than once."};
    if (lengths == 1) {
        const std::string_view digits = headers.get("Content-Length");
        if (digits.empty() || digits.size() > 18 ||
            !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return Refusal{400, "Content-Length is not a number."};
    }
    if (encodings > 0 && (encodings > 1 || version == Version::http_1_0 ||
                          !equal_ignoring_case(headers.get("Transfer-Encoding"), "chunked")))
        return Refusal{400, "The only transfer encoding understood is chunked."};
    return std::nullopt;
}

bool is_host(std::string_view host) {
    return std::all_of(host.begin(), host.end(), [](char c) {
        return (to_lower(c) >= 'a' && to_lower(c) <= 'z') || (c >= '0' && c <= '9') ||
               (c != '\0' && std::string_view("-._~:[]%").find(c) != std::string_view::npos);
    });
}

std::optional<Refusal> check_host(std::string_view authority, std::string_view path, const Headers& headers,
                                  Version version, const InquiryRules& rules) {
    const std::size_t hosts = count_of(headers, "Host");
    if (hosts > 1) return Refusal{400, "Host is given more than once."};
    if (hosts == 0 && version == Version::http_1_1) return Refusal{400, "The Host header is missing."};
    const std::string_view host = authority.empty() ? headers.get("Host") : authority;
    if (!is_host(host) || (host.empty() && version == Version::http_1_1))
        return Refusal{400, "The Host header is not a host."};
    if (std::find(rules.any_host_paths.begin(), rules.any_host_paths.end(), path) !=
        rules.any_host_paths.end())
        return std::nullopt;
    if (!rules.allowed_hosts.empty() && std::find(rules.allowed_hosts.begin(), rules.allowed_hosts.end(),
                                                  normal_host(host)) == rules.allowed_hosts.end())
        return Refusal{421, "This server does not answer for that host."};
    return std::nullopt;
}

}  // namespace

std::string normal_host(std::string_view host) {
    std::string normal = lower_case(host);
    for (const std::string_view port : {":80", ":443"})
        if (normal.ends_with(port) && normal.find(':') == normal.size() - port.size())
            normal.resize(normal.size() - port.size());
    if (normal.ends_with('.')) normal.pop_back();
    return normal;
}

std::optional<Refusal> inquire(Request& request, Version version, const Address& peer,
                               const InquiryRules& rules) {
    request.client_address = peer.text();
    if (const auto refusal = check_body_length(request.headers, version)) return refusal;
    const auto target = split_target(request.target);
    if (!target) return Refusal{400, "The request's target is not a path."};
    if (const auto refusal = check_host(target->authority, target->path, request.headers, version, rules))
        return refusal;
    auto path = normal_path(target->path);
    if (!path) return Refusal{400, "The request's path is not valid."};
    auto query = parse_query(target->query);
    if (!query) return Refusal{400, "The request's query is not valid."};
    request.path = std::move(*path);
    request.query = std::move(*query);

    std::string forwarded;
    for (const auto& [name, value] : request.headers.all()) {
        if (equal_ignoring_case(name, "Cookie")) {
            parse_cookies(value, request.cookies);
        } else if (equal_ignoring_case(name, "X-Forwarded-For")) {
            if (!forwarded.empty()) forwarded += ',';
            forwarded += value;
        }
    }
    if (!forwarded.empty())
        request.client_address = client_address(peer, forwarded, rules.trusted_proxies).text();
    return std::nullopt;
}

}  // namespace mmx::net
