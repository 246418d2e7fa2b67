// Cuts text of any script into words that can be looked up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mmx::prompt {

// What stands between a word and the one before it.
enum class Gap {
    joined,
    comma,
    sentence
};  // blank or hyphen; comma, slash or bracket; . ; : ! ? or a new line

struct Word {
    std::string text;     // folded: lower case, no accents, no apostrophes: "cafe", "dont", "f#", "6/8"
    std::string written;  // as it was
    Gap before = Gap::joined;
    bool hyphen = false;  // a hyphen, not a blank, stands before it
};

// Any bytes; broken UTF-8 is skipped. Han, kana, hangul and other scripts without blanks give one word a
// sign.
std::vector<Word> words_of(std::string_view text);

// The folded words joined by blanks: the form under which the lexicon keeps its phrases.
std::string folded_phrase(std::string_view text);

enum class Script { latin, cyrillic, greek, han, kana, hangul, other, none };
Script script_of(std::string_view word);  // by its first letter

}  // namespace mmx::prompt
