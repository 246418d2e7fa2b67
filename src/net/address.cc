#include "net/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "net/text.h"

namespace mmx::net {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

// Some proxies write a port: "192.0.2.1:4711", "[2001:db8::1]:4711".
std::string_view without_port(std::string_view text) {
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        return end == std::string_view::npos ? std::string_view{} : text.substr(1, end - 1);
    }
    const auto colon = text.find(':');
    return colon != std::string_view::npos && colon == text.rfind(':') ? text.substr(0, colon) : text;
}

}  // namespace

bool Address::is_v4() const {
    return std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
}

bool Address::is_loopback() const {
    if (is_v4()) return bytes[12] == 127;
    return bytes[15] == 1 && std::all_of(bytes.begin(), bytes.end() - 1, [](auto byte) { return byte == 0; });
}

std::string Address::text() const {
    char text[INET6_ADDRSTRLEN] = {};
    if (is_v4())
        inet_ntop(AF_INET, bytes.data() + 12, text, sizeof text);
    else
        inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
    return text;
}

std::optional<Address> parse_address(std::string_view text) {
    char copy[INET6_ADDRSTRLEN] = {};
    if (text.size() >= sizeof copy || text.find('\0') != std::string_view::npos) return std::nullopt;
    std::copy(text.begin(), text.end(), copy);
    Address address;
    if (inet_pton(AF_INET6, copy, address.bytes.data()) == 1) return address;
    std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
    if (inet_pton(AF_INET, copy, address.bytes.data() + 12) == 1) return address;
    return std::nullopt;
}

bool AddressRange::contains(const Address& address) const {
    const auto whole = static_cast<std::size_t>(prefix_bits / 8);
    if (!std::equal(base.bytes.begin(), base.bytes.begin() + whole, address.bytes.begin())) return false;
    const int rest = prefix_bits % 8;
    if (rest == 0) return true;
    return ((base.bytes[whole] ^ address.bytes[whole]) >> (8 - rest)) == 0;
}

std::optional<AddressRange> parse_address_range(std::string_view text) {
    const auto slash = text.find('/');
    const auto base = parse_address(text.substr(0, slash));
    if (!base) return std::nullopt;
    if (slash == std::string_view::npos) return AddressRange{*base, 128};
    const std::string_view digits = text.substr(slash + 1);
    const bool v4 = text.find(':') == std::string_view::npos;
    int bits = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc{} || end != digits.data() + digits.size() || bits < 0 || bits > (v4 ? 32 : 128))
        return std::nullopt;
    return AddressRange{*base, v4 ? bits + 96 : bits};
}

Address client_address(const Address& peer, std::string_view forwarded,
                       std::span<const AddressRange> trusted) {
    const auto is_trusted = [&](const Address& address) {
        return std::any_of(trusted.begin(), trusted.end(),
                           [&](const AddressRange& range) { return range.contains(address); });
    };
    Address client = peer;
    while (is_trusted(client) && !forwarded.empty()) {
        const auto comma = forwarded.rfind(',');
        const bool last = comma == std::string_view::npos;
        const auto next = parse_address(without_port(trim(last ? forwarded : forwarded.substr(comma + 1))));
        if (!next) return client;  // a proxy of ours wrote nonsense: it is all we know
        client = *next;
        forwarded = last ? std::string_view{} : forwarded.substr(0, comma);
    }
    return client;
}

}  // namespace mmx::net
