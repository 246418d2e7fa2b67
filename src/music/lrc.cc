#include "music/lrc.h"

#include <algorithm>
#include <cstdint>

#include "base/maths.h"

namespace mmx::music {
namespace {

base::Seconds heard_at(const Score& score, base::Ticks at) {
    return score.tempo.to_seconds(swung(score, at));
}

bool told_by_the_lead(const Score& score, const SungLine& line) {
    for (const VocalPart& part : score.vocals)
        if (!part.backing)
            for (const SungLine& other : part.lines)
                if (other.section == line.section && other.lyric_line == line.lyric_line &&
                    other.text == line.text)
                    return true;
    return false;
}

TimedLine timed(const Score& score, const SungLine& line, bool backing) {
    TimedLine out;
    out.section = line.section;
    out.backing = backing;
    int word = -1;
    for (const SungSyllable& syllable : line.syllables) {
        if (syllable.notes.empty()) continue;
        const base::Seconds start = heard_at(score, syllable.notes.front().start);
        const base::Seconds end = heard_at(score, syllable.notes.back().start + syllable.notes.back().length);
        if (syllable.word != word) {
            word = syllable.word;
            out.words.push_back({line.words[static_cast<std::size_t>(word)].text, start, end});
        }
        out.words.back().end = end;
    }
    if (!out.words.empty()) {
        out.start = out.words.front().start;
        out.end = out.words.back().end;
    }
    return out;
}

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

// "01:02.34"
std::string stamp(base::Seconds at) {
    const auto hundredths = static_cast<std::int64_t>(base::floor(at.value * 100 + 0.5));
    return two_digits(hundredths / 6000) + ":" + two_digits(hundredths / 100 % 60) + "." +
           two_digits(hundredths % 100);
}

// A bracket in a title or a word would be read as a tag.
std::string plain(std::string text) {
    for (char& c : text)
        if (c == '[' || c == '<')
            c = '(';
        else if (c == ']' || c == '>')
            c = ')';
        else if (static_cast<unsigned char>(c) < 0x20)
            c = ' ';
    return text;
}

}  // namespace

std::vector<TimedLine> timed_lines(const Score& score) {
    std::vector<TimedLine> lines;
    for (const VocalPart& part : score.vocals)
        for (const SungLine& line : part.lines)
            if (!part.backing || !told_by_the_lead(score, line))
                if (TimedLine out = timed(score, line, part.backing); !out.words.empty())
                    lines.push_back(std::move(out));
    std::ranges::stable_sort(lines, {}, &TimedLine::start);
    return lines;
}

std::string score_to_lrc(const Score& score) {
    const std::vector<TimedLine> lines = timed_lines(score);
    if (lines.empty()) return {};
    std::string text;
    if (!score.title.empty()) text += "[ti:" + plain(score.title) + "]\n";
    text += "[re:MusicMageX]\n[length:" + stamp(score.length).substr(0, 5) + "]\n";
    for (const TimedLine& line : lines) {
        text += "[" + stamp(line.start) + "]";
        for (std::size_t i = 0; i < line.words.size(); ++i) {
            std::string word = plain(line.words[i].text);
            if (line.backing && i == 0) word = "(" + word;
            if (line.backing && i + 1 == line.words.size()) word += ")";
            text += " <" + stamp(line.words[i].start) + "> " + word;
        }
        text += " <" + stamp(line.end) + ">\n";
    }
    return text;
}

}  // namespace mmx::music
