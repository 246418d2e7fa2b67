// Which part of a body is asked for: Range, If-Range and If-None-Match (RFC 9110 sections 13 and 14).
#pragma once

#include <cstdint>
#include <string_view>

namespace mmx::net {

struct ByteRange {
    enum class Kind { whole, part, unsatisfiable } kind = Kind::whole;
    std::uint64_t first = 0, length = 0;  // of a part: length >= 1, first + length <= size
};
// One range of bytes gives that part. No header, another unit, several ranges and nonsense give the whole,
// which the RFC allows: several overlapping ranges must never cost more than one body.
ByteRange parse_range(std::string_view header, std::uint64_t size);

// If-None-Match: "*" or a list of tags; W/ is not looked at.
bool any_tag_matches(std::string_view header, std::string_view etag);
// If-Range: the very same strong tag (or the same Last-Modified); anything else means "send the whole".
bool if_range_holds(std::string_view header, std::string_view etag, std::string_view last_modified);

}  // namespace mmx::net
