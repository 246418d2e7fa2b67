// Any bytes as a request's head, as Beast reads it and the server inquires: refused, or a request that is
// safe to route.
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdlib>
#include <string>
#include <string_view>

#include "net/inquiry.h"
#include "net/text.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    namespace http = boost::beast::http;
    namespace net = mmx::net;
    http::request_parser<http::string_body> parser;
    parser.header_limit(16 * 1024);
    parser.body_limit(64 * 1024);
    boost::system::error_code error;
    parser.put(boost::asio::buffer(data, size), error);
    if (error || !parser.is_header_done()) return 0;
    const auto& message = parser.get();
    net::Request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    for (const auto& field : message)
        request.headers.add(std::string(field.name_string()), std::string(field.value()));
    static const net::Router router = [] {
        net::Router made;
        for (const char* path : {"/", "/healthz", "/api/v1/songs", "/api/v1/songs/{id}", "/assets/{rest...}"})
            made.add("GET", path, net::Pool::none, [](const net::Request&) { return net::Response{}; });
        return made;
    }();
    static const net::InquiryRules rules{
        {*net::parse_address_range("10.0.0.0/8")}, {"music.example"}, {"/healthz"}};
    const auto version = message.version() >= 11 ? net::Version::http_1_1 : net::Version::http_1_0;
    if (const auto refusal = net::inquire(request, version, *net::parse_address("10.0.0.1"), rules)) {
        if (refusal->status != 400 && refusal->status != 421) std::abort();
        return 0;
    }
    if (!request.path.starts_with('/') || request.path.find('\0') != std::string::npos) std::abort();
    if (!net::parse_address(request.client_address)) std::abort();
    const bool has_host = request.path == "/healthz" ||
                          net::normal_host(request.headers.get("Host")) == "music.example" ||
                          request.target.front() != '/' || version == net::Version::http_1_0;
    if (!has_host) std::abort();
    const auto match = router.find(request.method, request.path);
    if ((match.status == 200) != (match.handler != nullptr)) std::abort();
    return 0;
}
