#include "speech/language.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/data_files.h"
#include "speech/lexicon.h"

namespace mmx::speech {
namespace {

using Languages = std::map<std::string, std::set<std::string, std::less<>>, std::less<>>;

const Languages& languages() {
    static const auto table = [] {
        Languages rows;
        std::string_view text = base::data_file("speech/languages.tsv").value_or("");
        while (!text.empty()) {
            std::string_view line = text.substr(0, text.find('\n'));
            text.remove_prefix(std::min(text.size(), line.size() + 1));
            const std::size_t tab = line.find('\t');
            if (line.starts_with('#') || tab == std::string_view::npos) continue;
            auto& words = rows[std::string(line.substr(0, tab))];
            line.remove_prefix(tab + 1);
            while (!line.empty()) {
                const std::string_view word = line.substr(0, line.find(' '));
                line.remove_prefix(std::min(line.size(), word.size() + 1));
                // What English sings too says nothing.
                if (!word.empty() && !is_ours(word)) words.emplace(word);
            }
        }
        return rows;
    }();
    return table;
}

struct Votes {
    int words = 0, english = 0;
    std::map<std::string, int> others;
};

Votes count(const LineWords& line) {
    Votes votes;
    for (const std::string& word : line.words) {
        ++votes.words;
        votes.english += is_ours(word);
        for (const auto& [language, small] : languages()) votes.others[language] += small.contains(word);
    }
    return votes;
}

// Words with an accent: English borrows one now and then, other languages have them all the time.
int accented_words(const std::string& text) {
    int words = 0;
    bool accented = false;
    for (const char c : text + " ") {
        accented = accented || (c >= '\xc3' && c <= '\xc5');
        if (c != ' ') continue;
        words += accented;
        accented = false;
    }
    return words;
}

std::string most_likely(const std::map<std::string, int>& votes) {
    std::string best;
    int most = 0;
    for (const auto& [language, count] : votes)
        if (count > most) {
            most = count;
            best = language;
        }
    return best;
}

}  // namespace

Foreign find_foreign(const std::vector<LineWords>& lines) {
    Foreign found;
    Votes all;
    std::map<std::string, int> named;
    std::vector<Votes> each;
    for (const LineWords& line : lines) {
        each.push_back(count(line));
        all.words += each.back().words;
        all.english += each.back().english;
        for (const auto& [language, votes] : each.back().others) all.others[language] += votes;
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Votes& votes = each[i];
        const std::string language = most_likely(votes.others);
        if (language.empty()) continue;
        const int strength = votes.others.at(language);
        if (strength >= 2 && strength > votes.english && strength * 10 >= votes.words * 3) {
            found.lines.push_back(static_cast<int>(i));
            ++named[language];
        }
    }
    if (!found.lines.empty()) {
        found.language = most_likely(named);
        // Where a fifth of the lines is another language's, the lines without English small words are taken
        // to be.
        if (found.lines.size() * 5 >= lines.size()) {
            found.lines.clear();
            for (std::size_t i = 0; i < lines.size(); ++i)
                if (each[i].words > 0 && each[i].english * 4 <= each[i].words &&
                    (each[i].others[found.language] > 0 ||
                     std::ranges::none_of(lines[i].words, [](const auto& word) { return is_listed(word); })))
                    found.lines.push_back(static_cast<int>(i));
        }
        return found;
    }
    // A quarter to a half of English words are small ones; a language with hardly any of them is another one.
    int accented = 0;
    for (const LineWords& line : lines) accented += accented_words(line.text);
    const bool strange = accented >= 3 && accented * 5 >= all.words;
    if (strange || (all.words >= 12 && all.english * 10 < all.words)) {
        int listed = 0, words = 0;
        for (const LineWords& line : lines)
            for (const std::string& word : line.words) {
                ++words;
                listed += is_listed(word);
            }
        if (strange || listed * 4 < words) {
            found.language = "another language";
            for (std::size_t i = 0; i < lines.size(); ++i)
                if (each[i].words > 0) found.lines.push_back(static_cast<int>(i));
        }
    }
    return found;
}

}  // namespace mmx::speech
