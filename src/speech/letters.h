// Letters of any script: Latin ones folded to a-z, others named by their script.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mmx::speech {

// One code point of valid UTF-8 at `at`, which moves behind it.
std::uint32_t next_code_point(std::string_view text, std::size_t& at);

struct Letter {
    std::string folded;  // "e" of é, "ss" of ß; empty: not a Latin letter
    bool upper = false;
    std::string_view script;  // "Japanese" of あ; empty for Latin letters and for signs
};
Letter letter_of(std::uint32_t point);

}  // namespace mmx::speech
