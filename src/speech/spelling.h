// Cuts a line as it is written into words, and each word into what is said: letters and apostrophes only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "speech/speech.h"

namespace mmx::speech {

struct Written {
    std::string text;  // as shown: "rain,", "1999", "don't"
    std::vector<std::string>
        said;  // lower case: {"nineteen", "ninety", "nine"}; letters of an acronym: {"t", "v"}
    std::vector<std::string> phones;  // of {word|sound}; then nothing is said by rule
    bool spelt = false;               // said letter by letter
    bool backing = false;             // in (parentheses)
    Pause pause = Pause::none;
};

struct SpeltLine {
    std::string text;
    std::vector<Written> words;
    std::string foreign;  // first letters of another script, as they came; the words are then incomplete
    std::string script;   // its name: "Japanese"
};

// Valid UTF-8. Emoji and other signs are left out. Fails on {word|sound} that is no sound.
base::Result<SpeltLine> spell(std::string_view line, int number);

// "R EY N" or "r ey1 n": checked phones with stresses, or a message that ends a sentence.
base::Result<std::vector<std::string>> parse_sound(std::string_view sound);

}  // namespace mmx::speech
