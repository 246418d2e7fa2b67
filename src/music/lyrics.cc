#include "music/lyrics.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "music/fields.h"

namespace mmx::music {
namespace {

constexpr std::size_t kMostCharacters = 8000;
constexpr std::array<std::string_view, 13> kNames = {
    "intro",     "verse",     "pre-chorus", "chorus", "post-chorus", "bridge", "solo",
    "interlude", "breakdown", "build",      "drop",   "theme",       "outro"};

struct TagWord {
    std::string_view word;  // blanks and hyphens left out
    SectionKind kind;
};
// Longer words stand before their beginnings: "prechorus" before "chorus" is not enough, the tag's words are
// compared whole.
constexpr TagWord kTagWords[] = {
    {"intro", SectionKind::intro},
    {"introduction", SectionKind::intro},
    {"opening", SectionKind::intro},
    {"start", SectionKind::intro},
    {"begin", SectionKind::intro},
    {"verse", SectionKind::verse},
    {"vers", SectionKind::verse},
    {"strophe", SectionKind::verse},
    {"stanza", SectionKind::verse},
    {"rap", SectionKind::verse},
    {"rapverse", SectionKind::verse},
    {"couplet", SectionKind::verse},
    {"song", SectionKind::verse},
    {"prechorus", SectionKind::pre_chorus},
    {"prehook", SectionKind::pre_chorus},
    {"lift", SectionKind::pre_chorus},
    {"prerefrain", SectionKind::pre_chorus},
    {"climb", SectionKind::pre_chorus},
    {"chorus", SectionKind::chorus},
    {"hook", SectionKind::chorus},
    {"refrain", SectionKind::chorus},
    {"finalchorus", SectionKind::chorus},
    {"lastchorus", SectionKind::chorus},
    {"refrao", SectionKind::chorus},
    {"postchorus", SectionKind::post_chorus},
    {"posthook", SectionKind::post_chorus},
    {"tag", SectionKind::post_chorus},
    {"bridge", SectionKind::bridge},
    {"middleeight", SectionKind::bridge},
    {"middle8", SectionKind::bridge},
    {"cpart", SectionKind::bridge},
    {"solo", SectionKind::solo},
    {"interlude", SectionKind::interlude},
    {"instrumental", SectionKind::interlude},
    {"inst", SectionKind::interlude},
    {"instr", SectionKind::interlude},
    {"break", SectionKind::interlude},
    {"instrumentalbreak", SectionKind::interlude},
    {"musicalinterlude", SectionKind::interlude},
    {"postlude", SectionKind::outro},
    {"prelude", SectionKind::intro},
    {"breakdown", SectionKind::breakdown},
    {"build", SectionKind::build},
    {"buildup", SectionKind::build},
    {"riser", SectionKind::build},
    {"drop", SectionKind::drop},
    {"beatdrop", SectionKind::drop},
    {"bassdrop", SectionKind::drop},
    {"climax", SectionKind::drop},
    {"theme", SectionKind::theme},
    {"maintheme", SectionKind::theme},
    {"head", SectionKind::theme},
    {"outro", SectionKind::outro},
    {"coda", SectionKind::outro},
    {"end", SectionKind::outro},
    {"ending", SectionKind::outro},
    {"finale", SectionKind::outro},
    {"fadeout", SectionKind::outro},
    {"close", SectionKind::outro},
};
// May stand around a section's name without changing what it is: "[Final Chorus]", "[Double Chorus]".
constexpr std::string_view kAdjectives[] = {
    "final", "last", "first",  "second",   "third", "double", "big",      "short",  "long",    "half",
    "quiet", "soft", "repeat", "extended", "main",  "new",    "acoustic", "spoken", "musical", "the"};

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

std::string trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return std::string(text);
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const std::string folded = lower(text);
    for (const char c : folded) {
        const bool letter =
            std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
        if (letter)
            word += c;
        else if (!word.empty() && c != '\'')
            words.push_back(std::exchange(word, {}));
    }
    if (!word.empty()) words.push_back(word);
    return words;
}

bool is_number(const std::string& word) {
    if (std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; })) return true;
    constexpr std::string_view kRoman[] = {"i", "ii", "iii", "iv",  "v",     "vi",   "a",    "b",
                                           "c", "d",  "one", "two", "three", "four", "five", "six"};
    return std::ranges::find(kRoman, word) != std::end(kRoman);
}

