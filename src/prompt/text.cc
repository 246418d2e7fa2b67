#include "prompt/text.h"

#include <cstdint>

namespace mmx::prompt {
namespace {

struct Sign {
    std::uint32_t point = 0;
    std::size_t length = 1;  // bytes
};

// Broken bytes come back as U+FFFD, one at a time.
Sign sign_at(std::string_view text, std::size_t i) {
    const auto byte = [&](std::size_t k) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[k]));
    };
    const std::uint32_t first = byte(i);
    if (first < 0x80) return {first, 1};
    const std::size_t length = (first & 0xe0) == 0xc0   ? 2
                               : (first & 0xf0) == 0xe0 ? 3
                               : (first & 0xf8) == 0xf0 ? 4
                                                        : 0;
    if (length == 0 || i + length > text.size()) return {0xfffd, 1};
    std::uint32_t point = first & (0x7fu >> length);
    for (std::size_t k = 1; k < length; ++k) {
        if ((byte(i + k) & 0xc0) != 0x80) return {0xfffd, 1};
        point = (point << 6) | (byte(i + k) & 0x3f);
    }
    return {point, length};
}

// Latin letters with marks, U+00C0 to U+017F, as plain ones; '.' keeps the sign as it is.
constexpr std::string_view kLatin =
    "aaaaaa.ceeeeiiiidnooooo.ouuuuyt.aaaaaa.ceeeeiiiidnooooo.ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";  // -17F

bool is_letter(std::uint32_t p) {
    if (p < 0x80) return (p >= 'a' && p <= 'z') || (p >= 'A' && p <= 'Z');
    if (p < 0xc0 || p == 0xd7 || p == 0xf7) return p == 0xaa || p == 0xb5 || p == 0xba;
    if (p >= 0x2000 && p <= 0x2bff) return false;  // punctuation, arrows, symbols
    if (p >= 0x3000 && p <= 0x303f) return p == 0x3005;
    if (p >= 0xfe00 && p <= 0xfe0f) return false;  // variation selectors of emoji
    if (p >= 0xff00 && p <= 0xff20) return false;
    if (p >= 0xe000 && p <= 0xf8ff) return false;
    if (p == 0xfffd || p == 0xfeff || p >= 0x1f000) return false;
    return true;
}

bool is_digit(std::uint32_t p) {
    return p >= '0' && p <= '9';
}

// Scripts written without blanks between words.
bool stands_alone(std::uint32_t p) {
    return (p >= 0x3005 && p <= 0x30ff) || (p >= 0x3400 && p <= 0x9fff) || (p >= 0xac00 && p <= 0xd7af) ||
           (p >= 0xf900 && p <= 0xfaff) || (p >= 0xff66 && p <= 0xff9f) || (p >= 0x20000 && p <= 0x2ffff) ||
           (p >= 0x0e00 && p <= 0x0eff);
}

