// What stands in a prompt: the lexicon's words found in it, its figures, and what they deny or single out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "prompt/figures.h"
#include "prompt/lexicon.h"
#include "prompt/text.h"

namespace mmx::prompt {

struct Finding {
    const Entry* entry = nullptr;
    std::size_t first = 0, count = 1;  // words
    std::string written;               // "Rainy nights"
    bool denied = false;               // "no drums", "not sad"
    bool lead = false;                 // "sax solo", "piano melody"
    bool only = false;                 // "just piano", "solo cello"

    std::size_t end() const { return first + count; }
};

struct Reading {
    std::vector<Word> words;
    std::vector<bool> used;
    std::vector<Finding> findings;  // in the order of the text
    Figures figures;
    std::vector<music::AskedSection> sections;  // instruments are filled in by the band's decision
    std::vector<std::size_t> section_players;   // finding that plays sections[i], or npos
    bool no_intro = false;
    bool nothing_else = false;  // "no other instruments"

    std::vector<std::string> not_understood(const Lexicon& lexicon) const;
};

Reading read_prompt(std::string_view text, const Lexicon& lexicon);

inline bool plays(WordKind kind) {
    return kind == WordKind::instrument || kind == WordKind::instrument_class || kind == WordKind::stand_in;
}

// Name of the language most of the text is in when that is not English: "German", "Japanese"; else empty.
std::string foreign_language(const Reading& reading, const Lexicon& lexicon);

}  // namespace mmx::prompt
