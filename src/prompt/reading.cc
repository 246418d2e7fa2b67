#include "prompt/reading.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>

#include "base/text.h"

namespace mmx::prompt {
namespace {

class PromptReader {
  public:
    PromptReader(std::string_view text, const Lexicon& lexicon) : lexicon_(lexicon) {
        reading_.words = words_of(text);
        reading_.used.assign(reading_.words.size(), false);
    }

    Reading read() {
        reading_.figures = read_figures(reading_.words, reading_.used);
        find_words();
        deny();
        single_out();
        find_leads();
        find_sections();
        return std::move(reading_);
    }

  private:
    const std::string& word(std::size_t i) const {
        static const std::string none;
        return i < reading_.words.size() ? reading_.words[i].text : none;
    }
    Gap gap(std::size_t i) const {
        return i < reading_.words.size() ? reading_.words[i].before : Gap::sentence;
    }
    bool joined(std::size_t i) const { return gap(i) == Gap::joined; }
    void use(std::size_t first, std::size_t count) {
        for (std::size_t i = first; i < first + count && i < reading_.used.size(); ++i)
            reading_.used[i] = true;
    }

    void add(const std::vector<const Entry*>& entries, std::size_t first, std::size_t count,
             bool denied = false) {
        for (const Entry* entry : entries) {
            Finding finding;
            finding.entry = entry;
            finding.first = first;
            finding.count = count;
            finding.written = written(reading_.words, first, count);
            finding.denied = denied;
            reading_.findings.push_back(std::move(finding));
        }
        use(first, count);
    }

    // The longest known phrase from each place on; phrases do not reach across punctuation.
    void find_words() {
        for (std::size_t i = 0; i < reading_.words.size();) {
            const std::size_t count = reading_.used[i] ? 0 : find_at(i);
            i += std::max<std::size_t>(count, 1);
        }
    }
    std::size_t find_at(std::size_t i) {
        std::size_t longest = lexicon_.longest_from(word(i));
        std::size_t reach = 1;
        while (reach < longest && i + reach < reading_.words.size() && joined(i + reach) &&
               !reading_.used[i + reach])
            ++reach;
        for (std::size_t count = std::min(reach, longest); count > 0; --count) {
            std::string phrase = word(i);
            for (std::size_t k = 1; k < count; ++k) phrase += " " + word(i + k);
            const auto entries = lexicon_.find(phrase);
            if (entries.empty() || (count == 1 && is_small_stand_in(i, entries))) continue;
            add(entries, i, count);
            return count;
        }
        return find_less(i);
    }
    // Names of two or three letters ("tar", "sho") are small words elsewhere: they need an instrument's
    // company.
    bool is_small_stand_in(std::size_t i, const std::vector<const Entry*>& entries) const {
        if (word(i).size() > 4 || script_of(word(i)) != Script::latin) return false;
        for (const Entry* entry : entries)
            if (entry->kind != WordKind::stand_in) return false;
        if (word(i).size() <= 2 || !lexicon_.languages_of(word(i)).empty()) return true;
        return false;
    }
    // "drumless", "beatless", and "drum-free".
    std::size_t find_less(std::size_t i) {
        const std::string& one = word(i);
        if (one.size() > 6 && one.ends_with("less")) {
            const auto entries = lexicon_.find(one.substr(0, one.size() - 4));
            for (const Entry* entry : entries)
                if (plays(entry->kind)) {
                    add({entry}, i, 1, true);
                    return 1;
                }
        }
        return 0;
    }

    std::size_t finding_at(std::size_t place) const {
        for (std::size_t f = 0; f < reading_.findings.size(); ++f)
            if (reading_.findings[f].first <= place && place < reading_.findings[f].end()) return f;
        return reading_.findings.size();
    }
    // Marks every finding that begins where this one does (a phrase may have several meanings).
    void deny_at(std::size_t place) {
        for (Finding& finding : reading_.findings)
            if (finding.first <= place && place < finding.end()) finding.denied = true;
    }