std::optional<SectionKind> kind_of(const std::string& word) {
    for (const TagWord& row : kTagWords)
        if (row.word == word) return row.kind;
    return std::nullopt;
}

// What a tag says: its kind, its instrument and its number of bars.
struct Tag {
    std::optional<SectionKind> kind;
    std::string instrument;
    int bars = 0;
    int times = 1;
};

// "8 bars", "(8 bars)", "4-bar": taken out of the words; the number is kept within a song's possibilities.
void take_bars(std::vector<std::string>& words, Tag& tag) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const std::string& unit = words[i + 1];
        if (unit != "bars" && unit != "bar" && unit != "measures" && unit != "measure") continue;
        if (words[i].size() > 3 ||
            !std::ranges::all_of(words[i], [](char c) { return c >= '0' && c <= '9'; }))
            continue;
        const int bars = std::stoi(words[i]);
        if (bars >= 1 && bars <= 128) tag.bars = bars;
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(i),
                    words.begin() + static_cast<std::ptrdiff_t>(i) + 2);
        return;
    }
}

// "x2", "2x" and "×2" ask for the section's lines twice.
void take_times(std::vector<std::string>& words, Tag& tag) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        std::string digit;
        if (word.size() == 2 && (word[0] == 'x' || word[1] == 'x'))
            digit = word[0] == 'x' ? word[1] : word[0];
        if (word.size() == 3 && word.starts_with("×")) digit = word[2];
        if (digit.size() != 1 || digit[0] < '1' || digit[0] > '8') continue;
        tag.times = digit[0] - '0';
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
        return;
    }
}

// Reads the part of a tag before a colon, comma or dash. The kind is the last section word, so "guitar solo"
// is a solo of the guitar and "instrumental break" an interlude.
Tag read_name(std::string_view text) {
    Tag tag;
    std::vector<std::string> words = words_of(text);
    take_bars(words, tag);
    take_times(words, tag);
    std::size_t at = words.size(), length = 1;
    for (std::size_t i = words.size(); i-- > 0 && !tag.kind;) {
        if (i > 0 && kind_of(words[i - 1] + words[i])) {
            tag.kind = kind_of(words[i - 1] + words[i]);
            at = i - 1;
            length = 2;
        } else if (kind_of(words[i])) {
            tag.kind = kind_of(words[i]);
            at = i;
        } else if (words[i].size() > 1) {
            // "verse2" and "chorus1" without a blank.
            std::string bare = words[i];
            while (!bare.empty() && bare.back() >= '0' && bare.back() <= '9') bare.pop_back();
            if (kind_of(bare)) {
                tag.kind = kind_of(bare);
                at = i;
            }
        }
    }
    if (!tag.kind) return tag;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i >= at && i < at + length) continue;
        if (is_number(words[i]) || kind_of(words[i])) continue;
        if (std::ranges::find(kAdjectives, words[i]) != std::end(kAdjectives)) continue;
        tag.instrument += (tag.instrument.empty() ? "" : " ") + words[i];
    }
    return tag;
}

// Splits at ',', ';', '|' and '/', and at '-' or '–' with blanks around it.
std::vector<std::string> split_directions(std::string_view text) {
    std::vector<std::string> parts;
    std::string part;
    const auto finish = [&] {
        if (const std::string clean = trimmed(part); !clean.empty()) parts.push_back(clean);
        part.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == ',' || text[i] == ';' || text[i] == '|' || text[i] == '(' || text[i] == ')')
            finish();
        else if (text.substr(i).starts_with(" - ") || text.substr(i).starts_with(" – ") ||
                 text.substr(i).starts_with(" — ")) {
            finish();
            i += text.substr(i).starts_with(" - ") ? 2 : 4;
        } else
            part += text[i];
    }
    finish();
    return parts;
}

