#include "net/range.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "net/text.h"

namespace mmx::net {
namespace {

// Digits only. What is larger than 64 bits is as good as the largest number: both lie behind every end.
std::optional<std::uint64_t> parse_number(std::string_view text) {
    if (text.empty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc::result_out_of_range ? UINT64_MAX : number;
}

std::string_view opaque_part(std::string_view tag) {
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

}  // namespace

ByteRange parse_range(std::string_view header, std::uint64_t size) {
    constexpr ByteRange kWhole{ByteRange::Kind::whole, 0, 0};
    constexpr ByteRange kUnsatisfiable{ByteRange::Kind::unsatisfiable, 0, 0};
    constexpr std::string_view kUnit = "bytes=";
    if (!equal_ignoring_case(header.substr(0, kUnit.size()), kUnit)) return kWhole;
    const std::string_view range = trim(header.substr(kUnit.size()));
    const auto dash = range.find('-');
    if (dash == std::string_view::npos || range.find(',') != std::string_view::npos) return kWhole;
    const std::string_view from = range.substr(0, dash), to = range.substr(dash + 1);

    if (from.empty()) {  // "-500": the last 500
        const auto count = parse_number(to);
        if (!count) return kWhole;
        if (*count == 0 || size == 0) return kUnsatisfiable;
        const std::uint64_t length = std::min(*count, size);
        return {ByteRange::Kind::part, size - length, length};
    }
    const auto first = parse_number(from);
    const auto last = to.empty() ? std::optional<std::uint64_t>(UINT64_MAX) : parse_number(to);
    if (!first || !last || *last < *first) return kWhole;
    if (*first >= size) return kUnsatisfiable;
    return {ByteRange::Kind::part, *first, std::min(*last, size - 1) - *first + 1};
}

bool any_tag_matches(std::string_view header, std::string_view etag) {
    if (etag.empty()) return false;
    if (trim(header) == "*") return true;
    // A tag may hold commas, so the list is walked from quote to quote.
    while (true) {
        const auto open = header.find('"');
        if (open == std::string_view::npos) return false;
        const auto close = header.find('"', open + 1);
        if (close == std::string_view::npos) return false;
        if (header.substr(open, close - open + 1) == opaque_part(etag)) return true;
        header.remove_prefix(close + 1);
    }
}

bool if_range_holds(std::string_view header, std::string_view etag, std::string_view last_modified) {
    header = trim(header);
    if (header.starts_with('"')) return header == etag;
    return !header.starts_with("W/") && !last_modified.empty() && header == last_modified;
}

}  // namespace mmx::net
