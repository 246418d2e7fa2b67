// JSON written straight into text, for answers that are long and frequent: lists of songs. A tree of values
// first costs ten times as much.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mmx::api {

// Commas come by themselves; the caller opens, names and closes in order. Text is UTF-8 (what is not becomes
// U+FFFD).
class JsonText {
  public:
    explicit JsonText(std::size_t expected_bytes = 0) { text_.reserve(expected_bytes); }
    JsonText& open(char bracket);           // '{' or '['
    JsonText& close(char bracket);          // '}' or ']'
    JsonText& name(std::string_view name);  // of ours: letters and underscores
    JsonText& text(std::string_view value);
    JsonText& text_or_null(std::string_view value);  // empty: null
    JsonText& number(std::int64_t value);
    JsonText& real(double value);  // finite
    JsonText& flag(bool value);
    JsonText& null();
    JsonText& time(std::int64_t at_ms);  // "2031-05-04T12:00:00.000Z"; null for 0
    std::string take() { return std::move(text_); }

  private:
    void before_value();
    std::string text_;
    bool follows_another_ = false;
};

// "2031-05-04T12:00:00.000Z", of milliseconds since 1970.
std::string iso_time(std::int64_t at_ms);

}  // namespace mmx::api
