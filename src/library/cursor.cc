#include "library/cursor.h"

#include <array>
#include <charconv>
#include <optional>

#include "base/secrets.h"
#include "music/fields.h"

namespace mmx::library {
namespace {

constexpr std::size_t kLongest = 400;

std::optional<std::string> from_base64url(std::string_view text) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string bytes;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char digit : text) {
        const std::size_t value = kDigits.find(digit);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>((bits >> held) & 0xff);
        }
    }
    return bytes;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

// The first five parts between blanks; the sixth is the rest, for titles hold blanks.
std::optional<std::array<std::string_view, 6>> parts_of(std::string_view text) {
    std::array<std::string_view, 6> parts;
    for (std::size_t i = 0; i < 5; ++i) {
        const std::size_t blank = text.find(' ');
        if (blank == std::string_view::npos) return std::nullopt;
        parts[i] = text.substr(0, blank);
        text.remove_prefix(blank + 1);
    }
    parts[5] = text;
    return parts;
}

std::string_view sign_of(Sort sort) {
    return sort == Sort::created ? "c" : sort == Sort::title ? "t" : "d";
}
std::string_view sign_of(Direction direction) {
    return direction == Direction::ascending ? "a" : "d";
}

bool is_plain_text(std::string_view text) {
    if (!music::count_code_points(text)) return false;
    for (const char byte : text)
        if (static_cast<unsigned char>(byte) < 0x20) return false;
    return true;
}

std::optional<Cursor> parse(std::string_view text, Sort sort, Direction direction) {
    const auto bytes = from_base64url(text);
    if (!bytes) return std::nullopt;
    const auto parts = parts_of(*bytes);
    if (!parts || (*parts)[0] != sign_of(sort) || (*parts)[1] != sign_of(direction)) return std::nullopt;
    Cursor cursor;
    cursor.sort = sort;
    cursor.direction = direction;
    const auto seq = whole_number((*parts)[2]);
    const auto total = whole_number((*parts)[3]);
    const auto exact = whole_number((*parts)[4]);
    if (!seq || !total || !exact || *exact > 1) return std::nullopt;
    cursor.seq = *seq;
    cursor.total = *total;
    cursor.total_is_exact = *exact == 1;
    const std::string_view key = (*parts)[5];
    if (sort == Sort::duration) {
        const auto duration = whole_number(key);
        if (!duration) return std::nullopt;
        cursor.duration_ms = *duration;
    } else if (sort == Sort::title) {
        if (!is_plain_text(key)) return std::nullopt;
        cursor.title_key = key;
    } else if (!key.empty()) {
        return std::nullopt;
    }
    if (write_cursor(cursor) != text) return std::nullopt;  // one place, one spelling
    return cursor;
}

}  // namespace

std::string write_cursor(const Cursor& cursor) {
    std::string text;
    text.append(sign_of(cursor.sort)).append(" ").append(sign_of(cursor.direction));
    text += " " + std::to_string(cursor.seq) + " " + std::to_string(cursor.total) +
            (cursor.total_is_exact ? " 1 " : " 0 ");
    if (cursor.sort == Sort::duration) text += std::to_string(cursor.duration_ms);
    if (cursor.sort == Sort::title) text += cursor.title_key;
    return base::to_base64url(text);
}

base::Result<Cursor> read_cursor(std::string_view text, Sort sort, Direction direction) {
    std::optional<Cursor> cursor;
    if (text.size() <= kLongest) cursor = parse(text, sort, direction);
    if (!cursor)
        return base::fail_field("cursor",
                                "cursor: not one of this list; take next_cursor of the page before, "
                                "with the same sort, or leave it out");
    return *std::move(cursor);
}

}  // namespace mmx::library
