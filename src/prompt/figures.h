// Numbers in a text: tempo, key, metre, length and bars, and where they stand.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "music/key.h"
#include "music/metre.h"
#include "prompt/text.h"

namespace mmx::prompt {

template <class T>
struct Said {
    T value;
    std::string words;  // as written: "82 bpm"
};

struct Figures {
    std::optional<Said<double>> bpm;
    std::optional<Said<music::Key>> key;
    bool key_is_a_tonic = false;  // "in A": no mode was named
    bool no_key = false;
    std::optional<Said<music::Metre>> metre;
    std::optional<Said<double>> seconds;
    std::optional<Said<int>> bars;      // "an 8-bar loop": the whole song's length
    std::vector<std::string> messages;  // numbers outside what is possible
};

// Marks the words it understood in `used`, which has as many places as words.
Figures read_figures(const std::vector<Word>& words, std::vector<bool>& used);

// "12" or "twelve"; "a" is one when asked for. Empty for other words.
std::optional<double> number_of(const Word& word, bool article_is_one = false);
// The words as they were written, joined.
std::string written(const std::vector<Word>& words, std::size_t first, std::size_t count);

}  // namespace mmx::prompt
