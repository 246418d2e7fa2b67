#include "prompt/lexicon.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <unordered_map>

#include "base/data_files.h"
#include "base/text.h"
#include "prompt/genre_tree.h"
#include "prompt/text.h"
#include "style/instruments.h"
#include "style/style.h"

namespace mmx::prompt {

struct Lexicon::Index {
    std::vector<std::unique_ptr<Entry>> entries;
    std::unordered_map<std::string, std::vector<const Entry*>> phrases;
    std::unordered_map<std::string, std::size_t> longest;
    std::unordered_map<std::string, std::vector<std::string>> languages;
    std::vector<InstrumentClass> classes;
    std::unordered_map<std::string, const Entry*> foreign;  // single words, for their inflected forms
    int rows = 0;

    void index(const std::string& phrase, const Entry* entry) {
        if (phrase.empty()) return;
        auto& found = phrases[phrase];
        if (std::find(found.begin(), found.end(), entry) != found.end()) return;
        found.push_back(entry);
        const auto words = static_cast<std::size_t>(1 + std::count(phrase.begin(), phrase.end(), ' '));
        std::size_t& longest_here = longest[phrase.substr(0, phrase.find(' '))];
        longest_here = std::max(longest_here, words);
    }
    Entry* add(Entry entry) {
        entries.push_back(std::make_unique<Entry>(std::move(entry)));
        return entries.back().get();
    }
};

namespace {

using base::Status;

// A line that breaks the format is a defect of ours: the message says where.
struct Place {
    std::string_view file;
    int line = 0;
};
tl::unexpected<base::Error> broken(const Place& place, std::string_view what) {
    return base::fail(base::Kind::internal, "The program's own word lists are damaged; please reinstall it.",
                      fmt::format("{}:{}: {}", place.file, place.line, what));
}

std::optional<double> number_in(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

struct NumberKey {
    std::string_view key;
    std::optional<double> Effects::*place;
};
constexpr NumberKey kNumbers[] = {
    {"valence", &Effects::valence},       {"arousal", &Effects::arousal}, {"minor", &Effects::minor},
    {"tempo", &Effects::tempo},           {"swing", &Effects::swing},     {"variation", &Effects::variation},
    {"complexity", &Effects::complexity}, {"energy", &Effects::energy},   {"humanise", &Effects::humanise},
    {"key-lift", &Effects::key_lift},
};
struct ProductionKey {
    std::string_view key;
    double music::Production::*place;
};
constexpr ProductionKey kProduction[] = {
    {"reverb", &music::Production::reverb}, {"dry", &music::Production::dry},
    {"lofi", &music::Production::lofi},     {"distortion", &music::Production::distortion},
    {"warmth", &music::Production::warmth}, {"brightness", &music::Production::brightness},
    {"width", &music::Production::width},   {"delay", &music::Production::delay},
    {"pump", &music::Production::pump},
};

std::optional<music::SectionKind> section_of(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(music::SectionKind::outro); ++i)
        if (music::section_name(static_cast<music::SectionKind>(i)) == name)
            return static_cast<music::SectionKind>(i);
    return std::nullopt;
}

Status read_style(Effects& effects, std::string_view value, const Place& place) {
    const auto parts = base::split(value, '/');
    effects.style = parts.empty() ? "" : std::string(parts[0]);
    if (style::find_style(effects.style) == nullptr)
        return broken(place, fmt::format("no such style: {}", effects.style));
    effects.firmness = Firmness::strong;
    if (parts.size() < 2) return {};
    if (parts[1] == "same")
        effects.firmness = Firmness::same;
    else if (parts[1] == "weak")
        effects.firmness = Firmness::weak;
    else if (parts[1] == "faint")
        effects.firmness = Firmness::faint;
    else
        return broken(place, "a style is /same, /weak or /faint");
    return {};
}

Status read_effect(Effects& effects, std::string_view key, std::string_view value, const Place& place) {
    for (const NumberKey& row : kNumbers)
        if (row.key == key) {
            const auto number = number_in(value);
            if (!number || *number < -2 || *number > 2)
                return broken(place, "a number from -2 to 2 is needed");
            effects.*row.place = *number;
            return {};
        }
    for (const ProductionKey& row : kProduction)
        if (row.key == key) {
            const auto number = number_in(value);
            if (!number || *number < 0 || *number > 1) return broken(place, "a number from 0 to 1 is needed");
            effects.production.*row.place = *number;
            return {};
        }
    if (key == "style") return read_style(effects, value, place);
    if (key == "second") {
        const auto parts = base::split(value, '/');
        const auto share = parts.size() == 2 ? number_in(parts[1]) : std::nullopt;
        if (!share || *share < 0 || *share > 0.5 || style::find_style(parts[0]) == nullptr)
            return broken(place, "second=style/share with a share up to 0.5");
        effects.second = std::string(parts[0]);
        effects.blend = *share;
        return {};
    }
    if (key == "bpm") {
        const auto parts = base::split(value, '-');
        if (parts.size() != 2 || !number_in(parts[0]) || !number_in(parts[1]))
            return broken(place, "bpm=low-high");
        effects.bpm_low = number_in(parts[0]);
        effects.bpm_high = number_in(parts[1]);
        return {};
    }
    if (key == "metre") {
        effects.metre = music::parse_metre(value);
        if (!effects.metre) return broken(place, "no such metre");
        return {};
    }
    if (key == "mode") {
        const auto parsed = music::parse_key("C " + std::string(value));
        if (!parsed) return broken(place, "no such mode");
        effects.mode = parsed->mode;
        return {};
    }
    if (key == "play") {
        for (const std::string_view id : base::split(value, ',')) {
            if (style::find_instrument(id) == nullptr)
                return broken(place, fmt::format("no such instrument: {}", id));
            effects.instruments.emplace_back(id);
        }
        return {};
    }
    if (key == "without") {
        for (const std::string_view name : base::split(value, ',')) effects.without.emplace_back(name);
        return {};
    }
    if (key == "ending") {
        constexpr std::string_view kEndings[] = {"cold", "button", "ring", "fade", "loop"};
        for (int i = 0; i < 5; ++i)
            if (kEndings[i] == value) effects.ending = static_cast<music::Ending>(i);
        return effects.ending ? Status() : Status(broken(place, "no such ending"));
    }
    if (key == "section") {
        effects.section = section_of(value);
        return effects.section ? Status() : Status(broken(place, "no such section"));
    }
    if (key == "voice")
        effects.voice = value == "yes";
    else if (key == "singer")
        effects.singer = value;
    else if (key == "choir")
        effects.choir = true;
    else if (key == "delivery")
        effects.delivery = value == "rap" ? music::Delivery::rap : music::Delivery::spoken;
    else if (key == "acapella")
        effects.acapella = true;
    else if (key == "modifier")
        effects.modifier = true;
    else if (key == "only")
        effects.only = true;
    else if (key == "picture")
        effects.picture = true;
    else if (key == "italian")
        effects.italian = true;
    else if (key != "era")
        return broken(place, fmt::format("unknown effect '{}'", key));
    return {};
}

base::Result<Effects> read_effects(std::string_view text, const Place& place) {
    Effects effects;
    for (const std::string_view effect : base::split(text, ' ')) {
        const std::size_t equals = effect.find('=');
        if (equals == std::string_view::npos) return broken(place, "an effect is key=value");
        TRY_VOID(read_effect(effects, effect.substr(0, equals), effect.substr(equals + 1), place));
    }
    return effects;
}

// Calls each(place, columns) for every line that is not empty and no comment.
template <class Each>
Status read_lines(std::string_view file, Each each) {
    const auto text = base::data_file(file);
    if (!text)
        return base::fail(base::Kind::internal, "The program's own word lists are incomplete.",
                          fmt::format("{} is missing", file));
    std::string_view rest = *text;
    for (Place place{file, 1}; !rest.empty(); ++place.line) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.empty() || line.front() == '#') continue;
        TRY_VOID(each(place, base::split(line, '\t')));
    }
    return {};
}

