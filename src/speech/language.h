// Is it English? Judged by small words, so that names, calls and a borrowed word do not count against a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mmx::speech {

struct LineWords {
    int number = 0;                  // in the text, from 1
    std::string text;                // as shown
    std::vector<std::string> words;  // lower case; respelt ones are left out
};

struct Foreign {
    std::string language;    // "German"; "another language" when it is only clear that it is not English
    std::vector<int> lines;  // indices, ascending
};

// Empty lines when all of it passes for English.
Foreign find_foreign(const std::vector<LineWords>& lines);

}  // namespace mmx::speech