    static bool stops(const std::string& one) {
        return base::is_any_of(
            one, {"but", "with", "just", "only", "instead", "featuring", "plus", "while", "though",
                  "although", "however", "yet", "except", "because", "so", "then", "at", "in", "for"});
    }

    void deny() {
        for (std::size_t i = 0; i < reading_.words.size(); ++i) {
            const std::string& one = word(i);
            const bool pair =
                (one == "instead" && word(i + 1) == "of") || (one == "rather" && word(i + 1) == "than") ||
                (one == "free" && word(i + 1) == "of") || (one == "devoid" && word(i + 1) == "of");
            const bool single = base::is_any_of(
                one, {"no",     "not",     "without", "minus",   "sans", "senza",   "ohne",  "sin",
                      "sem",    "never",   "isnt",    "arent",   "dont", "doesnt",  "avoid", "excluding",
                      "except", "exclude", "zero",    "lacking", "nor",  "neither", "lacks", "absent",
                      "remove", "skip",    "nothing", "cant",    "wont", "hate"});
            if (pair) {
                deny_after(i + 2, true);
                use(i, 2);
            } else if (single && !reading_.used[i]) {
                if (base::is_any_of(word(i + 1), {"only", "just"}) ||
                    (one == "nothing" && word(i + 1) == "but"))
                    continue;
                if (one == "no" && base::is_any_of(word(i + 1), {"other", "more", "further", "additional"})) {
                    reading_.nothing_else = word(i + 2).starts_with("instrument") || reading_.nothing_else;
                    continue;
                }
                if (one == "nothing" &&
                    base::is_any_of(word(i + 1), {"with", "using", "involving", "like"})) {
                    deny_after(i + 2, true);
                    use(i, 2);
                    continue;
                }
                if (one == "nothing") {
                    reading_.nothing_else = reading_.nothing_else || word(i + 1) == "else";
                    continue;
                }
                deny_after(i + 1, base::is_any_of(one, {"not", "never", "isnt", "arent", "dont"}));
                use(i, 1);
            }
        }
        // "drum-free": the word after is the denial.
        for (std::size_t i = 1; i < reading_.words.size(); ++i)
            if (word(i) == "free" && reading_.words[i].hyphen &&
                finding_at(i - 1) < reading_.findings.size()) {
                deny_at(i - 1);
                use(i, 1);
            }
    }

    // One denied thing, and those listed with it: "no drums or bass", "no drums, bass or guitar".
    void deny_after(std::size_t from, bool first_only) {
        bool any = false;
        std::size_t idle = 0;
        for (std::size_t i = from; i < reading_.words.size(); ++i) {
            const std::string& one = word(i);
            if (i > from && gap(i) == Gap::sentence) return;
            if (i > from && gap(i) == Gap::comma && !(any && !first_only && list_goes_on(i))) return;
            const std::size_t at = finding_at(i);
            const bool known = at < reading_.findings.size();
            if (!known && (stops(one) || (any && one == "and" && !plays_at(i + 1)))) return;
            if (any && one == "and" && first_only) return;
            if (known) {
                // "no drums, soft piano": an adjective begins something that is wanted.
                deny_at(i);
                any = any || true;
                i = reading_.findings[at].end() - 1;
                idle = 0;
                const std::string& next = word(i + 1);
                if (first_only && !base::is_any_of(next, {"or", "nor"})) {
                    // "not too sad song", "instead of piano a harp": what follows is wanted.
                    return;
                }
            } else if (++idle > (any ? 1u : 4u))
                return;
            else if (any && !base::is_any_of(one, {"or", "nor", "and", "any", "no", "the", "a", "an"}))
                return;
        }
    }
    bool plays_at(std::size_t i) const {
        const std::size_t at = finding_at(i);
        if (at >= reading_.findings.size()) return false;
        const WordKind kind = reading_.findings[at].entry->kind;
        return plays(kind) || kind == WordKind::voice;
    }
    // After a comma the list goes on when an instrument stands there at once and an "or" follows in it.
    bool list_goes_on(std::size_t i) const {
        if (base::is_any_of(word(i), {"or", "nor"})) return true;
        if (!plays_at(i)) return false;
        for (std::size_t k = i; k < reading_.words.size() && (k == i || gap(k) != Gap::sentence); ++k) {
            if (base::is_any_of(word(k), {"or", "nor"})) return true;
            if (finding_at(k) >= reading_.findings.size()) return false;
        }
        return false;
    }