Status read_words(Lexicon::Index& index, std::string_view file, WordKind kind) {
    return read_lines(file, [&](const Place& place, const std::vector<std::string_view>& columns) -> Status {
        if (columns.size() != 2) return broken(place, "words, a tab, effects");
        Entry entry;
        entry.kind = kind;
        entry.effects = TRY(read_effects(columns[1], place));
        entry.row = ++index.rows;
        const auto names = base::split(columns[0], ';');
        entry.name = std::string(names.at(0));
        for (const std::string_view name : names) {
            Entry one = entry;
            // Each genre keeps its own name for messages: "bebop is played as jazz swing".
            one.name = std::string(name);
            index.index(folded_phrase(name), index.add(std::move(one)));
        }
        return {};
    });
}

bool is_class(const Lexicon::Index& index, const std::string& phrase) {
    const auto found = index.phrases.find(phrase);
    return found != index.phrases.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [](const Entry* entry) { return entry->kind == WordKind::instrument_class; });
}

Status read_catalogue(Lexicon::Index& index) {
    for (const style::Instrument& instrument : *TRY(style::all_instruments())) {
        Entry entry;
        entry.kind = WordKind::instrument;
        entry.row = ++index.rows;
        entry.effects.instruments = {instrument.id};
        for (const std::string& word : instrument.words) {
            if (is_class(index, folded_phrase(word))) continue;  // "piano": the style says which
            Entry one = entry;
            one.name = word;
            index.index(folded_phrase(word), index.add(std::move(one)));
        }
        Entry by_id = entry;
        by_id.name = instrument.id;
        index.index(folded_phrase(instrument.id), index.add(std::move(by_id)));
    }
    return {};
}

