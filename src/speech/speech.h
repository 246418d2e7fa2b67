// Lyrics -> words as they are sung: syllables, phones and stresses of US English. The room's front door.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "music/lyrics.h"
#include "music/vocals.h"

namespace mmx::speech {

// What the writing says after a word: where a singer may breathe.
enum class Pause { none, comma, stop };

struct Word {
    music::Word sung;
    bool backing = false;  // stood in (parentheses)
    Pause pause = Pause::none;
};

struct Line {
    std::string text;  // as it is shown: without directions, {word|sound} as the word
    std::vector<Word> words;
    int syllables(bool backing) const;  // of the lead's words, or of those in parentheses
};

// One for each of music::LyricSection::lines; a line of signs alone ("***") has no words.
using Section = std::vector<Line>;

// One for each of lyrics.sections. Pure and safe from any thread. Refuses (field "lyrics", naming the lines):
// another script or language, {word|sound} that is no sound, and words that nobody could say.
base::Result<std::vector<Section>> read_lyrics(const music::Lyrics& lyrics);

// One line alone; `number` is the one that errors name. Does not judge the language.
base::Result<Line> read_line(std::string_view text, int number);

}  // namespace mmx::speech
