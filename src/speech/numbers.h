// Numbers in words: "1,250" -> one thousand two hundred fifty; "1999", "80s", "3rd", "$5", "5:30", "2.5".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mmx::speech {

// `text` holds a digit; signs and letters around it are understood or left out. At most 12 digits are read as
// a number, more digit by digit. Lower-case words, never empty.
std::vector<std::string> number_words(std::string_view text);

}  // namespace mmx::speech
