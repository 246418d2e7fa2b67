#include "voice/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "voice/phones.h"

namespace mmx::voice {
namespace {

// The classes of function words the model was trained with; all else is "content".
struct WordClass {
    std::string_view name;
    std::array<std::string_view, 26> words;
};
constexpr std::array kWordClasses = {
    WordClass{"in", {"of",   "for",   "in",      "on",      "that",   "with",    "by",    "at",    "from",
                     "as",   "if",    "against", "about",   "before", "because", "under", "after", "over",
                     "into", "while", "without", "through", "till",   "until",   "upon",  "than"}},
    WordClass{"to", {"to"}},
    WordClass{"det",
              {"the", "a", "an", "no", "some", "this", "each", "another", "those", "every", "all", "any",
               "these", "both", "neither", "either", "many"}},
    WordClass{"md", {"will", "may", "would", "can", "could", "should", "must", "ought", "might", "shall"}},
    WordClass{"cc", {"and", "but", "or", "nor", "yet", "plus"}},
    WordClass{"wp", {"who", "what", "where", "how", "when", "which", "whose", "why"}},
    WordClass{"pps", {"her", "his", "their", "its", "our", "my", "your", "thy"}},
    WordClass{"aux", {"is", "am", "are", "was", "were", "has", "have", "had", "be", "been", "do", "does"}},
};

std::string_view class_of(const music::Word& word) {
    if (word.is_content) return "content";
    std::string plain;
    for (const char c : word.text)
        if (c >= 'A' && c <= 'Z')
            plain += static_cast<char>(c - 'A' + 'a');
        else if (c >= 'a' && c <= 'z')
            plain += c;
    for (const WordClass& one : kWordClasses)
        for (const std::string_view listed : one.words)
            if (!listed.empty() && listed == plain) return one.name;
    return "content";
}

struct Syllable {
    const music::Syllable* sung = nullptr;
    int word = 0, in_word = 0, of_word = 1;  // of_word: how many the word has
    bool stressed = false, accented = false;
    std::string vowel;
};

std::string phone_name(const music::Syllable& syllable, const std::string& phone) {
    return phone == "ah" && syllable.stress == 0 ? "ax" : phone;
}

std::vector<Syllable> syllables_of(const music::SungLine& line) {
    std::vector<Syllable> row;
    for (const music::SungSyllable& sung : line.syllables) {
        const music::Word& word = line.words[static_cast<std::size_t>(sung.word)];
        Syllable one;
        one.sung = &word.syllables[static_cast<std::size_t>(sung.syllable)];
        one.word = sung.word;
        one.in_word = sung.syllable;
        one.of_word = static_cast<int>(word.syllables.size());
        one.stressed = one.sung->stress > 0;
        one.accented = one.stressed && word.is_content;
        one.vowel = phone_name(*one.sung, one.sung->phones[static_cast<std::size_t>(one.sung->nucleus)]);
        row.push_back(std::move(one));
    }
    return row;
}

// How many syllables with a property lie from `from` (included) to `to` (not).
template <class Has>
int count(const std::vector<Syllable>& row, int from, int to, Has has) {
    int sum = 0;
    for (int i = std::max(from, 0); i < std::min(to, static_cast<int>(row.size())); ++i)
        sum += has(row[static_cast<std::size_t>(i)]) ? 1 : 0;
    return sum;
}
// Syllables from `at` to the nearest one with the property in a direction; 0: none.
template <class Has>
int distance(const std::vector<Syllable>& row, int at, int step, Has has) {
    for (int i = at + step; i >= 0 && i < static_cast<int>(row.size()); i += step)
        if (has(row[static_cast<std::size_t>(i)])) return step > 0 ? i - at : at - i;
    return 0;
}

bool is_stressed(const Syllable& s) {
    return s.stressed;
}
bool is_accented(const Syllable& s) {
    return s.accented;
}

// Everything after the five phones: syllable, word and phrase in their surroundings.
std::string context(const music::SungLine& line, const std::vector<Syllable>& row, int at) {
    const auto size = static_cast<int>(row.size());
    const Syllable* here = at >= 0 && at < size ? &row[static_cast<std::size_t>(at)] : nullptr;
    const Syllable* before = at >= 1 ? &row[static_cast<std::size_t>(at - 1)] : nullptr;
    const Syllable* after = at + 1 < size ? &row[static_cast<std::size_t>(at + 1)] : nullptr;
    const auto edge = [](const Syllable* s) {
        return s == nullptr ? std::string("0_0_0")
                            : fmt::format("{:d}_{:d}_{}", s->stressed, s->accented, s->sung->phones.size());
    };
    std::string text = "/A:" + edge(before);

    const auto words = static_cast<int>(line.words.size());
    const auto& all = line.words;
    const auto content = [&](int from, int to) {
        int sum = 0;
        for (int i = std::max(from, 0); i < std::min(to, words); ++i)
            sum += all[static_cast<std::size_t>(i)].is_content ? 1 : 0;
        return sum;
    };
    const auto content_distance = [&](int from, int step) {
        for (int i = from + step; i >= 0 && i < words; i += step)
            if (all[static_cast<std::size_t>(i)].is_content) return step > 0 ? i - from : from - i;
        return 0;
    };
    const auto word_edge = [&](int index) {
        if (index < 0 || index >= words) return std::string("0_0");
        const music::Word& word = all[static_cast<std::size_t>(index)];
        return fmt::format("{}_{}", class_of(word), word.syllables.size());
    };

    if (here != nullptr) {
        text += fmt::format("/B:{:d}-{:d}-{}@{}-{}&{}-{}#{}-{}${}-{}!{}-{};{}-{}|{}", here->stressed,
                            here->accented, here->sung->phones.size(), here->in_word + 1,
                            here->of_word - here->in_word, at + 1, size - at, count(row, 0, at, is_stressed),
                            count(row, at + 1, size, is_stressed), count(row, 0, at, is_accented),
                            count(row, at + 1, size, is_accented), distance(row, at, -1, is_stressed),
                            distance(row, at, 1, is_stressed), distance(row, at, -1, is_accented),
                            distance(row, at, 1, is_accented), here->vowel);
    } else {
        text += "/B:x-x-x@x-x&x-x#x-x$x-x!x-x;x-x|x";
    }
    const auto next = [&] {
        return after == nullptr ? std::string("0+0+0")
                                : fmt::format("{:d}+{:d}+{}", after->stressed, after->accented,
                                              after->sung->phones.size());
    };
    text += "/C:" + next();

    const int word = here != nullptr ? here->word : at < 0 ? -1 : words;
    text += "/D:" + word_edge(word - 1);
    if (here != nullptr) {
        const music::Word& now = all[static_cast<std::size_t>(word)];
        text += fmt::format("/E:{}+{}@{}+{}&{}+{}#{}+{}", class_of(now), now.syllables.size(), word + 1,
                            words - word, content(0, word), content(word + 1, words),
                            content_distance(word, -1), content_distance(word, 1));
    } else {
        text += "/E:x+x@x+x&x+x#x+x";
    }
    text += "/F:" + word_edge(word + 1);
    text += "/G:0_0";
    text += here != nullptr ? fmt::format("/H:{}={}@1=1|L-L%", size, words) : std::string("/H:x=x@1=1|0");
    text += "/I:0=0";
    text += fmt::format("/J:{}+{}-1", size, words);
    return text;
}

}  // namespace

std::vector<LinePhone> phones_of(const music::SungLine& line) {
    std::vector<LinePhone> phones = {{"pau", -1, false}};
    for (std::size_t i = 0; i < line.syllables.size(); ++i) {
        const music::SungSyllable& sung = line.syllables[i];
        const music::Syllable& syllable = line.words[static_cast<std::size_t>(sung.word)]
                                              .syllables[static_cast<std::size_t>(sung.syllable)];
        for (std::size_t p = 0; p < syllable.phones.size(); ++p)
            phones.push_back({phone_name(syllable, syllable.phones[p]), static_cast<int>(i),
                              static_cast<int>(p) == syllable.nucleus});
    }
    phones.push_back({"pau", -1, false});
    return phones;
}

std::vector<std::string> labels_of(const music::SungLine& line) {
    const std::vector<LinePhone> phones = phones_of(line);
    const std::vector<Syllable> row = syllables_of(line);
    const auto name = [&](std::size_t at, int step) -> std::string_view {
        const auto index = static_cast<std::int64_t>(at) + step;
        if (index < 0 || index >= static_cast<std::int64_t>(phones.size())) return "x";
        return phones[static_cast<std::size_t>(index)].name;
    };
    std::vector<std::string> labels;
    std::size_t first = 0;  // of the syllable
    for (std::size_t i = 0; i < phones.size(); ++i) {
        if (i == 0 || phones[i].syllable != phones[i - 1].syllable) first = i;
        std::size_t end = i;
        while (end < phones.size() && phones[end].syllable == phones[i].syllable) ++end;
        const bool pause = phones[i].syllable < 0;
        const std::string place = pause ? "x_x" : fmt::format("{}_{}", i - first + 1, end - i);
        const int at = !pause ? phones[i].syllable : i == 0 ? -1 : static_cast<int>(row.size());
        labels.push_back(fmt::format("{}^{}-{}+{}={}@{}{}", name(i, -2), name(i, -1), phones[i].name,
                                     name(i, 1), name(i, 2), place, context(line, row, at)));
    }
    return labels;
}

}  // namespace mmx::voice