struct ReadTag {
    LyricSection section;
    bool known = false;
    int times = 1;
};

ReadTag read_tag(std::string_view inside) {
    ReadTag read;
    const std::size_t colon = inside.find(':');
    std::vector<std::string> parts = split_directions(inside.substr(0, colon));
    if (colon != std::string_view::npos) {
        for (std::string& part : split_directions(inside.substr(colon + 1))) parts.push_back(std::move(part));
    }
    if (parts.empty()) return read;
    const Tag name = read_name(parts[0]);
    read.section.label = parts[0];
    read.section.bars = name.bars;
    read.times = name.times;
    read.known = name.kind.has_value();
    if (!name.kind) {
        read.section.directions = parts;
        return read;
    }
    read.section.kind = *name.kind;
    read.section.instrument = name.instrument;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        Tag extra;
        std::vector<std::string> words = words_of(parts[i]);
        take_bars(words, extra);
        take_times(words, extra);
        if (extra.bars > 0) read.section.bars = extra.bars;
        if (extra.times > 1) read.times = extra.times;
        if (words.empty()) continue;
        // "[Solo: guitar]", "[Interlude - Sax Solo]" name the player after the section.
        const bool played = read.section.kind == SectionKind::solo || words.back() == "solo";
        if (played && read.section.instrument.empty() && words.size() <= 4) {
            for (const std::string& word : words)
                if (word != "solo" && word != "instrumental" && word != "with")
                    read.section.instrument += (read.section.instrument.empty() ? "" : " ") + word;
            if (words.back() == "solo" && read.section.kind == SectionKind::interlude)
                read.section.kind = SectionKind::solo;
        }
        if (extra.bars == 0 || words.size() > 0) read.section.directions.push_back(parts[i]);
    }
    return read;
}

// "(x2)" or "x3" at a line's end: the line is sung that often.
int take_line_repeat(std::string& line) {
    std::string text = line;
    if (!text.empty() && text.back() == ')') text.pop_back();
    std::size_t at = text.size();
    if (at >= 2 && text[at - 1] >= '2' && text[at - 1] <= '8' && (text[at - 2] == 'x' || text[at - 2] == 'X'))
        at -= 2;
    else if (at >= 2 && text[at - 2] >= '2' && text[at - 2] <= '8' &&
             (text[at - 1] == 'x' || text[at - 1] == 'X'))
        at -= 2;
    else
        return 1;
    const char digit = text[at] >= '2' && text[at] <= '8' ? text[at] : text[at + 1];
    const bool bracket = at > 0 && text[at - 1] == '(';
    if (bracket) --at;
    if (!bracket && line.back() == ')') return 1;
    if (at > 0 && !is_blank(text[at - 1]) && !bracket) return 1;
    line = trimmed(text.substr(0, at));
    return digit - '0';
}

std::string normalised(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        for (const std::string& word : words_of(line)) text += word + " ";
        text += "\n";
    }
    return text;
}

// Untagged lyrics: each block between blank lines is a section; one that comes again is the chorus. When no
// block comes again, none is: a poem stays verses.
void find_choruses(std::vector<LyricSection>& sections) {
    std::vector<std::string> texts;
    for (const LyricSection& section : sections) texts.push_back(normalised(section.lines));
    for (std::size_t i = 0; i < sections.size(); ++i)
        if (!texts[i].empty() && std::ranges::count(texts, texts[i]) > 1)
            sections[i].kind = SectionKind::chorus;
    int verse = 0;
    for (LyricSection& section : sections) {
        if (section.kind == SectionKind::verse) section.label = "Verse " + std::to_string(++verse);
        if (section.kind == SectionKind::chorus) section.label = "Chorus";
    }
}

