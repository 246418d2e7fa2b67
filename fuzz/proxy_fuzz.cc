// Any bytes as X-Forwarded-For, addresses and ranges: a stranger's words never change who it is.
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "net/address.h"
#include "net/inquiry.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    namespace net = mmx::net;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const net::Address stranger = *net::parse_address("203.0.113.7");
    const net::Address proxy = *net::parse_address("10.0.0.1");
    const std::vector<net::AddressRange> trusted = {*net::parse_address_range("10.0.0.0/8")};
    if (net::client_address(stranger, text, trusted) != stranger) std::abort();
    const net::Address client = net::client_address(proxy, text, trusted);
    // Read back from its text it is the same, and behind a trusted proxy it is believed.
    if (net::parse_address(client.text()) != client) std::abort();
    if (net::client_address(proxy, std::string(text) + ", 198.51.100.1", trusted).text() != "198.51.100.1")
        std::abort();
    if (const auto range = net::parse_address_range(text)) {
        if (!range->contains(range->base)) std::abort();
        static_cast<void>(range->contains(stranger));
    }
    static_cast<void>(net::normal_host(text));
    return 0;
}
