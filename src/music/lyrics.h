// Lyrics: sections in square brackets, their directions, and the lines to be sung.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mmx::music {

enum class SectionKind {
    intro,
    verse,
    pre_chorus,
    chorus,
    post_chorus,
    bridge,
    solo,
    interlude,
    breakdown,
    build,
    drop,
    theme,
    outro
};
std::string_view section_name(SectionKind kind);  // "verse", "pre-chorus"

// "[Verse 2: piano only]" or "[Guitar Solo, 8 bars]".
struct LyricSection {
    SectionKind kind = SectionKind::verse;
    std::string label;                    // as written, without brackets: "Verse 2"
    std::vector<std::string> directions;  // "piano only"; "8 bars" is taken out into bars
    std::string instrument;               // "guitar" of "Guitar Solo"; free text, may be empty
    int bars = 0;                         // 0: not said
    std::vector<std::string> lines;       // words only; empty lines are left out
    std::vector<int> line_numbers;        // where each stands in the text, from 1: for messages
};

struct Lyrics {
    std::vector<LyricSection> sections;
    bool empty() const { return sections.empty(); }
    bool has_words() const;
};

// Any text of up to 8,000 characters (code points). Lines before the first tag form a verse;
// blank lines between untagged blocks start new verses, a block that comes again is the chorus.
// Unknown tags become directions of the section they stand in. Never fails on a text of allowed length in
// valid UTF-8.
base::Result<Lyrics> parse_lyrics(std::string_view text);
// Syllables of an English line, by a rule of vowel groups with exceptions (the voice room's front end refines
// it). 0 for no words.
int count_syllables(std::string_view line);

}  // namespace mmx::music