Status read_classes(Lexicon::Index& index) {
    return read_lines("lexicon/instrument_classes.tsv",
                      [&](const Place& place, const std::vector<std::string_view>& columns) -> Status {
                          if (columns.size() != 3) return broken(place, "words, what to exclude, choices");
                          InstrumentClass one;
                          const auto names = base::split(columns[0], ';');
                          one.name = std::string(names.at(0));
                          one.exclude = std::string(columns[1]);
                          for (const std::string_view choice : base::split(columns[2], ' ')) {
                              const std::size_t equals = choice.find('=');
                              if (equals == std::string_view::npos) return broken(place, "style=instrument");
                              const ClassChoice pair{std::string(choice.substr(0, equals)),
                                                     std::string(choice.substr(equals + 1))};
                              if (style::find_instrument(pair.id) == nullptr)
                                  return broken(place, "no such instrument: " + pair.id);
                              one.choices.push_back(pair);
                          }
                          const int row = ++index.rows;
                          for (const std::string_view name : names) {
                              Entry entry;
                              entry.kind = WordKind::instrument_class;
                              entry.name = one.name;
                              entry.row = row;
                              index.index(folded_phrase(name), index.add(std::move(entry)));
                          }
                          index.classes.push_back(std::move(one));
                          return {};
                      });
}

// "erhu <TAB> violin": only words the catalogue does not know itself become stand-ins.
Status read_stand_ins(Lexicon::Index& index) {
    return read_lines("lexicon/instrument_stand_ins.tsv",
                      [&](const Place& place, const std::vector<std::string_view>& columns) -> Status {
                          if (columns.size() != 2) return broken(place, "name, a tab, instrument");
                          if (style::find_instrument(columns[1]) == nullptr)
                              return broken(place, "no such instrument: " + std::string(columns[1]));
                          const std::string phrase = folded_phrase(columns[0]);
                          if (index.phrases.contains(phrase)) return {};
                          Entry entry;
                          entry.kind = WordKind::stand_in;
                          entry.name = std::string(columns[0]);
                          entry.row = ++index.rows;
                          entry.effects.instruments = {std::string(columns[1])};
                          index.index(phrase, index.add(std::move(entry)));
                          return {};
                      });
}