void append(std::string& out, std::uint32_t p) {
    if (p < 0x80)
        out += static_cast<char>(p);
    else if (p < 0x800) {
        out += static_cast<char>(0xc0 | (p >> 6));
        out += static_cast<char>(0x80 | (p & 0x3f));
    } else if (p < 0x10000) {
        out += static_cast<char>(0xe0 | (p >> 12));
        out += static_cast<char>(0x80 | ((p >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (p & 0x3f));
    } else {
        out += static_cast<char>(0xf0 | (p >> 18));
        out += static_cast<char>(0x80 | ((p >> 12) & 0x3f));
        out += static_cast<char>(0x80 | ((p >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (p & 0x3f));
    }
}

void append_folded(std::string& out, std::uint32_t p) {
    if (p >= 'A' && p <= 'Z') p += 32;
    if (p == 0xdf) {
        out += "ss";
        return;
    }
    if (p == 0xe6 || p == 0xc6) {
        out += "ae";
        return;
    }
    if (p == 0x153 || p == 0x152) {
        out += "oe";
        return;
    }
    if (p >= 0xc0 && p < 0xc0 + kLatin.size() && p <= 0x17f && kLatin[p - 0xc0] != '.') {
        out += kLatin[p - 0xc0];
        return;
    }
    if (p >= 0x300 && p <= 0x36f) return;   // combining marks
    if (p >= 0x410 && p <= 0x42f) p += 32;  // Cyrillic capitals
    if (p >= 0x400 && p <= 0x40f) p += 80;
    if (p >= 0x391 && p <= 0x3a9) p += 32;  // Greek capitals
    if (p >= 0x1e00 && p <= 0x1eff && p % 2 == 0) p += 1;
    append(out, p);
}

// Signs that are written differently but mean the same here.
std::uint32_t plain(std::uint32_t p) {
    if (p >= 0xff01 && p <= 0xff5e) return p - 0xfee0;  // full-width forms
    switch (p) {
        case 0x2018:
        case 0x2019:
        case 0x201b:
        case 0x02bc:
        case 0x60:
        case 0xb4:
            return '\'';
        case 0x2010:
        case 0x2011:
        case 0x2043:
        case 0x2212:
            return '-';
        case 0x266d:
            return 'b';
        case 0x266f:
            return '#';
        case 0x3001:
            return ',';
        case 0x3002:
            return '.';
        case 0x00a0:
        case 0x3000:
        case 0x202f:
        case 0x2009:
            return ' ';
        default:
            return p;
    }
}

class Cutter {
  public:
    explicit Cutter(std::string_view text) : text_(text) {}

    std::vector<Word> cut() {
        for (std::size_t i = 0; i < text_.size();) {
            const Sign sign = sign_at(text_, i);
            const std::uint32_t p = plain(sign.point);
            const std::size_t next = i + sign.length;
            const std::uint32_t after = next < text_.size() ? plain(sign_at(text_, next).point) : 0;
            read(p, sign.point, after, i, sign.length);
            i = next;
        }
        finish();
        return std::move(words_);
    }

  private:
    void read(std::uint32_t p, std::uint32_t as_given, std::uint32_t after, std::size_t at,
              std::size_t length) {
        const bool sharp = p == '#' && now_.text.size() == 1 && now_.text[0] >= 'a' && now_.text[0] <= 'g';
        const bool flat_sign = as_given == 0x266d;
        // 6/8, 1:30, 82.5 and 3+2+2 are one word; so is r&b.
        const bool inner = !now_.text.empty() && is_digit(after) && is_digit(last_) &&
                           (p == '/' || p == ':' || p == '.' || p == '+');
        const bool ampersand = p == '&' && !now_.text.empty() && is_letter(after) && now_.text.size() <= 2;
        if (stands_alone(p)) {
            finish();
            now_.text.clear();
            take(p, at, length);
            finish();
            return;
        }
        if (is_letter(p) || is_digit(p) || sharp || flat_sign || inner || ampersand) {
            take(p, at, length);
            last_ = p;
            return;
        }
        if (p == '\'' && !now_.text.empty() && is_letter(after)) {
            now_.written.append(text_.substr(at, length));
            return;  // "rock'n'roll", "don't": one word
        }
        if (p == '&' && now_.text.empty()) {
            finish();
            now_.text = "and";
            now_.written = "&";
            finish();
            return;
        }
        finish();
        last_ = 0;
        const bool hyphen = p == '-' && is_letter_or_digit(after);
        if (hyphen) next_hyphen_ = true;
        if (p == '.' || p == ';' || p == '!' || p == '?' || p == '\n' || p == ':')
            gap_ = Gap::sentence;
        else if ((p == ',' || p == '/' || p == '(' || p == ')' || p == '[' || p == ']' || p == '|' ||
                  p == '"' || p == 0x2013 || p == 0x2014 || p == 0x2022 || p == 0xb7 || p == '+' ||
                  p == '*' || (p == '-' && !hyphen)) &&
                 gap_ == Gap::joined)
            gap_ = Gap::comma;
    }
    static bool is_letter_or_digit(std::uint32_t p) { return is_letter(p) || is_digit(p); }
    void take(std::uint32_t p, std::size_t at, std::size_t length) {
        append_folded(now_.text, p);
        now_.written.append(text_.substr(at, length));
    }
    void finish() {
        if (now_.text.empty()) {
            now_ = {};
            return;
        }
        now_.before = words_.empty() ? Gap::sentence : gap_;
        now_.hyphen = next_hyphen_;
        words_.push_back(std::move(now_));
        now_ = {};
        gap_ = Gap::joined;
        next_hyphen_ = false;
        last_ = 0;
    }

    std::string_view text_;
    std::vector<Word> words_;
    Word now_;
    Gap gap_ = Gap::joined;
    bool next_hyphen_ = false;
    std::uint32_t last_ = 0;
};

}  // namespace

std::vector<Word> words_of(std::string_view text) {
    return Cutter(text).cut();
}

std::string folded_phrase(std::string_view text) {
    std::string phrase;
    for (const Word& word : words_of(text)) {
        if (!phrase.empty()) phrase += ' ';
        phrase += word.text;
    }
    return phrase;
}

Script script_of(std::string_view word) {
    for (std::size_t i = 0; i < word.size();) {
        const Sign sign = sign_at(word, i);
        i += sign.length;
        const std::uint32_t p = sign.point;
        if (!is_letter(p)) continue;
        if (p < 0x250 || (p >= 0x1e00 && p <= 0x1eff)) return Script::latin;
        if (p >= 0x370 && p <= 0x3ff) return Script::greek;
        if (p >= 0x400 && p <= 0x52f) return Script::cyrillic;
        if (p >= 0x3040 && p <= 0x30ff) return Script::kana;
        if ((p >= 0x3400 && p <= 0x9fff) || p == 0x3005) return Script::han;
        if (p >= 0xac00 && p <= 0xd7af) return Script::hangul;
        return Script::other;
    }
    return Script::none;
}

}  // namespace mmx::prompt
