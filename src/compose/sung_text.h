// The words as a composer counts them: syllables with their weight, lines cut into phrases of one breath.
#pragma once

#include <string>
#include <vector>

#include "speech/speech.h"

namespace mmx::compose {

struct TextSyllable {
    int word = 0, syllable = 0;                 // in the line's words of this singer (lead or backing)
    double weight = 0;                          // 0 murmured ... 1 the stress of a word that matters
    speech::Pause pause = speech::Pause::none;  // after it
    bool ends_word = false;
    int consonants = 0;  // between its vowel and the next: they take time
};

// What is sung in one breath by one singer.
struct SungPhrase {
    int line = 0;          // index into the section's lines
    bool backing = false;  // in (parentheses)
    std::string text;      // its words, to know what comes again
    std::vector<TextSyllable> syllables;
    int first_bar = 0, bars = 1;  // within the section
};

// Weight of each syllable of a word, heard alone.
double weight_of(const music::Word& word, std::size_t syllable);

// A line as phrases of at most `most` syllables: cut where the writing pauses, else before small words, at
// nearly even lengths. Bars are left at one.
std::vector<SungPhrase> phrases_of(const speech::Line& line, int number, int most);

}  // namespace mmx::compose
