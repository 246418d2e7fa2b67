// How a word sounds: our own list first, then rules for its endings, then flite's lexicon and letter-to-sound
// rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mmx::speech {

// Lower-case ARPAbet, a digit after each vowel: "r", "ey1", "n". 1 is stressed, 0 is not.
using Phones = std::vector<std::string>;

struct Neighbours {
    std::string_view before, after;  // lower case, empty at the edges of a line
};

// `word` in lower-case letters and apostrophes, at most 40 bytes. Never empty for a word with a letter. Words
// that are written alike and sound apart ("live", "wind") look at their neighbours. Safe from any thread.
Phones pronounce(std::string_view word, const Neighbours& neighbours);

// Names of letters: "tv" -> "t iy1 v iy1".
Phones spell_out(std::string_view letters);

// "the", "of", "and": words that a melody passes over.
bool is_function_word(std::string_view word);
// Whether one of our own lists holds the word.
bool is_ours(std::string_view word);
// Whether our list or flite's holds the word itself; a word the rules can read may be in neither.
bool is_listed(std::string_view word);

bool is_vowel(std::string_view phone);   // with or without its digit
bool is_phone(std::string_view phone);   // of the set that voices can sing, without a digit
bool is_voiced(std::string_view phone);  // vowels included

}  // namespace mmx::speech
