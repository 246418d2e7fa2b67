// Any bytes as a request's target: what is taken is a normal path, and stays so when it is encoded again.
#include <cstdlib>
#include <string>
#include <string_view>

#include "net/text.h"
#include "net/url.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    namespace net = mmx::net;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto target = net::split_target(text);
    if (const auto path = net::normal_path(target ? target->path : text)) {
        if (!path->starts_with('/') || !net::is_utf8(*path) || path->find('\0') != std::string::npos)
            std::abort();
        if ((*path + "/").find("/../") != std::string::npos) std::abort();
        std::string encoded;
        for (const char c : *path) encoded += c == '/' ? "/" : net::percent_encode(std::string_view(&c, 1));
        if (net::normal_path(encoded) != path) std::abort();
    }
    if (const auto query = net::parse_query(target ? target->query : text))
        for (const auto& [name, value] : *query)
            if (!net::is_utf8(name) || net::parse_query("x=" + net::percent_encode(value))->at("x") != value)
                std::abort();
    return 0;
}
