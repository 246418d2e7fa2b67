#include "speech/spelling.h"

#include <algorithm>
#include <utility>

#include "speech/letters.h"
#include "speech/lexicon.h"
#include "speech/numbers.h"

namespace mmx::speech {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_blank(std::uint32_t point) {
    return point <= 0x20 || point == 0xa0 || (point >= 0x2000 && point <= 0x200a) || point == 0x3000;
}

// Typographers' signs as the plain ones; 0 for what is not said and does not part words (emoji, joiners).
char plain_sign(std::uint32_t point) {
    switch (point) {
        case 0x2018:
        case 0x2019:
        case 0x02bc:
        case 0x00b4:
        case '`':
            return '\'';
        case 0x2010:
        case 0x2011:
            return '-';
        case 0x2013:
        case 0x2014:
        case 0x2015:
        case 0x2026:
            return ';';  // parts words and lets the singer breathe
        case 0x201c:
        case 0x201d:
        case 0x00ab:
        case 0x00bb:
            return '"';
        case 0xff0c:
            return ',';
        case 0xff01:
            return '!';
        default:
            return point < 0x80 ? static_cast<char>(point) : '\0';
    }
}

// One word on its way: what was written, and its plain letters, digits and signs.
struct Raw {
    std::string text;   // as written
    std::string plain;  // folded, lower case
    int letters = 0, capitals = 0;
    bool sounded_e = false;  // "blessèd"
};

std::vector<std::string> split(std::string_view text, std::string_view at) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (at.find(c) == std::string_view::npos)
            parts.back() += c;
        else if (!parts.back().empty())
            parts.emplace_back();
    }
    if (parts.back().empty()) parts.pop_back();
    return parts;
}

bool has_vowel(std::string_view word) {
    return word.find_first_of("aeiouy") != std::string_view::npos;
}

// "soooo" -> "so", "coool" -> "cool": letters drawn out for feeling.
std::string without_drawl(const std::string& word) {
    for (const std::size_t kept : {2, 1}) {
        std::string shorter;
        bool drawn = false;
        for (std::size_t i = 0; i < word.size();) {
            std::size_t run = 1;
            while (i + run < word.size() && word[i + run] == word[i]) ++run;
            drawn = drawn || run > 2;
            shorter.append(run > 2 ? kept : run, word[i]);
            i += run;
        }
        if (!drawn) return word;
        if (kept == 1 || is_listed(shorter)) return shorter;
    }
    return word;
}

void say_word(std::string word, const Raw& raw, Written& written) {
    while (word.starts_with('\'') && !is_listed(word)) word.erase(0, 1);
    while (word.ends_with('\'') && !word.ends_with("in'") && !word.ends_with("s'")) word.pop_back();
    if (word.find_first_not_of('\'') == std::string::npos) return;
    word = without_drawl(word);
    const bool listed = is_listed(word);
    // No vowel, or "AM", "FM", "USA" by its own list: said by its letters.
    const bool shouted = raw.capitals == raw.letters;
    if (!listed && !has_vowel(word) && (shouted || word.size() <= 5)) {
        written.spelt = true;
        for (const char c : word)
            if (c != '\'') written.said.emplace_back(1, c);
        return;
    }
    if (raw.sounded_e && word.ends_with("ed")) word.insert(word.size() - 2, "'e");  // kept for pronounce()
    written.said.push_back(word);
}

void say(const Raw& raw, Written& written) {
    // Apostrophes stay, hyphens and slashes part, digits are read as numbers.
    for (const std::string& part : split(raw.plain, "/_")) {
        const bool digits = std::ranges::any_of(part, is_digit);
        if (digits && part.find_first_of("0123456789") <= 2) {
            for (const std::string& number : split(part, part[0] == '-' ? "" : "-"))
                if (std::ranges::any_of(number, is_digit))
                    for (std::string& word : number_words(number)) written.said.push_back(std::move(word));
                else
                    say_word(number, raw, written);
            continue;
        }
        for (const std::string& piece : split(part, "-.,:;!?*~^|<>=\\\"")) {
            std::string letters;
            for (const char c : piece) {
                if (c == '&') written.said.emplace_back("and");
                if (c == '+') written.said.emplace_back("plus");
                if (c == '@') written.said.emplace_back("at");
                if (c == '%') written.said.emplace_back("percent");
                if ((c >= 'a' && c <= 'z') || c == '\'') letters += c;
                if (is_digit(c)) {
                    say_word(std::exchange(letters, {}), raw, written);
                    for (std::string& word : number_words(std::string_view(&c, 1)))
                        written.said.push_back(std::move(word));
                }
            }
            if (!letters.empty()) say_word(letters, raw, written);
        }
    }
}

Pause pause_of(std::string_view plain) {
    Pause pause = Pause::none;
    for (std::size_t i = plain.size(); i-- > 0;) {
        const char c = plain[i];
        if (c == '.' || c == '!' || c == '?') return Pause::stop;
        if (c == ',' || c == ';' || c == ':') pause = Pause::comma;
        if ((c >= 'a' && c <= 'z') || is_digit(c)) break;
    }
    return pause;
}

class LineSpeller {
  public:
    LineSpeller(std::string_view line, int number) : line_(line), number_(number) {}

