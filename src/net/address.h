// Network addresses, ranges of them, and who a request came from behind trusted proxies.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mmx::net {

// IPv4 is kept as ::ffff:a.b.c.d, so that a dual-stack socket's peers compare as they should.
struct Address {
    std::array<std::uint8_t, 16> bytes{};
    bool is_v4() const;
    bool is_loopback() const;
    std::string text() const;
    friend bool operator==(const Address&, const Address&) = default;
};
// "192.0.2.1", "2001:db8::1"; nothing for names, zones and anything else.
std::optional<Address> parse_address(std::string_view text);

struct AddressRange {
    Address base;
    int prefix_bits = 128;  // of the 16 bytes
    bool contains(const Address& address) const;
};
// "10.0.0.0/8", "2001:db8::/32", or one address.
std::optional<AddressRange> parse_address_range(std::string_view text);

// X-Forwarded-For grows at its right end, and only what a trusted proxy wrote is believed: from the right,
// the first address that is no trusted proxy. A peer that is not trusted is the client itself. `forwarded`
// holds the header's lines, joined by commas.
Address client_address(const Address& peer, std::string_view forwarded,
                       std::span<const AddressRange> trusted);

}  // namespace mmx::net