    // "only piano", "just strings and harp", "solo cello", "piano alone".
    void single_out() {
        for (std::size_t f = 0; f < reading_.findings.size(); ++f) {
            Finding& finding = reading_.findings[f];
            if (!plays(finding.entry->kind) || finding.denied) continue;
            std::size_t before = finding.first;
            // Adjectives may stand between: "only soft piano"; "solo" is the name of a section, too.
            for (int steps = 0; steps < 2 && before > 0 && joined(before) && word(before - 1) != "solo" &&
                                finding_at(before - 1) < reading_.findings.size() && !plays_at(before - 1);
                 ++steps)
                --before;
            if (before > 0 && base::is_any_of(word(before - 1), {"a", "an", "one", "the", "single"}))
                --before;
            const std::string& previous = before > 0 ? word(before - 1) : word(reading_.words.size());
            const bool close = before > 0 && gap(before) == Gap::joined;
            if (close && base::is_any_of(previous, {"only", "just", "purely", "solely", "exclusively",
                                                    "unaccompanied", "but"})) {
                const bool nothing_but = previous == "but" && before > 1 && word(before - 2) == "nothing";
                if (previous != "but" || nothing_but) finding.only = true;
            }
            if (close && previous == "solo") {
                finding.only = true;
                finding.lead = true;
            }
            const std::size_t after = finding.end();
            if (joined(after) && base::is_any_of(word(after), {"only", "alone", "unaccompanied"}))
                finding.only = true;
            if (finding.only && before > 0) use(before - 1, 1);
        }
        // "only piano and strings": the rest of the list is meant too.
        for (std::size_t f = 0; f + 1 < reading_.findings.size(); ++f) {
            if (!reading_.findings[f].only) continue;
            for (std::size_t next = f + 1; next < reading_.findings.size(); ++next) {
                Finding& other = reading_.findings[next];
                if (!plays(other.entry->kind)) {
                    if (other.first < reading_.findings[f].end() + 1) continue;
                    if (other.entry->kind == WordKind::mood || other.entry->kind == WordKind::production)
                        continue;
                    break;
                }
                const std::size_t from = reading_.findings[f].end();
                bool list = true;
                for (std::size_t k = from; k < other.first; ++k)
                    list = list && (base::is_any_of(word(k), {"and", "plus", "with", "a", "an"}) ||
                                    finding_at(k) < reading_.findings.size());
                if (!list || gap(other.first) == Gap::sentence) break;
                other.only = true;
                f = next;
            }
        }
    }

    void find_leads() {
        for (Finding& finding : reading_.findings) {
            if (!plays(finding.entry->kind) || finding.denied) continue;
            const std::size_t after = finding.end();
            if (joined(after) && base::is_any_of(word(after), {"solo", "solos", "melody", "melodies", "lead",
                                                               "leads", "leading", "led", "theme", "hook",
                                                               "soloing", "improvisation", "improvisations"}))
                finding.lead = true;
            if (joined(after) && base::is_any_of(word(after), {"plays", "playing", "carries", "carrying",
                                                               "takes", "sings", "singing"}))
                for (std::size_t k = after + 1; k < after + 5; ++k)
                    if (base::is_any_of(word(k), {"melody", "lead", "theme", "solo", "tune"}))
                        finding.lead = true;
            if (finding.first > 0 && joined(finding.first) &&
                base::is_any_of(word(finding.first - 1), {"lead", "solo", "soloing", "featured"}))
                finding.lead = true;
            // "a melody on the flute", "melody played by violin".
            for (std::size_t k = 1; k <= 5 && k <= finding.first; ++k) {
                const std::string& one = word(finding.first - k);
                if (base::is_any_of(one, {"melody", "solo", "lead", "theme"}) && k > 1) {
                    finding.lead =
                        finding.lead || base::is_any_of(word(finding.first - k + 1),
                                                        {"on", "by", "from", "played", "for", "of"});
                    break;
                }
                if (!base::is_any_of(one,
                                     {"a", "an", "the", "on", "by", "from", "played", "for", "of", "solo"}))
                    break;
            }
            if (finding.lead && joined(after) && base::is_any_of(word(after), {"led", "leads", "soloing"}))
                use(after, 1);
        }
    }

