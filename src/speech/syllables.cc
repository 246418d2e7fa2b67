#include "speech/syllables.h"

#include <algorithm>

namespace mmx::speech {
namespace {

std::string without_stress(const std::string& phone) {
    return phone.back() >= '0' && phone.back() <= '9' ? phone.substr(0, phone.size() - 1) : phone;
}

// What may begin a syllable of English.
bool may_begin(const std::vector<std::string>& cluster) {
    constexpr std::string_view kPairs[] = {"p l", "p r", "p y", "b l",  "b r",  "b y", "t r",  "t w",  "d r",
                                           "d w", "k l", "k r", "k w",  "k y",  "g l", "g r",  "g w",  "f l",
                                           "f r", "f y", "v y", "th r", "th w", "s p", "s t",  "s k",  "s m",
                                           "s n", "s l", "s w", "s f",  "sh r", "m y", "hh y", "hh w", "v r"};
    constexpr std::string_view kTriples[] = {"s p l", "s p r", "s p y", "s t r",
                                             "s k r", "s k w", "s k l", "s k y"};
    if (cluster.empty()) return true;
    std::string joined;
    for (const std::string& phone : cluster) joined += (joined.empty() ? "" : " ") + phone;
    if (cluster.size() == 1) return joined != "ng" && joined != "zh";
    if (cluster.size() == 2) return std::ranges::find(kPairs, joined) != std::end(kPairs);
    return std::ranges::find(kTriples, joined) != std::end(kTriples);
}

// A byte of a letter with an accent (U+00C0-U+017F), nearly always a vowel.
bool is_accented(std::string_view text, std::size_t at) {
    const auto lead = [&](std::size_t i) { return text[i] >= '\xc3' && text[i] <= '\xc5'; };
    return lead(at) || (at > 0 && lead(at - 1) && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
}

bool is_letter(std::string_view text, std::size_t at) {
    const char c = text[at];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_accented(text, at);
}

bool is_vowel_letter(std::string_view text, std::size_t at) {
    constexpr std::string_view kLetters = "aeiouyAEIOUY";
    return kLetters.find(text[at]) != std::string_view::npos || is_accented(text, at);
}

struct Run {
    std::size_t first, last;  // of vowel letters, last excluded
};

std::vector<Run> vowel_runs(std::string_view text) {
    std::vector<Run> runs;
    for (std::size_t i = 0; i < text.size(); ++i) {
        // "y" before a vowel is a consonant: "beyond".
        const bool glide = (text[i] == 'y' || text[i] == 'Y') && i + 1 < text.size() &&
                           is_vowel_letter(text, i + 1) && text[i + 1] != 'y';
        if (!is_vowel_letter(text, i) || (glide && (i == 0 || !is_vowel_letter(text, i - 1)))) continue;
        if (!runs.empty() && runs.back().last == i && !glide)
            runs.back().last = i + 1;
        else
            runs.push_back({i, i + 1});
    }
    return runs;
}

bool is_digraph(std::string_view pair) {
    std::string low;
    for (const char c : pair) low += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return low == "th" || low == "sh" || low == "ch" || low == "ph" || low == "wh" || low == "gh" ||
           low == "ck";
}

// Where the letters between two vowels part: after a silent "e" ("nine-teen"), else among the consonants.
std::size_t part_between(std::string_view text, std::size_t from, std::size_t until) {
    for (std::size_t i = from; i + 1 < until; ++i)
        if (is_vowel_letter(text, i) && !is_vowel_letter(text, i + 1)) return i + 1;
    const std::size_t count = until - from;
    if (count <= 1) return from;
    if (count == 2 && is_digraph(text.substr(from, 2))) return from;
    if (is_digraph(text.substr(from, 2)) || !is_letter(text, from)) return from + (count > 2 ? 2 : 1);
    return from + 1;
}

std::size_t code_point_start(std::string_view text, std::size_t at) {
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) ++at;
    return at;
}

}  // namespace

std::vector<music::Syllable> syllables_of(const Phones& phones) {
    std::vector<music::Syllable> syllables;
    std::vector<std::string> waiting;  // consonants since the last vowel
    for (const std::string& phone : phones) {
        if (!is_vowel(phone)) {
            waiting.push_back(without_stress(phone));
            continue;
        }
        std::size_t onset = waiting.size();
        if (syllables.empty())
            onset = 0;
        else
            while (onset > 0 &&
                   may_begin({waiting.begin() + static_cast<std::ptrdiff_t>(onset) - 1, waiting.end()}))
                --onset;
        // After a short stressed vowel one consonant closes the syllable when two follow anyway ("win-ter"),
        // which the search above gives; a single one opens the next ("ri-ver"), as singers do.
        if (!syllables.empty())
            syllables.back().phones.insert(syllables.back().phones.end(), waiting.begin(),
                                           waiting.begin() + static_cast<std::ptrdiff_t>(onset));
        music::Syllable syllable;
        syllable.phones.assign(waiting.begin() + static_cast<std::ptrdiff_t>(onset), waiting.end());
        syllable.nucleus = static_cast<int>(syllable.phones.size());
        syllable.phones.push_back(without_stress(phone));
        syllable.stress = phone.back() == '1' ? 1 : 0;
        syllables.push_back(std::move(syllable));
        waiting.clear();
    }
    if (!syllables.empty())
        syllables.back().phones.insert(syllables.back().phones.end(), waiting.begin(), waiting.end());
    return syllables;
}

void share_text(std::string_view written, std::vector<music::Syllable>& syllables) {
    const std::size_t count = syllables.size();
    if (count == 0) return;
    std::vector<Run> runs = vowel_runs(written);
    // A silent "e" at the end carries no syllable: "together" has it inside, "alone" at the end.
    std::size_t letters_end = written.size();
    while (letters_end > 0 && !is_letter(written, letters_end - 1)) --letters_end;
    while (runs.size() > count) {
        const Run& last = runs.back();
        const bool silent = last.last - last.first == 1 &&
                            (written[last.first] == 'e' || written[last.first] == 'E') &&
                            last.last + 2 >= letters_end;
        auto gone = runs.end() - 1;
        if (!silent) {
            // The shortest inner "e" first: "every" -> "ev-ery".
            for (auto at = runs.begin() + 1; at != runs.end(); ++at)
                if (written[at->first] == 'e' && at->last - at->first == 1) {
                    gone = at;
                    break;
                }
        }
        runs.erase(gone);
    }
    // Too few: two vowels that stand together are two syllables, "i-dea", "ri-ot".
    while (runs.size() < count) {
        auto longest =
            std::ranges::max_element(runs, {}, [](const Run& run) { return run.last - run.first; });
        if (longest == runs.end() || longest->last - longest->first < 2) break;
        const std::size_t middle = code_point_start(written, longest->first + 1);
        if (middle >= longest->last) break;
        const Run second{middle, longest->last};
        longest->last = middle;
        runs.insert(longest + 1, second);
    }
    std::vector<std::size_t> cuts;
    for (std::size_t i = 0; i + 1 < runs.size(); ++i)
        cuts.push_back(part_between(written, runs[i].last, runs[i + 1].first));
    // "rhythm", "1999", "TV": what vowels do not tell is shared evenly.
    if (cuts.size() + 1 != count) {
        cuts.clear();
        for (std::size_t i = 1; i < count; ++i)
            cuts.push_back(code_point_start(written, written.size() * i / count));
    }
    std::size_t from = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t until = i < cuts.size() ? std::max(from, cuts[i]) : written.size();
        syllables[i].text = std::string(written.substr(from, until - from));
        from = until;
    }
}

}  // namespace mmx::speech
