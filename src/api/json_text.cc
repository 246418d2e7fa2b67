#include "api/json_text.h"

#include <charconv>
#include <chrono>
#include <nlohmann/json.hpp>

namespace mmx::api {
namespace {

// Printable ASCII but for the two signs that JSON escapes, and nothing else. Without a branch, so that many
// signs are looked at at once.
bool is_plain(std::string_view text) {
    unsigned odd = 0;
    for (const char sign : text)
        odd |= static_cast<unsigned>(sign < 0x20) | static_cast<unsigned>(sign == 0x7f) |
               static_cast<unsigned>(sign == '"') | static_cast<unsigned>(sign == '\\');
    return odd == 0;
}

void put_digits(char* at, unsigned value, int digits) {
    for (int i = digits - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
}

}  // namespace

void JsonText::before_value() {
    if (follows_another_) text_ += ',';
    follows_another_ = true;
}

JsonText& JsonText::open(char bracket) {
    before_value();
    text_ += bracket;
    follows_another_ = false;
    return *this;
}

JsonText& JsonText::close(char bracket) {
    text_ += bracket;
    follows_another_ = true;
    return *this;
}

JsonText& JsonText::name(std::string_view name) {
    text_.append(follows_another_ ? ",\"" : "\"").append(name).append("\":");
    follows_another_ = false;
    return *this;
}

JsonText& JsonText::text(std::string_view value) {
    before_value();
    if (is_plain(value)) {
        text_ += '"';
        text_ += value;
        text_ += '"';
    } else {
        text_ += nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
    return *this;
}

JsonText& JsonText::text_or_null(std::string_view value) {
    return value.empty() ? null() : text(value);
}

JsonText& JsonText::number(std::int64_t value) {
    before_value();
    char digits[24];
    text_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    return *this;
}

JsonText& JsonText::real(double value) {
    before_value();
    char digits[40];
    text_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    return *this;
}

JsonText& JsonText::flag(bool value) {
    before_value();
    text_ += value ? "true" : "false";
    return *this;
}

JsonText& JsonText::null() {
    before_value();
    text_ += "null";
    return *this;
}

JsonText& JsonText::time(std::int64_t at_ms) {
    return at_ms == 0 ? null() : text(iso_time(at_ms));
}

std::string iso_time(std::int64_t at_ms) {
    using namespace std::chrono;
    const sys_time<milliseconds> at{milliseconds(at_ms)};
    const auto day = floor<days>(at);
    const year_month_day date(day);
    const hh_mm_ss clock(at - day);
    std::string text = "0000-00-00T00:00:00.000Z";
    put_digits(&text[0], static_cast<unsigned>(static_cast<int>(date.year())), 4);
    put_digits(&text[5], static_cast<unsigned>(date.month()), 2);
    put_digits(&text[8], static_cast<unsigned>(date.day()), 2);
    put_digits(&text[11], static_cast<unsigned>(clock.hours().count()), 2);
    put_digits(&text[14], static_cast<unsigned>(clock.minutes().count()), 2);
    put_digits(&text[17], static_cast<unsigned>(clock.seconds().count()), 2);
    put_digits(&text[20], static_cast<unsigned>(clock.subseconds().count()), 3);
    return text;
}

}  // namespace mmx::api
