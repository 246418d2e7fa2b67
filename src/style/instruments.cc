// Reads and checks data/instruments.toml.
#include "style/instruments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/data_files.h"
#include "style/toml_reader.h"

namespace mmx::style {
namespace {

constexpr std::string_view kFile = "instruments.toml";
constexpr std::array<std::string_view, 14> kFamilies = {"keys",    "mallets", "organ", "guitar",    "bass",
                                                        "strings", "choir",   "brass", "reeds",     "flutes",
                                                        "synth",   "plucked", "drums", "percussion"};

struct Range {
    int low, high;
};

base::Result<Range> read_range(const toml::table& table, std::string_view key, int low, int high) {
    const auto numbers = TRY(read_numbers(table, key, low, high));
    if (numbers.size() != 2 || numbers[0] >= numbers[1])
        return style_error(table, key, fmt::format("must be [low, high] within {} to {}", low, high));
    return Range{static_cast<int>(numbers[0]), static_cast<int>(numbers[1])};
}

base::Result<Instrument> read_instrument(const toml::table& table) {
    Instrument instrument;
    instrument.id = TRY(read_text(table, "id"));
    instrument.name = TRY(read_text(table, "name"));
    instrument.family = TRY(read_text(table, "family"));
    if (std::find(kFamilies.begin(), kFamilies.end(), instrument.family) == kFamilies.end())
        return style_error(table, "family", "no such family: " + instrument.family);
    const Range range = TRY(read_range(table, "range", 0, 127));
    const Range sweet = TRY(read_range(table, "sweet", range.low, range.high));
    instrument.low = range.low;
    instrument.high = range.high;
    instrument.sweet_low = sweet.low;
    instrument.sweet_high = sweet.high;
    instrument.drums = TRY(read_flag(table, "drums", false));
    instrument.polyphonic = TRY(read_flag(table, "polyphonic", true));
    instrument.sustains = TRY(read_flag(table, "sustains", false));
    instrument.midi_program = static_cast<int>(TRY(read_number(table, "program", 0, 127)));
    instrument.agility = TRY(read_number(table, "agility", 0, 1));
    instrument.words = TRY(read_texts(table, "words"));
    if (instrument.words.empty()) return style_error(table, "words", "needs at least one word");
    return instrument;
}

// Two instruments answering to one id, or to one word, would make the reading depend on their order.
base::Status check_unique(const std::vector<Instrument>& instruments, const toml::table& table) {
    std::map<std::string_view, std::string_view> owner_of_word, ids;
    for (const Instrument& instrument : instruments) {
        if (!ids.emplace(instrument.id, instrument.id).second)
            return style_error(table, "id", instrument.id + " appears twice");
        for (const std::string& word : instrument.words) {
            const auto [at, is_new] = owner_of_word.emplace(word, instrument.id);
            if (!is_new)
                return style_error(table, "words",
                                   fmt::format("'{}' belongs to {} and {}", word, at->second, instrument.id));
        }
    }
    return {};
}

base::Result<std::vector<Instrument>> read_table(const toml::table& table) {
    const auto* list = table.get_as<toml::array>("instrument");
    if (list == nullptr) return style_error(table, "instrument", "is missing");
    std::vector<Instrument> instruments;
    for (const auto& node : *list) {
        const auto* row = node.as_table();
        if (row == nullptr) return style_error(node, "instrument", "must be a table");
        instruments.push_back(TRY(read_instrument(*row)));
    }
    TRY_VOID(check_unique(instruments, table));
    return instruments;
}

base::Result<std::vector<Instrument>> read_instruments() {
    const auto text = base::data_file(kFile);
    if (!text)
        return base::fail(base::Kind::internal, "The program's own style files are incomplete.",
                          std::string(kFile) + " is missing");
    try {
        auto instruments = read_table(toml::parse(*text, kFile));
        if (!instruments)
            instruments.error().tell_log = fmt::format("{}: {}", kFile, instruments.error().tell_log);
        return instruments;
    } catch (const toml::parse_error& error) {
        return base::fail(base::Kind::internal,
                          "The program's own style files are damaged; please reinstall it.",
                          fmt::format("{}:{}: {}", kFile, error.source().begin.line, error.description()));
    }
}

}  // namespace

base::Result<const std::vector<Instrument>*> all_instruments() {
    static const base::Result<std::vector<Instrument>> instruments = read_instruments();
    if (!instruments) return tl::unexpected(instruments.error());
    return &*instruments;
}

const Instrument* find_instrument(std::string_view id) {
    const auto instruments = all_instruments();
    if (!instruments) return nullptr;
    for (const Instrument& instrument : **instruments)
        if (instrument.id == id) return &instrument;
    return nullptr;
}

}  // namespace mmx::style
