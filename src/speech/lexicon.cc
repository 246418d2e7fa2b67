#include "speech/lexicon.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/data_files.h"
#include "base/text.h"
#include "speech/flite_lexicon.h"

namespace mmx::speech {
namespace {

constexpr std::array<std::string_view, 16> kVowels = {"aa", "ae", "ah", "ao", "aw", "ax", "ay", "eh",
                                                      "er", "ey", "ih", "iy", "ow", "oy", "uh", "uw"};
constexpr std::array<std::string_view, 24> kConsonants = {"b",  "ch", "d",  "dh", "f",  "g", "hh", "jh",
                                                          "k",  "l",  "m",  "n",  "ng", "p", "r",  "s",
                                                          "sh", "t",  "th", "v",  "w",  "y", "z",  "zh"};

std::string_view bare(std::string_view phone) {
    if (!phone.empty() && phone.back() >= '0' && phone.back() <= '9') phone.remove_suffix(1);
    return phone;
}

template <class Do>
void each_row(std::string_view file, Do what) {
    for (const std::string_view line : base::split(base::data_file(file).value_or(""), '\n'))
        if (!line.starts_with('#')) what(line);
}

Phones phones_of(std::string_view text) {
    Phones phones;
    for (const std::string_view phone : base::split(text, ' ')) phones.emplace_back(phone);
    return phones;
}

const std::map<std::string_view, Phones>& words() {
    static const auto table = [] {
        std::map<std::string_view, Phones> rows;
        each_row("speech/words.tsv", [&](std::string_view line) {
            const std::size_t tab = line.find('\t');
            if (tab != std::string_view::npos) rows[line.substr(0, tab)] = phones_of(line.substr(tab + 1));
        });
        return rows;
    }();
    return table;
}

struct Reading {
    Phones phones;
    std::set<std::string_view> after, before;
    bool before_vowel = false;
};

const std::map<std::string_view, std::vector<Reading>>& heteronyms() {
    static const auto table = [] {
        std::map<std::string_view, std::vector<Reading>> rows;
        each_row("speech/heteronyms.tsv", [&](std::string_view line) {
            const auto cells = base::split(line, '\t');
            if (cells.size() < 2) return;
            Reading reading{phones_of(cells[1]), {}, {}, false};
            if (cells.size() > 2) {
                const std::string_view when = cells[2];
                reading.before_vowel = when == "before-vowel";
                const auto names = base::split(when.substr(std::min(when.find(':') + 1, when.size())), ' ');
                if (when.starts_with("after:")) reading.after = {names.begin(), names.end()};
                if (when.starts_with("before:")) reading.before = {names.begin(), names.end()};
            }
            rows[cells[0]].push_back(std::move(reading));
        });
        return rows;
    }();
    return table;
}

const std::set<std::string_view>& function_words() {
    static const auto table = [] {
        std::set<std::string_view> all;
        each_row("speech/function_words.tsv", [&](std::string_view line) {
            for (const std::string_view word : base::split(line, ' ')) all.insert(word);
        });
        return all;
    }();
    return table;
}

bool starts_with_vowel(std::string_view word) {
    const auto found = words().find(word);
    if (found != words().end()) return is_vowel(found->second.front());
    const auto phones = flite_phones(word, "");
    return !phones.empty() && is_vowel(phones.front());
}

const Phones* by_neighbours(std::string_view word, const Neighbours& neighbours) {
    const auto found = heteronyms().find(word);
    if (found == heteronyms().end()) return nullptr;
    for (const Reading& reading : found->second) {
        const bool free = reading.after.empty() && reading.before.empty() && !reading.before_vowel;
        if (free || reading.after.contains(neighbours.before) || reading.before.contains(neighbours.after) ||
            (reading.before_vowel && starts_with_vowel(neighbours.after)))
            return &reading.phones;
    }
    return nullptr;
}

bool is_sibilant(std::string_view phone) {
    return phone == "s" || phone == "z" || phone == "sh" || phone == "zh" || phone == "ch" || phone == "jh";
}

Phones base_of(std::string_view word, const Neighbours& neighbours);

void add_s(Phones& phones) {
    const std::string last(bare(phones.back()));
    if (is_sibilant(last)) phones.emplace_back("ax0");
    phones.emplace_back(is_sibilant(last) || is_voiced(last) ? "z" : "s");
}

void add_ed(Phones& phones) {
    const std::string last(bare(phones.back()));
    if (last == "t" || last == "d") phones.emplace_back("ax0");
    phones.emplace_back(last == "t" || last == "d" || is_voiced(last) ? "d" : "t");
}

void add(Phones& phones, std::string_view consonant) {
    // A consonant after a consonant is a syllable of its own: "should've", "that'll".
    if (!is_vowel(phones.back())) phones.emplace_back("ax0");
    phones.emplace_back(consonant);
}

// "love's", "could've", "river'll", "singin'", "bless'd", "blessèd".
Phones with_ending(std::string_view word, const Neighbours& neighbours) {
    const auto stem = [&](std::size_t letters) {
        return base_of(word.substr(0, word.size() - letters), neighbours);
    };
    if (word.size() < 3 || word.find('\'') == std::string_view::npos) return {};
    Phones phones;
    if (word.ends_with("s'")) return stem(1);
    if (word.ends_with("in'")) {
        phones = base_of(std::string(word.substr(0, word.size() - 1)) + "g", neighbours);
        if (!phones.empty() && phones.back() == "ng") phones.back() = "n";
        return phones;
    }
    if (word.ends_with("'ed")) {  // the accent of "blessèd" says that the ending is sung
        phones = stem(3);
        if (!phones.empty()) phones.insert(phones.end(), {"ax0", "d"});
        return phones;
    }
    const std::string_view ending = word.substr(word.rfind('\'') + 1);
    if (ending != "s" && ending != "d" && ending != "ve" && ending != "ll" && ending != "re") return {};
    phones = stem(ending.size() + 1);
    if (phones.empty()) return {};
    if (ending == "s") add_s(phones);
    if (ending == "d") add_ed(phones);
    if (ending == "ve") add(phones, "v");
    if (ending == "ll") add(phones, "l");
    if (ending == "re") phones.emplace_back("er0");
    return phones;
}

// One stress in a word, the first that is marked: the rules mark two now and then, and none in others.
void settle_stress(Phones& phones) {
    bool stressed = false;
    Phones::iterator first = phones.end();
    for (auto at = phones.begin(); at != phones.end(); ++at) {
        if (!is_vowel(*at)) continue;
        if (at->back() != '0' && at->back() != '1') *at += '0';
        if (first == phones.end()) first = at;
        if (at->back() == '1' && stressed) at->back() = '0';
        stressed = stressed || at->back() == '1';
    }
    if (!stressed && first != phones.end()) {
        // Rather a full vowel than a murmured one: "ax b aw t".
        for (auto at = first; at != phones.end(); ++at)
            if (is_vowel(*at) && !at->starts_with("ax")) {
                at->back() = '1';
                return;
            }
        first->back() = '1';
    }
}

Phones base_of(std::string_view word, const Neighbours& neighbours) {
    if (const Phones* phones = by_neighbours(word, neighbours)) return *phones;
    if (const auto found = words().find(word); found != words().end()) return found->second;
    std::string letters;
    for (const char c : word)
        if (c != '\'') letters += c;
    Phones phones = flite_phones(letters, "");
    if (!phones.empty() && std::ranges::none_of(phones, [](const std::string& p) { return is_vowel(p); }))
        return spell_out(letters);
    settle_stress(phones);
    return phones;
}

}  // namespace

Phones pronounce(std::string_view word, const Neighbours& neighbours) {
    if (const Phones* phones = by_neighbours(word, neighbours)) return *phones;
    if (const auto found = words().find(word); found != words().end()) return found->second;
    if (Phones phones = with_ending(word, neighbours); !phones.empty()) return phones;
    return base_of(word, neighbours);
}

Phones spell_out(std::string_view letters) {
    Phones phones;
    for (const char c : letters) {
        // "a" alone is the article; as a letter it has its name.
        const Phones name = c == 'a' ? Phones{"ey1"} : base_of(std::string_view(&c, 1), {});
        if (c != '\'') phones.insert(phones.end(), name.begin(), name.end());
    }
    return phones;
}

bool is_function_word(std::string_view word) {
    return function_words().contains(word);
}

bool is_ours(std::string_view word) {
    return words().contains(word) || heteronyms().contains(word) || function_words().contains(word);
}

bool is_listed(std::string_view word) {
    return is_ours(word) || flite_lists(word);
}

bool is_vowel(std::string_view phone) {
    return std::ranges::find(kVowels, bare(phone)) != kVowels.end();
}

bool is_phone(std::string_view phone) {
    return std::ranges::find(kVowels, phone) != kVowels.end() ||
           std::ranges::find(kConsonants, phone) != kConsonants.end();
}

bool is_voiced(std::string_view phone) {
    constexpr std::array<std::string_view, 9> kVoiceless = {"p", "t", "k", "ch", "f", "th", "s", "sh", "hh"};
    return std::ranges::find(kVoiceless, bare(phone)) == kVoiceless.end();
}

}  // namespace mmx::speech
