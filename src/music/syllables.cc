// Counts the syllables of English text: vowel groups, silent endings, and exceptions that no rule reaches.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "music/lyrics.h"

namespace mmx::music {
namespace {

struct Exception {
    std::string_view word;
    int syllables;
};
// Common words the rules miss.
constexpr Exception kExceptions[] = {
    {"area", 3},       {"beautiful", 3},  {"being", 2},     {"business", 2},  {"cafe", 2},
    {"choir", 1},      {"chocolate", 3},  {"colonel", 2},   {"diamond", 2},   {"different", 2},
    {"doing", 2},      {"dying", 2},      {"every", 2},     {"everybody", 4}, {"everyone", 3},
    {"everything", 3}, {"everywhere", 3}, {"evening", 2},   {"eye", 1},       {"fire", 1},
    {"flower", 2},     {"flying", 2},     {"forever", 3},   {"going", 2},     {"heaven", 2},
    {"hour", 1},       {"hours", 1},      {"idea", 3},      {"ideas", 3},     {"lion", 2},
    {"lying", 2},      {"maybe", 2},      {"mmm", 1},       {"moving", 2},    {"mr", 2},
    {"mrs", 2},        {"oasis", 3},      {"ocean", 2},     {"people", 2},    {"playing", 2},
    {"poem", 2},       {"quiet", 2},      {"real", 1},      {"really", 2},    {"rhythm", 2},
    {"ruin", 2},       {"science", 2},    {"seeing", 2},    {"shh", 1},       {"silent", 2},
    {"someone", 2},    {"something", 2},  {"somewhere", 2}, {"sometimes", 2}, {"staying", 2},
    {"trying", 2},     {"violence", 3},   {"violet", 3},    {"wednesday", 2}, {"whenever", 3},
    {"wherever", 3},   {"world", 1},
};

bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

// Two vowels that are usually two syllables: "create", "lion", "radio", "piano", "giant".
bool breaks(std::string_view word, std::size_t i) {
    const std::string_view pair = word.substr(i, 2);
    const char before = i > 0 ? word[i - 1] : ' ';
    if (pair == "ia") return before != 't' && before != 'c';  // "piano", not "special"
    if (pair == "io")
        return before != 't' && before != 's' && before != 'g' && before != 'x' && before != 'n' &&
               before != 'l';                                      // "radio", not "nation"
    if (pair == "ao") return true;                                 // "chaos"
    if (pair == "oe") return word.substr(i + 2).starts_with("t");  // "poetry"
    if (pair == "ue") return word.substr(i + 2) == "l" || word.substr(i + 2) == "lty";  // "cruel"
    if (pair == "eu") return word.substr(i + 2) == "m";                                 // "museum"
    if (pair == "eo" && word.substr(i + 2) == "n") return before != 'g';  // "neon", not "pigeon"
    if (pair == "eo") return before == 'd' || before == 'l' || before == 'r' || before == 't';
    if (pair == "uo" || pair == "ua") return before != 'q' && before != 'g';
    if (pair == "ie")
        return (word.substr(i + 2).starts_with("t") && before != 'f' && before != 'r') ||
               (word.substr(i + 2) == "nce" && before != 't');  // "diet", "society"
    if (pair == "ea")
        return before == 'r' && i + 3 < word.size() && word.substr(i + 2, 2) == "te";  // "create"
    if (pair == "iu") return true;
    if (pair == "yi" || pair == "ei") return word.substr(i + 1).starts_with("ing");
    return word.substr(i + 1) == "ing" && is_vowel(word[i]);
}

bool ends(std::string_view word, std::string_view tail) {
    return word.ends_with(tail);
}

// A final e, -es or -ed is silent unless the consonants before it need it.
bool silent_ending(std::string_view word) {
    const std::size_t n = word.size();
    if (n >= 3 && word[n - 1] == 'e') {
        if (is_vowel(word[n - 2])) return false;                 // part of its vowel group
        return !(word[n - 2] == 'l' && !is_vowel(word[n - 3]));  // "little" speaks, "smile" does not
    }
    if (n >= 4 && ends(word, "ed") && !is_vowel(word[n - 3])) {
        if (word[n - 3] == 'l' && !is_vowel(word[n - 4]) && word[n - 4] != 'l') return false;  // "tangled"
        return word[n - 3] != 't' && word[n - 3] != 'd';
    }
    if (n >= 4 && ends(word, "es") && !is_vowel(word[n - 3])) {
        const char c = word[n - 3];
        if (c == 'l' && !is_vowel(word[n - 4])) return false;  // "candles"
        const bool hisses = c == 's' || c == 'z' || c == 'x' || c == 'c' || c == 'g' || ends(word, "ches") ||
                            ends(word, "shes");
        return !hisses;
    }
    return false;
}

// y before a vowel is a consonant: "you", "beyond"; not in "crying" and "eyes".
bool consonant_y(std::string_view word, std::size_t i) {
    if (word[i] != 'y' || i + 1 >= word.size() || !is_vowel(word[i + 1])) return false;
    const std::string_view rest = word.substr(i + 1);
    return !rest.starts_with("ing") && rest != "e" && rest != "es" && rest != "ed";
}

int count_word(std::string_view word) {
    for (const Exception& exception : kExceptions)
        if (exception.word == word) return exception.syllables;
    int count = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (!is_vowel(word[i])) continue;
        if (consonant_y(word, i)) continue;
        ++count;
        while (i + 1 < word.size() && is_vowel(word[i + 1]) && !breaks(word, i) && !consonant_y(word, i + 1))
            ++i;
    }
    // "-ism" and "n't" speak a vowel that is not written.
    if (ends(word, "sm") && word.size() > 3) ++count;
    if (ends(word, "nt") && word.size() > 4 && !is_vowel(word[word.size() - 3]) &&
        word[word.size() - 3] == 'd')
        ++count;  // "didnt"
    if (silent_ending(word) && count > 1) --count;
    // A silent e inside: "lonely", "something", "homeward", "moonlit" have one before these endings.
    static constexpr std::string_view kTails[] = {"ely",    "eful",  "eless", "ement",
                                                  "ewhere", "etime", "eward", "eness"};
    for (const std::string_view tail : kTails)
        if (ends(word, tail) && word.size() > tail.size() + 1 && count > 1) {
            const std::string_view stem = word.substr(0, word.size() - tail.size());
            const bool spoken = stem.back() == 'l' && !is_vowel(stem[stem.size() - 2]);  // "settlement"
            if (!is_vowel(stem.back()) && !spoken) {
                --count;
                break;
            }
        }
    return std::max(count, 1);
}

}  // namespace

int count_syllables(std::string_view line) {
    int count = 0;
    std::string word;
    const auto finish = [&] {
        if (!word.empty()) count += count_word(word);
        word.clear();
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto byte = static_cast<unsigned char>(line[i]);
        if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'))
            word += static_cast<char>(byte | 0x20);
        else if (byte == '\'' || line.substr(i).starts_with("’")) {
            if (byte != '\'') i += 2;  // the apostrophe of "don't" belongs to the word
        } else if (byte >= 0xc3 && byte <= 0xc5 && i + 1 < line.size()) {
            word += 'a';  // an accented Latin letter, nearly always a vowel
            ++i;
        } else if (byte >= 0xe3 && byte <= 0xed && i + 2 < line.size()) {
            finish();
            ++count;  // kana, han and hangul: one sign, about one syllable
            i += 2;
        } else if (byte >= '0' && byte <= '9') {
            finish();
            ++count;
        } else
            finish();
    }
    finish();
    return count;
}

}  // namespace mmx::music
