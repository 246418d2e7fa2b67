#include "library/words.h"

#include <algorithm>

#include "prompt/text.h"

namespace mmx::library {
namespace {

constexpr std::size_t kLongestWord = 40;  // signs; what is longer is cut, in songs and questions alike
constexpr std::size_t kIndexedStart = 2;  // beginnings up to this length are words of their own
constexpr std::size_t kMostAsked = 40;    // words of a question

// Six signs of base 32 hold a thousand million accounts.
std::string account_sign(std::int64_t number) {
    constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string sign(6, '0');
    for (std::size_t i = sign.size(); i-- > 0; number /= 32)
        sign[i] = kDigits[static_cast<std::size_t>(number % 32)];
    return sign;
}

bool begins_a_sign(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
}

// The first `signs` signs of valid UTF-8.
std::string_view beginning(std::string_view text, std::size_t signs) {
    std::size_t i = 0;
    for (; i < text.size(); ++i)
        if (begins_a_sign(text[i]) && signs-- == 0) break;
    return text.substr(0, i);
}

std::size_t count_signs(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_a_sign));
}

std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    for (const prompt::Word& word : prompt::words_of(text))
        words.emplace_back(beginning(word.text, kLongestWord));
    return words;
}

// Words hold no quote, but an index must not depend on another room's taste.
std::string quoted(store::Dialect dialect, std::string_view word) {
    const char quote = dialect == store::Dialect::sqlite ? '"' : '\'';
    std::string text(1, quote);
    for (const char byte : word)
        if (byte != '"' && byte != '\'' && byte != '\\') text += byte;
    return text + quote;
}

}  // namespace

std::string words_of_song(const Indexed& song) {
    const std::string account = account_sign(song.account_number);
    std::vector<std::string> words;
    for (const std::string_view text : {song.title, song.prompt, song.lyrics, song.genre})
        for (const std::string& word : words_in(text)) {
            words.push_back(account + word);
            for (std::size_t signs = 1; signs <= kIndexedStart; ++signs)
                words.push_back(account + '^' + std::string(beginning(word, signs)));
        }
    words.push_back(account + "=s" + std::string(state_name(song.state)));
    if (!song.genre.empty()) words.push_back(account + "=g" + std::string(song.genre));
    words.push_back(account + (song.pinned ? "=p1" : "=p0"));
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::string joined;
    for (const std::string& word : words) {
        if (!joined.empty()) joined += ' ';
        joined += word;
    }
    return joined;
}

std::string match_text(store::Dialect dialect, const Question& question) {
    std::vector<std::string> asked = words_in(question.q);
    if (asked.empty()) return {};
    if (asked.size() > kMostAsked) asked.resize(kMostAsked);
    const std::string account = account_sign(question.account_number);
    const bool sqlite = dialect == store::Dialect::sqlite;

    std::vector<std::string> terms;
    const std::string last = asked.back();
    asked.pop_back();
    for (const std::string& word : asked) terms.push_back(quoted(dialect, account + word));
    if (count_signs(last) <= kIndexedStart)
        terms.push_back(quoted(dialect, account + '^' + last));
    else
        terms.push_back(quoted(dialect, account + last) + (sqlite ? " *" : ":*"));
    if (question.state)
        terms.push_back(quoted(dialect, account + "=s" + std::string(state_name(*question.state))));
    if (!question.genre.empty())
        terms.push_back(quoted(dialect, account + "=g" + std::string(question.genre)));
    if (question.pinned) terms.push_back(quoted(dialect, account + (*question.pinned ? "=p1" : "=p0")));
    std::sort(terms.begin(), terms.end());
    terms.erase(std::unique(terms.begin(), terms.end()), terms.end());

    std::string text;
    for (const std::string& term : terms) {
        if (!text.empty()) text += sqlite ? " AND " : " & ";
        text += term;
    }
    return text;
}

std::string title_key(std::string_view title) {
    std::string key;
    for (const std::string& word : words_in(title)) {
        if (!key.empty()) key += ' ';
        key += word;
    }
    if (key.empty()) key = title;
    std::size_t bytes = std::min<std::size_t>(key.size(), 64);
    while (bytes < key.size() && bytes > 0 && !begins_a_sign(key[bytes])) --bytes;
    key.resize(bytes);
    return key;
}

}  // namespace mmx::library
