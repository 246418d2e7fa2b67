#include "speech/numbers.h"

#include <array>
#include <cstdint>
#include <utility>

namespace mmx::speech {
namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 20> kSmall = {
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 10> kTens = {"",      "",      "twenty",  "thirty", "forty",
                                                    "fifty", "sixty", "seventy", "eighty", "ninety"};

bool digit(char c) {
    return c >= '0' && c <= '9';
}

void say(std::uint64_t number, Words& words) {
    constexpr std::array<std::pair<std::uint64_t, std::string_view>, 4> kGroups = {
        {{1'000'000'000, "billion"}, {1'000'000, "million"}, {1'000, "thousand"}, {100, "hundred"}}};
    for (const auto& [size, name] : kGroups)
        if (number >= size) {
            say(number / size, words);
            words.emplace_back(name);
            number %= size;
            if (number == 0) return;
        }
    if (number < 20) {
        words.emplace_back(kSmall[number]);
        return;
    }
    words.emplace_back(kTens[number / 10]);
    if (number % 10 > 0) words.emplace_back(kSmall[number % 10]);
}

std::uint64_t value(std::string_view digits) {
    std::uint64_t number = 0;
    for (const char c : digits) number = number * 10 + static_cast<std::uint64_t>(c - '0');
    return number;
}

void say_digits(std::string_view digits, Words& words) {
    for (const char c : digits) words.emplace_back(kSmall[static_cast<std::size_t>(c - '0')]);
}

// "1999" nineteen ninety nine, "2005" two thousand five, "1905" nineteen oh five.
void say_year(std::uint64_t year, Words& words) {
    const std::uint64_t century = year / 100, rest = year % 100;
    if (year < 1100 || year > 2099 || (year >= 2000 && year < 2010)) {
        say(year, words);
        return;
    }
    say(century, words);
    if (rest == 0) {
        words.emplace_back("hundred");
        return;
    }
    if (rest < 10) words.emplace_back("oh");
    say(rest, words);
}

// The last word in its ordinal form: "one" -> "first", "twenty" -> "twentieth".
std::string ordinal(std::string word) {
    constexpr std::pair<std::string_view, std::string_view> kOdd[] = {
        {"one", "first"},    {"two", "second"}, {"three", "third"},   {"five", "fifth"},
        {"eight", "eighth"}, {"nine", "ninth"}, {"twelve", "twelfth"}};
    for (const auto& [cardinal, odd] : kOdd)
        if (word == cardinal) return std::string(odd);
    if (word.ends_with('y')) return word.substr(0, word.size() - 1) + "ieth";
    return word + "th";
}

std::string plural(std::string word) {
    if (word.ends_with('y')) return word.substr(0, word.size() - 1) + "ies";
    return word + (word.ends_with('x') ? "es" : "s");
}

// Runs of digits with what stands between them: "5:30", "1,000", "2.5", "24/7".
struct Cut {
    std::vector<std::string> runs;
    std::vector<char> between;
    std::string after;  // letters behind the last run
    char before = 0;    // sign before the first
};

Cut cut(std::string_view text) {
    Cut parts;
    std::size_t i = 0;
    while (i < text.size() && !digit(text[i])) parts.before = text[i++];
    while (i < text.size() && digit(text[i])) {
        std::string run;
        while (i < text.size() && digit(text[i])) run += text[i++];
        // A comma before three digits only groups them.
        if (!parts.runs.empty() && parts.between.back() == ',' && run.size() == 3) {
            parts.runs.back() += run;
            parts.between.pop_back();
        } else
            parts.runs.push_back(run);
        if (i + 1 < text.size() && !digit(text[i]) && digit(text[i + 1])) parts.between.push_back(text[i++]);
    }
    while (i < text.size()) {
        if (text[i] != '\'') parts.after += text[i];
        ++i;
    }
    return parts;
}

}  // namespace

std::vector<std::string> number_words(std::string_view text) {
    const Cut parts = cut(text);
    Words words;
    if (parts.before == '-') words.emplace_back("minus");
    if (parts.before == '#') words.emplace_back("number");
    for (std::size_t i = 0; i < parts.runs.size(); ++i) {
        const std::string& run = parts.runs[i];
        const char before = i > 0 ? parts.between[i - 1] : ' ';
        const bool leading_zero = run.size() > 1 && run[0] == '0';
        if (before == '.') {
            words.emplace_back("point");
            say_digits(run.substr(0, 12), words);
        } else if (run.size() > 12 || (leading_zero && before != ':')) {
            for (const char c : run)
                words.emplace_back(c == '0' ? "oh" : kSmall[static_cast<std::size_t>(c - '0')]);
        } else if (before == ':') {
            if (value(run) == 0) continue;  // "5:00" is five
            if (leading_zero) words.emplace_back("oh");
            say(value(run), words);
        } else if (run.size() == 4 && parts.before != '$' && parts.runs.size() == 1 &&
                   text.find(',') == std::string_view::npos) {
            say_year(value(run), words);
        } else {
            say(value(run), words);
        }
    }
    if (words.empty()) words.emplace_back("zero");
    if (parts.after == "st" || parts.after == "nd" || parts.after == "rd" || parts.after == "th")
        words.back() = ordinal(words.back());
    else if (parts.after == "s")
        words.back() = plural(words.back());
    else if (parts.after == "%")
        words.emplace_back("percent");
    else if (parts.after == "am" || parts.after == "pm") {
        words.emplace_back(parts.after.substr(0, 1));
        words.emplace_back("m");
    } else if (parts.after == "k" && parts.before != '$')
        words.emplace_back("k");
    else if (parts.after == "k")
        words.emplace_back("thousand");
    else {
        std::string letters;
        for (const char c : parts.after)
            if (c >= 'a' && c <= 'z') letters += c;
        if (!letters.empty()) words.push_back(letters);
    }
    if (parts.before == '$')
        words.emplace_back(words.size() == 1 && words[0] == "one" ? "dollar" : "dollars");
    return words;
}

}  // namespace mmx::speech