// "[Chorus]" without lines sings the earlier chorus again; the same for pre- and post-chorus and the hook.
void repeat_empty_choruses(std::vector<LyricSection>& sections) {
    for (std::size_t i = 1; i < sections.size(); ++i) {
        LyricSection& section = sections[i];
        const bool returns = section.kind == SectionKind::chorus || section.kind == SectionKind::pre_chorus ||
                             section.kind == SectionKind::post_chorus;
        if (!returns || !section.lines.empty()) continue;
        for (std::size_t k = i; k-- > 0;)
            if (sections[k].kind == section.kind && !sections[k].lines.empty()) {
                section.lines = sections[k].lines;
                section.line_numbers = sections[k].line_numbers;
                break;
            }
    }
}

// Reads line by line, with the section under construction and how often its lines are to be sung.
class Reader {
  public:
    void line(std::string_view raw) {
        ++number_;
        std::string text = trimmed(raw);
        if (text.empty()) {
            if (!seen_tag_) close();
            return;
        }
        // A line may hold a tag and words after it: "[Verse 1] I walked alone".
        while (!text.empty() && text.front() == '[') {
            const std::size_t end = text.find(']');
            if (end == std::string::npos || end > 400) break;
            tag(std::string_view(text).substr(1, end - 1));
            text = trimmed(std::string_view(text).substr(end + 1));
        }
        if (text.empty()) return;
        const int times = take_line_repeat(text);
        if (text.empty()) {  // a bare "(x2)" repeats what stands above it
            times_ = std::max(times_, times);
            return;
        }
        open_ = true;
        now_.lines.insert(now_.lines.end(), static_cast<std::size_t>(times), text);
        now_.line_numbers.insert(now_.line_numbers.end(), static_cast<std::size_t>(times), number_);
    }
    std::vector<LyricSection> finish() {
        close();
        if (!seen_tag_) find_choruses(sections_);
        repeat_empty_choruses(sections_);
        return std::move(sections_);
    }

  private:
    void tag(std::string_view inside) {
        ReadTag read = read_tag(inside);
        if (!read.known) {
            // "[whispered]" tells how to sing on; before any section it belongs to the first.
            if (!trimmed(inside).empty()) now_.directions.push_back(trimmed(inside));
            return;
        }
        if (!seen_tag_ && !open_ && sections_.empty()) {
            read.section.directions.insert(read.section.directions.end(), now_.directions.begin(),
                                           now_.directions.end());
            now_ = {};
        }
        close();
        seen_tag_ = true;
        open_ = true;
        now_ = std::move(read.section);
        times_ = read.times;
    }
    void close() {
        if (open_) {
            const std::vector<std::string> once = now_.lines;
            const std::vector<int> numbers = now_.line_numbers;
            for (int i = 1; i < times_; ++i) {
                now_.lines.insert(now_.lines.end(), once.begin(), once.end());
                now_.line_numbers.insert(now_.line_numbers.end(), numbers.begin(), numbers.end());
            }
            if (now_.label.empty()) {
                now_.label = std::string(section_name(now_.kind));
                now_.label[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(now_.label[0])));
            }
            sections_.push_back(std::move(now_));
        }
        now_ = {};
        open_ = false;
        times_ = 1;
    }

    std::vector<LyricSection> sections_;
    LyricSection now_;
    bool open_ = false, seen_tag_ = false;
    int times_ = 1;
    int number_ = 0;  // of the line that is read
};

}  // namespace

std::string_view section_name(SectionKind kind) {
    return kNames[static_cast<std::size_t>(kind)];
}

bool Lyrics::has_words() const {
    return std::ranges::any_of(sections, [](const LyricSection& section) { return !section.lines.empty(); });
}

base::Result<Lyrics> parse_lyrics(std::string_view text) {
    const auto length = count_code_points(text);
    if (!length) return base::fail_field("lyrics", "lyrics: the text is not valid UTF-8; send it as UTF-8");
    if (*length > kMostCharacters)
        return base::fail_field(
            "lyrics", "lyrics: " + std::to_string(*length) + " characters came; at most 8000 are allowed");
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);  // a byte-order mark is no lyric
    Reader reader;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        reader.line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    Lyrics lyrics;
    lyrics.sections = reader.finish();
    return lyrics;
}

}  // namespace mmx::music