    // The instrument that stands right before a section's word: "piano intro", "a long sax solo".
    std::size_t player_before(std::size_t place) const {
        for (std::size_t f = 0; f < reading_.findings.size(); ++f)
            if (plays(reading_.findings[f].entry->kind) && reading_.findings[f].end() == place &&
                joined(place) && !reading_.findings[f].denied)
                return f;
        return npos;
    }
    int bars_before(std::size_t place) const {
        // "8 bar intro", "an eight-bar guitar solo".
        for (std::size_t k = 1; k <= 3 && k <= place; ++k)
            if (base::is_any_of(word(place - k), {"bar", "bars", "measure", "measures"}) && place >= k + 1) {
                const auto number = number_of(reading_.words[place - k - 1]);
                if (number && *number >= 1 && *number <= 64) return static_cast<int>(*number);
            }
        return 0;
    }
    void add_section(music::SectionKind kind, std::size_t player, int bars) {
        for (std::size_t i = 0; i < reading_.sections.size(); ++i)
            if (reading_.sections[i].kind == kind &&
                (kind == music::SectionKind::intro || kind == music::SectionKind::outro ||
                 reading_.section_players[i] == player)) {
                if (reading_.section_players[i] == npos) reading_.section_players[i] = player;
                if (reading_.sections[i].bars == 0) reading_.sections[i].bars = bars;
                return;
            }
        if (reading_.sections.size() >= 8) return;
        music::AskedSection section;
        section.kind = kind;
        section.bars = bars;
        reading_.sections.push_back(section);
        reading_.section_players.push_back(player);
    }