// The rest of the taxonomy: each name takes the effects of its nearest relative that has a row of its own.
Status read_taxonomy(Lexicon::Index& index) {
    std::vector<std::string> everyday_words;
    TRY_VOID(read_lines("taxonomy/everyday_words.tsv",
                        [&](const Place&, const std::vector<std::string_view>& columns) -> Status {
                            for (const std::string_view word : columns)
                                everyday_words.push_back(folded_phrase(word));
                            return {};
                        }));
    for (const TreeGenre& genre : *TRY(genre_tree())) {
        const std::string phrase = folded_phrase(genre.name);
        if (index.phrases.contains(phrase)) continue;
        const Entry* relative = nullptr;
        for (const std::string& kin : genre.kin) {
            const auto found = index.phrases.find(folded_phrase(kin));
            if (found == index.phrases.end()) continue;
            for (const Entry* entry : found->second)
                if (entry->kind == WordKind::genre && relative == nullptr) relative = entry;
            if (relative != nullptr) break;
        }
        if (relative == nullptr)
            return broken({genre.file, genre.line}, "no relative of '" + genre.name + "' has a style");
        Entry entry = *relative;
        entry.name = genre.name;
        entry.row = ++index.rows;
        // A name one step away from "pop" itself is still not "pop": it is played as pop.
        if (entry.effects.firmness == Firmness::same) entry.effects.firmness = Firmness::strong;
        // "Highlands" and "mango" are genres too, but seldom meant.
        const bool everyday =
            std::find(everyday_words.begin(), everyday_words.end(), phrase) != everyday_words.end();
        entry.effects.firmness = everyday ? Firmness::faint : Firmness::strong;
        index.index(phrase, index.add(std::move(entry)));
    }
    return {};
}

Status read_small_words(Lexicon::Index& index) {
    return read_lines("lexicon/small_words.tsv",
                      [&](const Place& place, const std::vector<std::string_view>& columns) -> Status {
                          if (columns.size() != 2) return broken(place, "language, a tab, words");
                          for (const std::string_view word : base::split(columns[1], ' '))
                              index.languages[folded_phrase(word)].emplace_back(columns[0]);
                          return {};
                      });
}

// Musical words of other languages: aliases of English phrases.
Status read_foreign(Lexicon::Index& index) {
    return read_lines("lexicon/foreign.tsv",
                      [&](const Place& place, const std::vector<std::string_view>& columns) -> Status {
                          if (columns.size() != 2) return broken(place, "English phrase, a tab, words");
                          const auto found = index.phrases.find(folded_phrase(columns[0]));
                          if (found == index.phrases.end())
                              return broken(place, "not in the lexicon: " + std::string(columns[0]));
                          const std::vector<const Entry*> entries = found->second;
                          for (const std::string_view word : base::split(columns[1], ';')) {
                              const std::string phrase = folded_phrase(word);
                              if (index.phrases.contains(phrase)) continue;
                              for (const Entry* entry : entries) index.index(phrase, entry);
                              if (phrase.find(' ') == std::string::npos && phrase.size() >= 4)
                                  index.foreign.emplace(phrase, entries.front());
                          }
                          return {};
                      });
}

