// JSON written straight into text, for answers that are long and frequent: lists of songs. A tree of values
// first costs ten times as much.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace mmx::api {

// Commas come by themselves; the caller opens, names and closes in order. Text is UTF-8 (what is not becomes
// U+FFFD).
class JsonText {
  public:
    explicit JsonText(std::size_t expected_bytes = 256) : text_(expected_bytes, '\0') {}
    JsonText& open(char bracket);  // '{' or '['
    JsonText& close(char bracket);
    JsonText& name(std::string_view name) {  // of ours: letters and underscores
        char* at = room(name.size() + 4);
        if (follows_another_) *at++ = ',';
        *at++ = '"';
        std::memcpy(at, name.data(), name.size());
        at += name.size();
        *at++ = '"';
        *at++ = ':';
        end_at(at);
        follows_another_ = false;
        return *this;
    }
    JsonText& text(std::string_view value);
    JsonText& text_or_null(std::string_view value);  // empty: null
    JsonText& number(std::int64_t value);
    JsonText& real(double value);  // finite
    JsonText& flag(bool value) { return plain(value ? "true" : "false"); }
    JsonText& null() { return plain("null"); }
    JsonText& time(std::int64_t at_ms);  // "2031-05-04T12:00:00.000Z"; null for 0
    std::string take();

  private:
    // Where to write, with room for so many bytes and the comma before them.
    char* room(std::size_t bytes) {
        if (text_.size() - used_ < bytes + 1) grow(bytes + 1);
        return text_.data() + used_;
    }
    char* room_for_value(std::size_t bytes) {
        char* at = room(bytes);
        if (follows_another_) *at++ = ',';
        follows_another_ = true;
        return at;
    }
    void end_at(const char* at) { used_ = static_cast<std::size_t>(at - text_.data()); }
    JsonText& plain(std::string_view value) {
        char* at = room_for_value(value.size());
        std::memcpy(at, value.data(), value.size());
        end_at(at + value.size());
        return *this;
    }
    JsonText& escaped(std::string_view value);
    void grow(std::size_t bytes);

    std::string text_;  // its end is unused
    std::size_t used_ = 0;
    bool follows_another_ = false;
};

// "2031-05-04T12:00:00.000Z", of milliseconds since 1970.
std::string iso_time(std::int64_t at_ms);

}  // namespace mmx::api
