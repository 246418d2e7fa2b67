#include "api/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <nlohmann/json.hpp>

namespace mmx::api {
namespace {

constexpr std::size_t kTimeLength = 24;  // "2031-05-04T12:00:00.000Z"
constexpr double kWholeUpTo = 1'000'000'000;

// Eight signs at once, one in each byte of a word. Says whether one is a control character, '"', '\\' or not
// ASCII.
bool has_odd_sign(std::uint64_t signs) {
    constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x80 * kOnes;
    const auto has_zero = [](std::uint64_t word) { return (word - kOnes) & ~word & kHighs; };
    const std::uint64_t control = (signs - 0x20 * kOnes) & ~signs & kHighs;
    return (control | has_zero(signs ^ '"' * kOnes) | has_zero(signs ^ '\\' * kOnes) |
            has_zero(signs ^ 0x7f * kOnes) | (signs & kHighs)) != 0;
}

// Printable ASCII but for the two signs that JSON escapes, and nothing else.
bool is_plain(std::string_view text) {
    std::uint64_t signs = 0;
    while (text.size() >= sizeof signs) {
        std::memcpy(&signs, text.data(), sizeof signs);
        if (has_odd_sign(signs)) return false;
        text.remove_prefix(sizeof signs);
    }
    signs = 0x2020202020202020;
    std::memcpy(&signs, text.data(), text.size());
    return !has_odd_sign(signs);
}

// "00" to "99", one after the other.
constexpr auto kPairs = [] {
    std::array<char, 200> pairs{};
    for (std::size_t i = 0; i < 100; ++i) {
        pairs[2 * i] = static_cast<char>('0' + i / 10);
        pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
}();
void put_two(char* at, unsigned value) {
    std::memcpy(at, &kPairs[2 * std::size_t{value}], 2);
}

void put_time(char* at, std::int64_t at_ms) {
    using namespace std::chrono;
    const sys_time<milliseconds> instant{milliseconds(at_ms)};
    const auto day = floor<days>(instant);
    const year_month_day date(day);
    auto clock = static_cast<unsigned>((instant - day).count());
    std::memcpy(at, "0000-00-00T00:00:00.000Z", kTimeLength);
    const auto year = static_cast<unsigned>(static_cast<int>(date.year())) % 10000;
    put_two(at, year / 100);
    put_two(at + 2, year % 100);
    put_two(at + 5, static_cast<unsigned>(date.month()));
    put_two(at + 8, static_cast<unsigned>(date.day()));
    put_two(at + 21, clock % 100);
    clock /= 100;
    at[20] = static_cast<char>('0' + clock % 10);
    clock /= 10;
    put_two(at + 17, clock % 60);
    clock /= 60;
    put_two(at + 14, clock % 60);
    put_two(at + 11, clock / 60);
}

}  // namespace

void JsonText::grow(std::size_t bytes) {
    text_.resize(std::max(2 * text_.size(), text_.size() + bytes));
}

JsonText& JsonText::open(char bracket) {
    plain({&bracket, 1});
    follows_another_ = false;
    return *this;
}

JsonText& JsonText::close(char bracket) {
    char* at = room(1);
    *at = bracket;
    end_at(at + 1);
    follows_another_ = true;
    return *this;
}

JsonText& JsonText::text(std::string_view value) {
    if (!is_plain(value)) return escaped(value);
    char* at = room_for_value(value.size() + 2);
    *at++ = '"';
    std::memcpy(at, value.data(), value.size());
    at += value.size();
    *at++ = '"';
    end_at(at);
    return *this;
}

JsonText& JsonText::escaped(std::string_view value) {
    return plain(nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

JsonText& JsonText::text_or_null(std::string_view value) {
    return value.empty() ? null() : text(value);
}

JsonText& JsonText::number(std::int64_t value) {
    constexpr std::size_t kLongest = 20;
    char* at = room_for_value(kLongest);
    end_at(std::to_chars(at, at + kLongest, value).ptr);
    return *this;
}

JsonText& JsonText::real(double value) {
    constexpr std::size_t kLongest = 32;
    if (value > -kWholeUpTo && value < kWholeUpTo) {
        const auto whole = static_cast<std::int64_t>(value);
        if (static_cast<double>(whole) == value) return number(whole);
    }
    char* at = room_for_value(kLongest);
    end_at(std::to_chars(at, at + kLongest, value).ptr);
    return *this;
}

JsonText& JsonText::time(std::int64_t at_ms) {
    if (at_ms == 0) return null();
    char* at = room_for_value(kTimeLength + 2);
    *at++ = '"';
    put_time(at, at_ms);
    at += kTimeLength;
    *at++ = '"';
    end_at(at);
    return *this;
}

std::string JsonText::take() {
    text_.resize(used_);
    return std::move(text_);
}

std::string iso_time(std::int64_t at_ms) {
    std::string text(kTimeLength, '\0');
    put_time(text.data(), at_ms);
    return text;
}

}  // namespace mmx::api
