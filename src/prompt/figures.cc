#include "prompt/figures.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <string_view>

#include "base/text.h"

namespace mmx::prompt {
namespace {

struct NumberWord {
    std::string_view word;
    double value;
};
constexpr NumberWord kNumberWords[] = {
    {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},
    {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},
    {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
    {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
    {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},    {"seventy", 70},
    {"eighty", 80},  {"ninety", 90},    {"hundred", 100},
};

std::optional<double> digits_of(std::string_view text) {
    double value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc() || end != text.data() + text.size() || !(value < 1e7)) return std::nullopt;
    return value;
}

std::string tidy(double value) {
    char text[40];
    const auto [end, error] = std::to_chars(text, text + sizeof text, value);
    return error == std::errc() ? std::string(text, end) : std::string("?");
}

// "120bpm", "90s", "2min": a number with its unit grown on.
struct Grown {
    double value;
    std::string_view unit;
};
std::optional<Grown> grown_unit(std::string_view text) {
    const std::size_t end = text.find_first_not_of("0123456789.");
    if (end == 0 || end == std::string_view::npos) return std::nullopt;
    const auto value = digits_of(text.substr(0, end));
    if (!value) return std::nullopt;
    return Grown{*value, text.substr(end)};
}

constexpr bool is_seconds(std::string_view unit) {
    return unit == "seconds" || unit == "second" || unit == "secs" || unit == "sec" || unit == "s";
}
constexpr bool is_minutes(std::string_view unit) {
    return unit == "minutes" || unit == "minute" || unit == "mins" || unit == "min" || unit == "m";
}

class FigureReader {
  public:
    FigureReader(const std::vector<Word>& words, std::vector<bool>& used) : words_(words), used_(used) {}

    Figures read() {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (used_[i]) continue;
            if (tempo(i) || metre(i) || duration(i) || bars(i) || key(i)) continue;
        }
        return std::move(figures_);
    }

  private:
    std::string_view word(std::size_t i) const {
        return i < words_.size() ? std::string_view(words_[i].text) : "";
    }
    bool joined(std::size_t i) const { return i < words_.size() && words_[i].before == Gap::joined; }
    void take(std::size_t first, std::size_t count) {
        for (std::size_t i = first; i < first + count && i < used_.size(); ++i) used_[i] = true;
    }
    std::string text(std::size_t first, std::size_t count) const { return written(words_, first, count); }

    // Numbers of one or two words: "82", "ninety", "one hundred twenty", "hundred and ten".
    struct Number {
        double value;
        std::size_t count;
    };
    std::optional<Number> number(std::size_t i, bool article = false) const {
        if (i >= words_.size()) return std::nullopt;
        const auto first = number_of(words_[i], article);
        if (!first) return std::nullopt;
        if (word(i)[0] >= '0' && word(i)[0] <= '9') return Number{*first, 1};
        double value = *first;
        std::size_t n = 1;
        if (word(i + n) == "hundred" && value < 10) {
            value *= 100;
            ++n;
        }
        if (value >= 100 && word(i + n) == "and") {
            if (i + n + 1 < words_.size() && number_of(words_[i + n + 1])) ++n;
        }
        if (i + n < words_.size() && value >= 20) {
            const auto next = number_of(words_[i + n]);
            const bool is_word = next && !(word(i + n)[0] >= '0' && word(i + n)[0] <= '9');
            if (is_word && ((value < 100 && *next < 10) || (value >= 100 && *next < 100))) {
                value += *next;
                ++n;
                if (i + n < words_.size() && *next >= 20)
                    if (const auto ones = number_of(words_[i + n]); ones && *ones < 10) {
                        value += *ones;
                        ++n;
                    }
            }
        }
        return Number{value, n};
    }

    void set_bpm(double value, std::size_t first, std::size_t count) {
        take(first, count);
        if (value < 30 || value > 300) {
            figures_.messages.push_back(
                "'" + text(first, count) +
                "' is outside the possible tempos, 30 to 300 bpm; the style chose one.");
            return;
        }
        if (!figures_.bpm) figures_.bpm = Said<double>{value, text(first, count)};
    }

    std::size_t bpm_unit(std::size_t i) const {
        if (word(i) == "bpm" || word(i) == "bpms") return 1;
        if (base::is_any_of(word(i), {"beats", "beat"}) && base::is_any_of(word(i + 1), {"per", "a"}) &&
            word(i + 2) == "minute")
            return 3;
        return 0;
    }

    bool tempo(std::size_t i) {
        // "120bpm".
        if (const auto grown = grown_unit(word(i)); grown && grown->unit == "bpm") {
            set_bpm(grown->value, i, 1);
            return true;
        }
        // "80-90 bpm", "between 80 and 90 bpm", "80 to 90 bpm": the middle.
        if (const auto low = number(i)) {
            std::size_t at = i + low->count;
            const bool link = base::is_any_of(word(at), {"to", "and", "or"});
            if (link) ++at;
            const auto high = number(at);
            if (high &&
                (link || (at < words_.size() && (words_[at].hyphen || words_[at].before == Gap::comma)))) {
                const std::size_t unit = bpm_unit(at + high->count);
                const auto grown = at < words_.size() ? grown_unit(word(at)) : std::nullopt;
                if (unit > 0) {
                    set_bpm(static_cast<double>(static_cast<int>((low->value + high->value) / 2)), i,
                            at + high->count + unit - i);
                    return true;
                }
                if (grown && grown->unit == "bpm") return false;
            }
            if (const std::size_t unit = bpm_unit(i + low->count); unit > 0) {
                set_bpm(low->value, i, low->count + unit);
                return true;
            }
        }
        // "tempo: 120", "tempo of 120", "bpm 120", "at 120".
        const bool names_it = word(i) == "tempo" || word(i) == "bpm";
        if (names_it) {
            std::size_t at = i + 1;
            while (base::is_any_of(word(at), {"of", "is", "at", "around", "about", "approximately"})) ++at;
            if (const auto value = number(at); value && value->value >= 10) {
                const std::size_t unit = bpm_unit(at + value->count);
                set_bpm(value->value, i, at + value->count + unit - i);
                return true;
            }
        }
        if (word(i) == "at") {
            std::size_t at = i + 1;
            while (base::is_any_of(word(at), {"around", "about", "roughly", "exactly", "approximately"}))
                ++at;
            const auto value = number(at);
            const bool ends_here =
                value && (at + value->count >= words_.size() ||
                          words_[at + value->count].before != Gap::joined || word(at + value->count) == "in");
            if (value && ends_here && value->value >= 40 && value->value <= 240) {
                set_bpm(value->value, i, at + value->count - i);
                return true;
            }
        }
        return false;
    }

    void set_metre(const music::Metre& metre, std::size_t first, std::size_t count) {
        take(first, count);
        if (!figures_.metre) figures_.metre = Said<music::Metre>{metre, text(first, count)};
    }

    bool metre(std::size_t i) {
        const std::string_view w = word(i);
        if (w.find('/') != std::string_view::npos) {
            auto parsed = music::parse_metre(w);
            if (!parsed) {
                const std::size_t slash = w.find('/');
                const auto top = digits_of(w.substr(0, slash)), bottom = digits_of(w.substr(slash + 1));
                if (top && bottom && (*bottom == 4 || *bottom == 8 || *bottom == 16 || *bottom == 2) &&
                    *top >= 1 && *top <= 21) {
                    take(i, 1);
                    std::string list;
                    for (const std::string& name : music::metre_names())
                        list += (list.empty() ? "" : " ") + name;
                    figures_.messages.push_back("The metre " + std::string(w) +
                                                " is not played here; these are: " + list + ".");
                    return true;
                }
                return false;
            }
            std::size_t count = 1;
            if (word(i + 1).find('+') != std::string_view::npos)
                if (const auto grouped =
                        music::parse_metre(std::string(w) + " " + std::string(word(i + 1)))) {
                    parsed = grouped;
                    count = 2;
                }
            while (base::is_any_of(word(i + count), {"time", "signature", "metre", "meter"}) &&
                   joined(i + count))
                ++count;
            set_metre(*parsed, i, count);
            return true;
        }
        struct Spoken {
            std::string_view top, bottom, name;
        };
        constexpr Spoken kSpoken[] = {
            {"six", "eight", "6/8"},   {"three", "four", "3/4"},    {"four", "four", "4/4"},
            {"two", "four", "2/4"},    {"five", "four", "5/4"},     {"seven", "eight", "7/8"},
            {"nine", "eight", "9/8"},  {"twelve", "eight", "12/8"}, {"seven", "four", "7/4"},
            {"three", "eight", "3/8"}, {"eleven", "eight", "11/8"}, {"three", "quarter", "3/4"},
            {"four", "quarter", "4/4"}};
        for (const Spoken& spoken : kSpoken)
            if (w == spoken.top && word(i + 1) == spoken.bottom &&
                ((words_[i + 1].hyphen && spoken.bottom != "quarter") ||
                 base::is_any_of(word(i + 2), {"time", "metre", "meter", "signature", "feel"}))) {
                set_metre(*music::parse_metre(spoken.name), i,
                          base::is_any_of(word(i + 2), {"time", "metre", "meter", "feel"}) ? 3 : 2);
                return true;
            }
        if (w == "common" && base::is_any_of(word(i + 1), {"time", "metre", "meter"})) {
            set_metre(*music::parse_metre("4/4"), i, 2);
            return true;
        }
        if (base::is_any_of(w, {"waltz", "triple"}) &&
            base::is_any_of(word(i + 1), {"time", "metre", "meter"})) {
            set_metre(*music::parse_metre("3/4"), i, 2);
            return true;
        }
        return false;
    }

    void set_seconds(double value, std::size_t first, std::size_t count) {
        take(first, count);
        if (value < 10 || value > 600) {
            const double kept = value < 10 ? 10 : 600;
            figures_.messages.push_back("'" + text(first, count) +
                                        "' is outside the possible lengths, 10 to 600 s; " + tidy(kept) +
                                        " s were taken.");
            value = kept;
        }
        if (!figures_.seconds) figures_.seconds = Said<double>{value, text(first, count)};
    }

    // Words that make "30s" a length rather than an era.
    bool speaks_of_length(std::size_t i) const {
        return base::is_any_of(
            word(i), {"long", "loop", "clip", "length", "jingle", "intro", "sting", "version", "duration",
                      "track", "song", "piece", "snippet", "cut", "edit", "ad", "spot", "sample", "preview"});
    }

    // "half" after a number of minutes: "two and a half minutes", "a minute and a half".
    std::size_t half_at(std::size_t i) const {
        if (word(i) == "and" && word(i + 1) == "a" && word(i + 2) == "half") return 3;
        if (word(i) == "and" && word(i + 1) == "half") return 2;
        return 0;
    }

    bool duration(std::size_t i) {
        const std::string_view w = word(i);
        if (w.find(':') != std::string_view::npos) {
            const std::size_t colon = w.find(':');
            const auto minutes = digits_of(w.substr(0, colon)), seconds = digits_of(w.substr(colon + 1));
            if (!minutes || !seconds || w.size() - colon != 3 || *seconds >= 60 || *minutes > 10)
                return false;
            set_seconds(*minutes * 60 + *seconds, i,
                        base::is_any_of(word(i + 1), {"long", "minutes", "min"}) ? 2 : 1);
            return true;
        }
        if (const auto grown = grown_unit(w)) {
            if (is_minutes(grown->unit) || grown->unit == "h") {
                if (grown->unit == "m" && grown->value > 10) return false;
                double total = grown->value * (grown->unit == "h" ? 3600 : 60);
                std::size_t count = 1;
                if (const auto more = i + 1 < words_.size() ? grown_unit(word(i + 1)) : std::nullopt;
                    more && is_seconds(more->unit)) {
                    total += more->value;
                    count = 2;
                }
                set_seconds(total, i, count);
                return true;
            }
            // "3m30s".
            if (const std::size_t m = grown->unit.find_first_of("0123456789");
                m != std::string_view::npos && is_minutes(grown->unit.substr(0, m)))
                if (const auto rest = grown_unit(grown->unit.substr(m)); rest && is_seconds(rest->unit)) {
                    set_seconds(grown->value * 60 + rest->value, i, 1);
                    return true;
                }
            if (!is_seconds(grown->unit)) return false;
            // "80s" is an era; "45s", "90s loop" and "duration: 30s" are lengths.
            const bool era_like =
                grown->unit == "s" &&
                ((static_cast<int>(grown->value) % 10 == 0 && grown->value <= 90 && grown->value >= 20) ||
                 grown->value >= 1000 || w == "00s");
            const bool said =
                speaks_of_length(i + 1) ||
                (i > 0 && base::is_any_of(word(i - 1), {"duration", "length", "for", "lasting", "lasts"}));
            if (era_like && !said) return false;
            // "808s" and "909s" are drum machines.
            if (grown->value < 5 || (grown->unit == "s" && grown->value > 600 && !said)) return false;
            set_seconds(grown->value, i, 1);
            return true;
        }
        if (w == "half" && base::is_any_of(word(i + 1), {"a", "an"}) &&
            base::is_any_of(word(i + 2), {"minute", "hour"})) {
            set_seconds(word(i + 2) == "minute" ? 30 : 1800, i, 3);
            return true;
        }
        const auto amount = number(i, true);
        if (!amount) return false;
        std::size_t at = i + amount->count;
        double value = amount->value;
        if (const std::size_t half = half_at(at);
            half > 0 && is_minutes(word(at + half)) && word(at + half) != "m") {
            set_seconds((value + 0.5) * 60, i, amount->count + half + 1);
            return true;
        }
        if (base::is_any_of(word(at), {"hour", "hours"})) {
            set_seconds(value * 3600, i, amount->count + 1);
            return true;
        }
        if (is_minutes(word(at)) && word(at) != "m") {
            ++at;
            double total = value * 60;
            if (const std::size_t half = half_at(at); half > 0) {
                total += 30;
                at += half;
            } else {
                std::size_t next = at;
                if (word(next) == "and") ++next;
                const auto rest = number(next);
                if (rest && is_seconds(word(next + rest->count))) {
                    total += rest->value;
                    at = next + rest->count + 1;
                } else if (rest && rest->value < 60 && rest->value >= 5 && next == at && joined(next) &&
                           (next + rest->count >= words_.size() ||
                            words_[next + rest->count].before != Gap::joined)) {
                    total += rest->value;  // "two minutes thirty"
                    at = next + rest->count;
                }
            }
            if (word(at) == "long") ++at;
            set_seconds(total, i, at - i);
            return true;
        }
        if (is_seconds(word(at)) && value >= 5) {
            // "the second verse", "one second of silence" are no lengths; "90 second" is.
            set_seconds(value, i, amount->count + 1 + (word(at + 1) == "long" ? 1 : 0));
            return true;
        }
        return false;
    }

    // "8 bar loop", "16 bars long": the length in bars. Bars of sections are read with the sections.
    bool bars(std::size_t i) {
        const auto amount = number(i);
        if (!amount || !base::is_any_of(word(i + amount->count), {"bar", "bars", "measure", "measures"}))
            return false;
        const std::size_t after = i + amount->count + 1;
        if (!base::is_any_of(word(after), {"loop", "long", "loops"}) || amount->value < 1 ||
            amount->value > 256)
            return false;
        take(i, amount->count + 1 + (word(after) == "long" ? 1 : 0));
        if (!figures_.bars)
            figures_.bars = Said<int>{static_cast<int>(amount->value), text(i, amount->count + 1)};
        return true;
    }

    // How many words after `at` name a mode, trying three at most ("phrygian dominant scale" is two and a
    // noun).
    std::optional<std::pair<music::Key, std::size_t>> key_at(std::size_t i) const {
        std::string tonic(word(i));
        std::size_t at = i + 1;
        if (base::is_any_of(word(at), {"sharp", "flat"}) && at < words_.size() &&
            words_[at].before == Gap::joined) {
            tonic += word(at) == "sharp" ? "#" : "b";
            ++at;
        }
        for (std::size_t extra = 2; extra > 0; --extra) {
            if (at + extra > words_.size()) continue;
            std::string name = tonic;
            bool near = true;
            for (std::size_t k = 0; k < extra; ++k) {
                name += " " + std::string(word(at + k));
                near = near && words_[at + k].before == Gap::joined;
            }
            if (!near) continue;
            if (const auto key = music::parse_key(name)) return std::pair(*key, at + extra - i);
        }
        return std::nullopt;
    }

    void set_key(const music::Key& key, std::size_t first, std::size_t count) {
        take(first, count);
        if (!figures_.key) figures_.key = Said<music::Key>{key, text(first, count)};
    }

    bool key(std::size_t i) {
        const std::string_view w = word(i);
        if (w == "atonal" || (w == "no" && word(i + 1) == "key")) {
            figures_.no_key = true;
            take(i, w == "atonal" ? 1 : 2);
            return true;
        }
        if (w.empty() || w[0] < 'a' || w[0] > 'g' || w.size() > 6) return false;
        const std::string& as_given = words_[i].written;
        const bool bare_letter = w.size() == 1;
        const bool capital = as_given[0] >= 'A' && as_given[0] <= 'G';
        const bool after_in = i > 0 &&
                              base::is_any_of(word(i - 1), {"in", "key", "of", "is", "scale", "tonality"}) &&
                              words_[i].before != Gap::comma;
        const bool named_key =
            i > 0 && ((word(i - 1) == "of" && i > 1 && word(i - 2) == "key") || word(i - 1) == "key" ||
                      word(i - 1) == "keyscale" || (word(i - 1) == "is" && i > 1 && word(i - 2) == "key"));

        if (const auto found = key_at(i)) {
            const auto& [key, count] = *found;
            const std::string_view next = word(i + count);
            const bool mode_noun =
                joined(i + count) &&
                base::is_any_of(next, {"key", "keys", "mode", "tonality", "chord", "chords", "third"});
            // "a minor key" says minor; "in a minor", "A minor" name the key of A.
            const bool article = w == "a" && count == 2;
            if (article) {
                if (mode_noun) return false;
                const bool key_like = after_in || (capital && words_[i].before != Gap::sentence) ||
                                      i + count >= words_.size() || words_[i + count].before != Gap::joined;
                const bool noun_follows =
                    joined(i + count) && !base::is_any_of(next, {"at", "with", "and", "for", "in", "scale"});
                if (!key_like || (noun_follows && !capital && !named_key)) return false;
            }
            // "E blues", "G blues" need the capital: "c blues" in running text is no key.
            if (key.mode == music::Mode::blues && bare_letter && !capital && !after_in) return false;
            set_key(key, i, count + (next == "scale" ? 1 : 0));
            return true;
        }
        // "Am", "F#m", "Cmaj", "Ebmin".
        if (!bare_letter && capital) {
            std::size_t at = 1;
            while (at < w.size() && (w[at] == '#' || (w[at] == 'b' && at == 1))) ++at;
            const std::string_view tail = w.substr(at);
            if (base::is_any_of(tail, {"m", "min", "maj", "minor", "major"}) && !(w == "am" && i == 0))
                if (const auto key = music::parse_key(w)) {
                    set_key(*key, i, 1);
                    return true;
                }
        }
        // A tonic alone counts only where a key is spoken of: "in the key of A", "in Bb".
        const bool ends_here = i + 1 >= words_.size() || words_[i + 1].before != Gap::joined ||
                               base::is_any_of(word(i + 1), {"at", "with", "and", "for"});
        const bool sharp_or_flat = base::is_any_of(word(i + 1), {"sharp", "flat"}) && bare_letter;
        const bool accidental = w.size() == 2 && (w[1] == '#' || w[1] == 'b');
        if ((bare_letter || accidental) &&
            (named_key || (after_in && capital && word(i - 1) == "in" && (ends_here || sharp_or_flat)))) {
            std::string tonic(w);
            std::size_t count = 1;
            if (sharp_or_flat) {
                tonic += word(i + 1) == "sharp" ? "#" : "b";
                count = 2;
            }
            if (const auto key = music::parse_key(tonic)) {
                figures_.key_is_a_tonic = figures_.key_is_a_tonic || !figures_.key;
                set_key(*key, i, count);
                return true;
            }
        }
        return false;
    }

    const std::vector<Word>& words_;
    std::vector<bool>& used_;
    Figures figures_;
};

}  // namespace

Figures read_figures(const std::vector<Word>& words, std::vector<bool>& used) {
    return FigureReader(words, used).read();
}

std::optional<double> number_of(const Word& word, bool article_is_one) {
    const std::string& text = word.text;
    if (!text.empty() && text[0] >= '0' && text[0] <= '9') return digits_of(text);
    if (article_is_one && (text == "a" || text == "an")) return 1;
    for (const NumberWord& row : kNumberWords)
        if (row.word == text) return row.value;
    return std::nullopt;
}

std::string written(const std::vector<Word>& words, std::size_t first, std::size_t count) {
    const auto is_sign = [&](std::size_t i) {
        const Script script = script_of(words[i].written);
        return script == Script::han || script == Script::kana || script == Script::hangul;
    };
    std::string text;
    for (std::size_t i = first; i < first + count && i < words.size(); ++i) {
        if (i > first && !(is_sign(i) && is_sign(i - 1)))
            text += words[i].hyphen ? "-" : words[i].before == Gap::comma ? ", " : " ";
        text += words[i].written;
    }
    return text;
}

}  // namespace mmx::prompt