base::Result<std::unique_ptr<Lexicon::Index>> read_index() {
    auto index = std::make_unique<Lexicon::Index>();
    TRY_VOID(style::all_styles());
    struct WordFile {
        std::string_view file;
        WordKind kind;
    };
    constexpr WordFile kFiles[] = {
        {"lexicon/genres.tsv", WordKind::genre},          {"lexicon/moods.tsv", WordKind::mood},
        {"lexicon/places.tsv", WordKind::place},          {"lexicon/tempo.tsv", WordKind::tempo},
        {"lexicon/production.tsv", WordKind::production}, {"lexicon/eras.tsv", WordKind::era},
        {"lexicon/endings.tsv", WordKind::ending},        {"lexicon/voices.tsv", WordKind::voice},
        {"lexicon/sections.tsv", WordKind::section},
    };
    for (const WordFile& file : kFiles) TRY_VOID(read_words(*index, file.file, file.kind));
    TRY_VOID(read_classes(*index));
    TRY_VOID(read_catalogue(*index));
    TRY_VOID(read_stand_ins(*index));
    TRY_VOID(read_taxonomy(*index));
    TRY_VOID(read_small_words(*index));
    TRY_VOID(read_foreign(*index));
    return index;
}

}  // namespace

base::Result<const Lexicon*> Lexicon::get() {
    static const base::Result<std::unique_ptr<Index>> index = read_index();
    if (!index) return tl::unexpected(index.error());
    static const Lexicon lexicon(**index);
    return &lexicon;
}

std::vector<const Entry*> Lexicon::find(const std::string& phrase) const {
    const auto look = [&](const std::string& form) -> const std::vector<const Entry*>* {
        const auto found = index_->phrases.find(form);
        return found != index_->phrases.end() ? &found->second : nullptr;
    };
    if (const auto* entries = look(phrase)) return *entries;
    // "guitars", "melodies", "brushes" and the possessive, whose apostrophe is gone.
    if (phrase.size() > 3 && phrase.back() == 's') {
        if (const auto* entries = look(phrase.substr(0, phrase.size() - 1))) return *entries;
        if (phrase.ends_with("ies"))
            if (const auto* entries = look(phrase.substr(0, phrase.size() - 3) + "y")) return *entries;
        if (phrase.ends_with("es"))
            if (const auto* entries = look(phrase.substr(0, phrase.size() - 2))) return *entries;
    }
    return inflected(phrase);
}

// "Fröhlicher", "aggressivem", "hypnotischen": endings that other languages give an adjective.
std::vector<const Entry*> Lexicon::inflected(const std::string& word) const {
    for (const std::string_view ending : {"er", "en", "es", "em", "e", "s"})
        if (word.size() >= ending.size() + 5 && word.ends_with(ending)) {
            const auto found = index_->foreign.find(word.substr(0, word.size() - ending.size()));
            if (found != index_->foreign.end()) return {found->second};
        }
    return {};
}

std::size_t Lexicon::longest_from(const std::string& first_word) const {
    std::size_t longest = 0;
    const auto look = [&](const std::string& word) {
        const auto found = index_->longest.find(word);
        if (found != index_->longest.end()) longest = std::max(longest, found->second);
    };
    look(first_word);
    if (first_word.size() > 3 && first_word.back() == 's') {
        look(first_word.substr(0, first_word.size() - 1));
        if (first_word.ends_with("ies")) look(first_word.substr(0, first_word.size() - 3) + "y");
        if (first_word.ends_with("es")) look(first_word.substr(0, first_word.size() - 2));
    }
    if (longest == 0 && !inflected(first_word).empty()) longest = 1;
    return longest;
}

const InstrumentClass* Lexicon::find_class(std::string_view name) const {
    for (const InstrumentClass& one : index_->classes)
        if (one.name == name) return &one;
    return nullptr;
}

bool Lexicon::is_stop_word(const std::string& word) const {
    const auto& languages = languages_of(word);
    return std::find(languages.begin(), languages.end(), "English") != languages.end();
}

const std::vector<std::string>& Lexicon::languages_of(const std::string& word) const {
    static const std::vector<std::string> none;
    const auto found = index_->languages.find(word);
    return found != index_->languages.end() ? found->second : none;
}

}  // namespace mmx::prompt