    base::Result<SpeltLine> spell() {
        while (at_ < line_.size()) {
            const char c = line_[at_];
            if (c == '{') {
                TRY_VOID(respelling());
                continue;
            }
            if (c == '[') {
                const std::size_t end = line_.find(']', at_);
                finish();
                at_ = end == std::string_view::npos ? at_ + 1 : end + 1;
                continue;
            }
            if (c == '(' || c == ')' || c == ']' || c == '}') {
                finish();
                depth_ = std::clamp(depth_ + (c == '(') - (c == ')'), 0, 9);
                if (c == '(' || c == ')') out_.text += c;
                ++at_;
                continue;
            }
            take_code_point();
        }
        finish();
        tidy();
        return std::move(out_);
    }

  private:
    void take_code_point() {
        const std::size_t from = at_;
        const std::uint32_t point = next_code_point(line_, at_);
        if (is_blank(point)) {
            finish();
            out_.text += ' ';
            return;
        }
        const std::string_view bytes = line_.substr(from, at_ - from);
        const Letter letter = letter_of(point);
        if (!letter.script.empty()) {
            if (out_.script.empty()) out_.script = letter.script;
            if (letter.script == "Japanese") out_.script = letter.script;  // kana among Han
            if (out_.foreign.size() < 24) out_.foreign += bytes;
            return;
        }
        if (!letter.folded.empty()) {
            raw_.text += bytes;
            raw_.plain += letter.folded;
            ++raw_.letters;
            raw_.capitals += letter.upper;
            raw_.sounded_e = raw_.sounded_e || point == 0xe8 || point == 0xe9;
            return;
        }
        const char sign = plain_sign(point);
        if (sign == '\0') return;
        raw_.text += bytes;
        raw_.plain += sign;
        const bool parts = sign == ';' || raw_.plain.ends_with("--") || raw_.plain.ends_with("...");
        if (parts) finish();
    }

    base::Status respelling() {
        finish();
        const std::size_t end = line_.find('}', at_), bar = line_.find('|', at_);
        const std::string whole(
            line_.substr(at_, end == std::string_view::npos ? 40 : std::min<std::size_t>(end + 1 - at_, 80)));
        const auto refuse = [&](const std::string& why) {
            return base::fail_field("lyrics",
                                    "lyrics: line " + std::to_string(number_) + ": '" + whole + "': " + why);
        };
        if (end == std::string_view::npos || bar == std::string_view::npos || bar > end)
            return refuse("a sound is given as {word|sound}, for example {read|R EH D}");
        Written word;
        word.text = std::string(line_.substr(at_ + 1, bar - at_ - 1));
        if (word.text.find_first_not_of(" \t") == std::string::npos)
            return refuse("the word before the bar is empty");
        auto phones = parse_sound(line_.substr(bar + 1, end - bar - 1));
        if (!phones) return refuse(phones.error().tell_user);
        word.phones = std::move(*phones);
        word.backing = depth_ > 0;
        for (const char c : word.text)
            if (c >= 'A' && c <= 'Z')
                word.said.emplace_back(1, c);  // replaced below: only its being there matters
        word.said = {word.text};
        out_.text += word.text;
        out_.words.push_back(std::move(word));
        at_ = end + 1;
        return {};
    }

    void finish() {
        if (raw_.text.empty()) return;
        const Raw raw = std::exchange(raw_, {});
        Written word;
        word.text = raw.text;
        word.backing = depth_ > 0;
        word.pause = pause_of(raw.plain);
        say(raw, word);
        out_.text += raw.text;
        if (!word.said.empty())
            out_.words.push_back(std::move(word));
        else if (!out_.words.empty()) {
            // Signs alone belong to the word before them: "love - !".
            out_.words.back().pause = std::max(out_.words.back().pause, word.pause);
            if (raw.plain == ",") out_.words.back().text += raw.text;
        }
    }

    void tidy() {
        std::string clean;
        for (const char c : out_.text)
            if (c != ' ' || (!clean.empty() && clean.back() != ' ')) clean += c;
        while (clean.ends_with(' ')) clean.pop_back();
        out_.text = clean;
    }

    std::string_view line_;
    int number_;
    std::size_t at_ = 0;
    int depth_ = 0;
    Raw raw_;
    SpeltLine out_;
};

}  // namespace

base::Result<SpeltLine> spell(std::string_view line, int number) {
    return LineSpeller(line, number).spell();
}

base::Result<std::vector<std::string>> parse_sound(std::string_view sound) {
    std::vector<std::string> phones;
    bool vowel = false, stressed = false;
    for (std::string part : split(sound, " \t.-")) {
        for (char& c : part)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const std::string written = part;
        char stress = '\0';
        if (is_digit(part.back())) {
            stress = part.back();
            part.pop_back();
        }
        if (!is_phone(part) || (stress != '\0' && (stress > '2' || !is_vowel(part))))
            return base::fail(
                base::Kind::invalid_request,
                written.substr(0, 12) +
                    " is no sound; allowed are AA AE AH AO AW AX AY EH ER EY IH IY OW OY UH UW (with 0 or "
                    "1 for stress) and B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH");
        if (is_vowel(part)) {
            vowel = true;
            stressed = stressed || stress == '1';
            part += stress == '\0' ? '?' : stress == '1' ? '1' : '0';
        }
        phones.push_back(part);
    }
    if (!vowel)
        return base::fail(base::Kind::invalid_request,
                          "a sound needs a vowel to be sung on, such as EH or IY");
    if (phones.size() > 40)
        return base::fail(base::Kind::invalid_request,
                          std::to_string(phones.size()) + " sounds came; at most 40 are allowed");
    // Without digits the first vowel is the stressed one.
    for (std::string& phone : phones)
        if (phone.ends_with('?')) {
            phone.back() = stressed ? '0' : '1';
            stressed = true;
        }
    return phones;
}

}  // namespace mmx::speech
