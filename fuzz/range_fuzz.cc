// Any bytes as Range, If-None-Match and If-Range: a part always lies inside the body.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "net/range.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t count) {
    namespace net = mmx::net;
    std::uint64_t size = 0;
    const std::size_t own = count < sizeof size ? count : sizeof size;
    std::memcpy(&size, data, own);
    const std::string_view text(reinterpret_cast<const char*>(data) + own, count - own);
    for (const std::uint64_t bytes : {size, size % 1000, UINT64_MAX}) {
        const net::ByteRange range = net::parse_range(text, bytes);
        if (range.kind != net::ByteRange::Kind::part) continue;
        if (range.length == 0 || range.first >= bytes || range.length > bytes - range.first) std::abort();
    }
    if (net::any_tag_matches(text, "")) std::abort();
    static_cast<void>(net::any_tag_matches(text, "\"tag\""));
    static_cast<void>(net::if_range_holds(text, "\"tag\"", ""));
    return 0;
}
