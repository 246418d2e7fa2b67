// Reads lyrics line by line, and says in one message what cannot be sung.
#include <algorithm>
#include <map>

#include "speech/language.h"
#include "speech/lexicon.h"
#include "speech/speech.h"
#include "speech/spelling.h"
#include "speech/syllables.h"

namespace mmx::speech {
namespace {

// The longest word of English songs is far below: what is longer is no word.
constexpr int kMostSyllables = 16;
constexpr std::size_t kMostLetters = 40;

std::string quoted(const std::string& text) {
    std::string shown;
    for (std::size_t i = 0;
         i < text.size() && (i < 40 || (static_cast<unsigned char>(text[i]) & 0xc0) == 0x80); ++i)
        shown += text[i];
    return "'" + shown + (shown.size() < text.size() ? "..." : "") + "'";
}

std::string listed(const std::vector<int>& numbers, const std::vector<std::string>& texts) {
    std::string list;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i == 5) {
            list += " and " + std::to_string(numbers.size() - i) + " more";
            break;
        }
        list += (i == 0 ? "" : ", ") + std::to_string(numbers[i]) + " (" + quoted(texts[i]) + ")";
    }
    return (numbers.size() == 1 ? "line " : "lines ") + list;
}

bool has_digit(const std::string& text) {
    return text.find_first_of("0123456789") != std::string::npos;
}

// One word with all it says: "1999" is one word of five syllables.
base::Result<Word> word_of(const Written& written, const Neighbours& around, int number) {
    Word word;
    word.backing = written.backing;
    word.pause = written.pause;
    word.sung.text = written.text;
    word.sung.is_content = !(written.said.size() == 1 && is_function_word(written.said[0]));
    const bool by_parts = written.said.size() > 1 || has_digit(written.text);
    for (const std::string& said : written.said) {
        const auto too_long = [&](const std::string& why) {
            return base::fail_field("lyrics", "lyrics: line " + std::to_string(number) + ": " +
                                                  quoted(written.text) + " " + why +
                                                  "; write how it sounds, for example {read|R EH D}");
        };
        if (said.size() > kMostLetters && written.phones.empty())
            return too_long("is a word of " + std::to_string(said.size()) +
                            " letters, at most 40 can be read");
        const Phones phones = !written.phones.empty() ? written.phones
                              : written.spelt         ? spell_out(said)
                                                      : pronounce(said, around);
        const bool vowel = std::ranges::any_of(phones, [](const std::string& p) { return is_vowel(p); });
        if (!vowel) return too_long("has no vowel to sing on");
        auto syllables = syllables_of(phones);
        if (by_parts) share_text(said, syllables);
        word.sung.syllables.insert(word.sung.syllables.end(), syllables.begin(), syllables.end());
        if (static_cast<int>(word.sung.syllables.size()) > kMostSyllables)
            return too_long("has more than 16 syllables");
    }
    if (!by_parts) share_text(written.text, word.sung.syllables);
    if (word.sung.syllables.size() == 1) word.sung.syllables[0].stress = word.sung.is_content ? 1 : 0;
    return word;
}

base::Result<Line> line_of(const SpeltLine& spelt, int number) {
    Line line;
    line.text = spelt.text;
    for (std::size_t i = 0; i < spelt.words.size(); ++i) {
        const Neighbours around{i > 0 ? std::string_view(spelt.words[i - 1].said.back()) : std::string_view(),
                                i + 1 < spelt.words.size() ? std::string_view(spelt.words[i + 1].said.front())
                                                           : std::string_view()};
        line.words.push_back(TRY(word_of(spelt.words[i], around, number)));
    }
    return line;
}

std::string advice() {
    return " Only English can be sung so far: give English words, leave the lyrics out for an instrumental, "
           "or choose a "
           "remote engine that sings this language.";
}

}  // namespace

int Line::syllables(bool backing) const {
    int count = 0;
    for (const Word& word : words)
        if (word.backing == backing) count += static_cast<int>(word.sung.syllables.size());
    return count;
}

base::Result<Line> read_line(std::string_view text, int number) {
    return line_of(TRY(spell(text, number)), number);
}

base::Result<std::vector<Section>> read_lyrics(const music::Lyrics& lyrics) {
    std::vector<std::vector<SpeltLine>> spelt;
    std::vector<LineWords> judged;
    std::map<std::string, std::pair<std::vector<int>, std::vector<std::string>>> scripts;
    for (const music::LyricSection& section : lyrics.sections) {
        auto& lines = spelt.emplace_back();
        for (std::size_t i = 0; i < section.lines.size(); ++i) {
            const int number =
                i < section.line_numbers.size() ? section.line_numbers[i] : static_cast<int>(i) + 1;
            lines.push_back(TRY(spell(section.lines[i], number)));
            SpeltLine& line = lines.back();
            if (!line.script.empty()) {
                auto& [numbers, texts] = scripts[line.script];
                if (std::ranges::find(numbers, number) == numbers.end()) {
                    numbers.push_back(number);
                    texts.push_back(line.foreign);
                }
            }
            LineWords words{number, line.text, {}};
            for (const Written& word : line.words)
                if (word.phones.empty())
                    words.words.insert(words.words.end(), word.said.begin(), word.said.end());
            // Sung again is not written again.
            if (std::ranges::find(judged, number, &LineWords::number) == judged.end())
                judged.push_back(std::move(words));
        }
    }
    if (!scripts.empty()) {
        const auto most =
            std::ranges::max_element(scripts, {}, [](const auto& row) { return row.second.first.size(); });
        std::string script = most->first;
        if (script == "Chinese" && scripts.contains("Japanese")) script = "Japanese";
        std::vector<int> numbers;
        std::vector<std::string> texts;
        for (const auto& [name, lines] : scripts) {
            numbers.insert(numbers.end(), lines.first.begin(), lines.first.end());
            texts.insert(texts.end(), lines.second.begin(), lines.second.end());
        }
        return base::fail_field("lyrics", "lyrics: " + listed(numbers, texts) + " hold" +
                                              (numbers.size() == 1 ? "s " : " ") + script + " writing." +
                                              advice());
    }
    if (const Foreign foreign = find_foreign(judged); !foreign.lines.empty()) {
        std::vector<int> numbers;
        std::vector<std::string> texts;
        for (const int line : foreign.lines) {
            numbers.push_back(judged[static_cast<std::size_t>(line)].number);
            texts.push_back(judged[static_cast<std::size_t>(line)].text);
        }
        return base::fail_field("lyrics", "lyrics: " + listed(numbers, texts) +
                                              (numbers.size() == 1 ? " seems" : " seem") + " to be in " +
                                              foreign.language + "." + advice());
    }
    std::vector<Section> sections;
    for (std::size_t s = 0; s < spelt.size(); ++s) {
        Section section;
        for (std::size_t i = 0; i < spelt[s].size(); ++i) {
            const auto& numbers = lyrics.sections[s].line_numbers;
            section.push_back(
                TRY(line_of(spelt[s][i], i < numbers.size() ? numbers[i] : static_cast<int>(i) + 1)));
        }
        sections.push_back(std::move(section));
    }
    return sections;
}

}  // namespace mmx::speech
