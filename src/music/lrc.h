// The sung words with their times, as a player shows them.
#pragma once

#include <string>
#include <vector>

#include "music/score.h"

namespace mmx::music {

// One line of words as it is heard. Times in seconds from bar 1, swing applied.
struct TimedLine {
    base::Seconds start, end;  // first onset, end of the last note
    int section = 0;
    bool backing = false;
    struct Word {
        std::string text;
        base::Seconds start, end;
    };
    std::vector<Word> words;
};

// Ascending by start. Harmonies and doubles, which sing the lead's words with it, are not told twice.
std::vector<TimedLine> timed_lines(const Score& score);

// Enhanced LRC: "[00:12.34] <00:12.34> Hello <00:12.80> world <00:13.50>", backing vocals in parentheses,
// UTF-8, lines ended by \n; empty when nothing is sung.
std::string score_to_lrc(const Score& score);

}  // namespace mmx::music