    void find_sections() {
        using music::SectionKind;
        for (const Finding& finding : reading_.findings) {
            if (finding.entry->kind != WordKind::section || !finding.entry->effects.section) continue;
            const SectionKind kind = *finding.entry->effects.section;
            if (finding.denied) {
                if (kind == SectionKind::intro) reading_.no_intro = true;
                continue;
            }
            const std::size_t player = player_before(finding.first);
            const int bars = bars_before(finding.first);
            // Every song has verses and choruses; only what is said about them counts.
            const bool plain = kind == SectionKind::verse || kind == SectionKind::chorus;
            if (plain && player == npos && bars == 0) continue;
            // "solo cello" is a way of playing, not a section.
            if (kind == SectionKind::solo && player == npos) continue;
            if (bars > 0)
                for (std::size_t k = 1; k <= 5 && k <= finding.first; ++k)
                    if (base::is_any_of(word(finding.first - k), {"bar", "bars", "measure", "measures"}))
                        use(finding.first - k - 1, 2);
            add_section(kind, player, bars);
        }
        for (std::size_t i = 0; i < reading_.words.size(); ++i) {
            const bool starts =
                base::is_any_of(word(i), {"starts", "start", "begins", "begin", "opens", "open", "starting",
                                          "beginning", "opening", "started", "kicks"});
            const bool ends = base::is_any_of(
                word(i), {"ends", "end", "ending", "closes", "finishes", "concludes", "finishing"});
            if (!starts && !ends) continue;
            std::size_t at = i + 1;
            while (base::is_any_of(word(at), {"off", "out", "up", "softly", "gently", "slowly", "quietly"}))
                ++at;
            if (!base::is_any_of(word(at), {"with", "on"})) continue;
            for (const Finding& finding : reading_.findings) {
                if (finding.first <= at || finding.first > at + 5 || !plays(finding.entry->kind) ||
                    finding.denied)
                    continue;
                if (crosses_sentence(at, finding.first)) break;
                const auto player = static_cast<std::size_t>(&finding - reading_.findings.data());
                add_section(starts ? SectionKind::intro : SectionKind::outro, player, 0);
                break;
            }
        }
        std::vector<std::size_t> order(reading_.sections.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        const auto rank = [&](std::size_t i) {
            const SectionKind kind = reading_.sections[i].kind;
            return kind == SectionKind::intro ? 0 : kind == SectionKind::outro ? 2 : 1;
        };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
        std::vector<music::AskedSection> sections;
        std::vector<std::size_t> players;
        for (const std::size_t i : order) {
            sections.push_back(reading_.sections[i]);
            players.push_back(reading_.section_players[i]);
        }
        reading_.sections = std::move(sections);
        reading_.section_players = std::move(players);
    }
    bool crosses_sentence(std::size_t from, std::size_t to) const {
        for (std::size_t i = from + 1; i <= to; ++i)
            if (gap(i) == Gap::sentence) return true;
        return false;
    }

    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
    const Lexicon& lexicon_;
    Reading reading_;
};

}  // namespace

Reading read_prompt(std::string_view text, const Lexicon& lexicon) {
    return PromptReader(text, lexicon).read();
}

std::vector<std::string> Reading::not_understood(const Lexicon& lexicon) const {
    std::vector<std::string> left;
    std::string signs;  // a run of a script without blanks is one word to its reader
    const auto add = [&](const std::string& text) {
        if (!text.empty() && left.size() < 24 && std::find(left.begin(), left.end(), text) == left.end())
            left.push_back(text);
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Script script = script_of(words[i].text);
        const bool run = script == Script::han || script == Script::kana || script == Script::hangul;
        if ((!run || used[i] || words[i].before != Gap::joined) && !signs.empty()) {
            if (signs.size() > 6) add(signs);  // particles of one or two signs say nothing
            signs.clear();
        }
        if (used[i]) continue;
        if (run) {
            signs += words[i].written;
            continue;
        }
        const std::string& text = words[i].text;
        if (script == Script::none || text.size() < 3 || !lexicon.languages_of(text).empty()) continue;
        add(words[i].written.substr(0, 60));
    }
    if (signs.size() > 6) add(signs);
    return left;
}

std::string foreign_language(const Reading& reading, const Lexicon& lexicon) {
    std::map<std::string, int> votes;
    std::map<Script, int> scripts;
    int english = 0, latin = 0;
    for (std::size_t i = 0; i < reading.words.size(); ++i) {
        const std::string& text = reading.words[i].text;
        const Script script = script_of(text);
        if (script == Script::none) continue;
        ++scripts[script];
        if (script != Script::latin) continue;
        ++latin;
        bool is_english = false;
        for (const std::string& language : lexicon.languages_of(text))
            is_english = is_english || language == "English";
        if (is_english) {
            ++english;
            continue;
        }
        for (const std::string& language : lexicon.languages_of(text)) ++votes[language];
    }
    struct Name {
        Script script;
        const char* language;
    };
    constexpr Name kNames[] = {{Script::kana, "Japanese"}, {Script::hangul, "Korean"},
                               {Script::han, "Chinese"},   {Script::cyrillic, "Russian"},
                               {Script::greek, "Greek"},   {Script::other, "another language"}};
    int other = 0;
    for (const Name& name : kNames) other += scripts[name.script];
    // A sign is a syllable: three of them weigh about as much as a Latin word.
    const int signs = scripts[Script::kana] + scripts[Script::hangul] + scripts[Script::han];
    if (other - signs + signs / 3 > latin || (latin == 0 && other > 0)) {
        for (const Name& name : kNames)
            if (scripts[name.script] > 0) return name.language;
    }
    std::string best;
    int most = 1;
    for (const auto& [language, count] : votes)
        if (count > most) {
            most = count;
            best = language;
        }
    return most > english ? best : std::string();
}

}  // namespace mmx::prompt
