// The one door to flite: its American lexicon and its letter-to-sound rules, nothing of its synthesis.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mmx::speech {

// `word`: 1-40 lower-case ASCII letters, anything else gives nothing. `kind`: a part of speech for words that
// have several sounds ("n", "v"), or empty. One caller at a time reaches flite; others wait.
std::vector<std::string> flite_phones(std::string_view word, std::string_view kind);
bool flite_lists(std::string_view word);

}  // namespace mmx::speech
