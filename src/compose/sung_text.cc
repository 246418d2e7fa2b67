#include "compose/sung_text.h"

#include <algorithm>
#include <cctype>

namespace mmx::compose {
namespace {

using Syllables = std::vector<TextSyllable>;

int consonants_after(const music::Syllable& syllable) {
    return static_cast<int>(syllable.phones.size()) - syllable.nucleus - 1;
}

// One singer's run of words in a line.
struct Run {
    bool backing = false;
    std::vector<const speech::Word*> words;
    std::vector<int> numbers;  // of each word among this singer's words in the line
};

std::vector<Run> runs_of(const speech::Line& line) {
    std::vector<Run> runs;
    int lead = 0, backing = 0;
    for (const speech::Word& word : line.words) {
        if (runs.empty() || runs.back().backing != word.backing) runs.push_back({word.backing, {}, {}});
        runs.back().words.push_back(&word);
        runs.back().numbers.push_back(word.backing ? backing++ : lead++);
    }
    return runs;
}

int count(const Run& run, std::size_t from, std::size_t until) {
    int syllables = 0;
    for (std::size_t i = from; i < until; ++i)
        syllables += static_cast<int>(run.words[i]->sung.syllables.size());
    return syllables;
}

// How well a phrase may end before word `at`, in syllables of length that one would give for it.
double welcome(const Run& run, std::size_t at) {
    const speech::Word& before = *run.words[at - 1];
    const speech::Word& after = *run.words[at];
    double good = before.pause == speech::Pause::stop ? 6 : before.pause == speech::Pause::comma ? 4 : 0;
    // Poets begin lines with capitals; "I" and names have them anyway.
    if (!after.sung.text.empty() && std::isupper(static_cast<unsigned char>(after.sung.text[0])) &&
        after.sung.text != "I")
        good += 2.5;
    if (!after.sung.is_content) good += 1.2;   // "| of my heart"
    if (!before.sung.is_content) good -= 2.5;  // never "of |"
    return good;
}

SungPhrase phrase_of(const Run& run, std::size_t from, std::size_t until, int line) {
    SungPhrase phrase;
    phrase.line = line;
    phrase.backing = run.backing;
    for (std::size_t i = from; i < until; ++i) {
        const speech::Word& word = *run.words[i];
        for (const char c : word.sung.text)
            if (std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80)
                phrase.text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        phrase.text += ' ';
        for (std::size_t s = 0; s < word.sung.syllables.size(); ++s) {
            TextSyllable syllable;
            syllable.word = run.numbers[i];
            syllable.syllable = static_cast<int>(s);
            syllable.weight = weight_of(word.sung, s);
            syllable.ends_word = s + 1 == word.sung.syllables.size();
            if (syllable.ends_word) syllable.pause = word.pause;
            syllable.consonants = consonants_after(word.sung.syllables[s]);
            if (!phrase.syllables.empty())
                phrase.syllables.back().consonants += word.sung.syllables[s].nucleus;
            phrase.syllables.push_back(syllable);
        }
    }
    return phrase;
}

// Cuts words [from, until) in two at the best place until each part is short enough.
void cut(const Run& run, std::size_t from, std::size_t until, int most, int line,
         std::vector<SungPhrase>& phrases) {
    const int syllables = count(run, from, until);
    if (syllables <= most || until - from < 2) {
        phrases.push_back(phrase_of(run, from, until, line));
        return;
    }
    // The first part takes its share of as many phrases as there must be.
    const int parts = (syllables + most - 1) / most;
    const double wish = static_cast<double>(syllables) / parts;
    std::size_t best = from + 1;
    double best_cost = 1e9;
    for (std::size_t at = from + 1; at < until; ++at) {
        const int before = count(run, from, at);
        double cost = std::abs(before - wish) - welcome(run, at);
        if (before > most) cost += 6.0 * (before - most);
        if (before < 3 || syllables - before < 3) cost += 4;
        if (cost < best_cost) {
            best_cost = cost;
            best = at;
        }
    }
    cut(run, from, best, most, line, phrases);
    cut(run, best, until, most, line, phrases);
}

}  // namespace

double weight_of(const music::Word& word, std::size_t syllable) {
    const bool stressed = word.syllables[syllable].stress > 0;
    if (word.is_content) return stressed ? 1.0 : 0.05;
    if (word.syllables.size() == 1) return 0.25;
    return stressed ? 0.55 : 0.05;  // "into", "over", "upon"
}

std::vector<SungPhrase> phrases_of(const speech::Line& line, int number, int most) {
    std::vector<SungPhrase> phrases;
    for (const Run& run : runs_of(line)) cut(run, 0, run.words.size(), most, number, phrases);
    return phrases;
}

}  // namespace mmx::compose
