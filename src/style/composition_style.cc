// Reads composition.toml and refuses what a composer could not use.
#include "style/composition_style.h"

#include <charconv>
#include <optional>

#include "base/text.h"
#include "style/toml_reader.h"

namespace mmx::style {
namespace {

std::optional<music::SectionKind> parse_kind(std::string_view name) {
    for (int i = 0; i < kSectionKinds; ++i)
        if (music::section_name(static_cast<music::SectionKind>(i)) == name)
            return static_cast<music::SectionKind>(i);
    return std::nullopt;
}

// "theme A 8": kind, material if any, bars.
std::optional<FormSlot> parse_slot(std::string_view text) {
    FormSlot slot;
    const auto words = base::split(text, ' ');
    if (words.size() < 2 || words.size() > 3) return std::nullopt;
    const auto kind = parse_kind(words.front());
    if (!kind) return std::nullopt;
    slot.kind = *kind;
    if (words.size() == 3) slot.material = words[1];
    const std::string_view number = words.back();
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), slot.bars);
    if (error != std::errc() || end != number.data() + number.size() || slot.bars < 1 || slot.bars > 64)
        return std::nullopt;
    return slot;
}

base::Result<FormTemplate> read_form(const toml::table& table) {
    FormTemplate form;
    form.weight = TRY(read_number(table, "weight", 0, 100, 1.0));
    const std::string text = TRY(read_text(table, "sections"));
    int block = 0, blocks = 0;
    for (std::string_view part : base::split(text, ',')) {
        if (part.front() == '(') {
            block = ++blocks;
            part = base::trimmed(part.substr(1));
        }
        const bool closes = !part.empty() && part.back() == ')';
        if (closes) part = base::trimmed(part.substr(0, part.size() - 1));
        auto slot = parse_slot(part);
        if (!slot)
            return style_error(table, "sections", fmt::format("'{}' is no section with its bars", part));
        slot->block = block;
        form.slots.push_back(*slot);
        if (closes) block = 0;
    }
    if (form.slots.empty()) return style_error(table, "sections", "is empty");
    return form;
}

base::Result<Progression> read_progression(const toml::table& table, std::string_view mode,
                                           std::string_view text) {
    Progression progression;
    const std::size_t colon = text.find(':');
    const auto words = base::split(text.substr(0, colon), ' ');
    if (colon == std::string_view::npos || words.empty())
        return style_error(table, mode, fmt::format("'{}' is not 'weight sections: bars'", text));
    const std::string_view number = words.front();
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), progression.weight);
    if (error != std::errc() || end != number.data() + number.size() || !(progression.weight > 0))
        return style_error(table, mode, fmt::format("'{}' does not start with a weight", text));
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "any") continue;
        const auto kind = parse_kind(words[i]);
        if (!kind) return style_error(table, mode, fmt::format("no such section: '{}'", words[i]));
        progression.sections.push_back(*kind);
    }
    for (const std::string_view bar : base::split(text.substr(colon + 1), '|'))
        progression.bars.emplace_back(bar);
    if (progression.bars.empty()) return style_error(table, mode, fmt::format("'{}' has no chords", text));
    return progression;
}

base::Result<HarmonyStyle> read_harmony(const toml::table& table) {
    HarmonyStyle style;
    style.learned = TRY(read_number(table, "learned", 0, 1, style.learned));
    style.cadences = TRY(read_number(table, "cadences", 0, 1, style.cadences));
    style.secondary = TRY(read_number(table, "secondary", 0, 1, style.secondary));
    style.mixture = TRY(read_number(table, "mixture", 0, 1, style.mixture));
    style.inversions = TRY(read_number(table, "inversions", 0, 1, style.inversions));
    style.pedal = TRY(read_number(table, "pedal", 0, 1, style.pedal));
    style.lift = TRY(read_number(table, "lift", 0, 1, style.lift));
    style.turnarounds = TRY(read_number(table, "turnarounds", 0, 1, style.turnarounds));
    if (const auto* colours = table["colours"].as_table()) {
        ChordColours& c = style.colours;
        c.triad = TRY(read_number(*colours, "triad", 0, 100, 0.0));
        c.seventh = TRY(read_number(*colours, "seventh", 0, 100, 0.0));
        c.ninth = TRY(read_number(*colours, "ninth", 0, 100, 0.0));
        c.sixth = TRY(read_number(*colours, "sixth", 0, 100, 0.0));
        c.add9 = TRY(read_number(*colours, "add9", 0, 100, 0.0));
        c.sus = TRY(read_number(*colours, "sus", 0, 100, 0.0));
        c.power = TRY(read_number(*colours, "power", 0, 100, 0.0));
        if (c.triad + c.seventh + c.ninth + c.sixth + c.add9 + c.sus + c.power <= 0)
            return style_error(*colours, "colours", "needs one that is not zero");
    }
    const auto* progressions = table["progressions"].as_table();
    if (progressions == nullptr) return style_error(table, "progressions", "is missing");
    for (const auto& [name, node] : *progressions) {
        static_cast<void>(node);
        const auto key = music::parse_key("C " + std::string(name.str()));
        if (!key) return style_error(*progressions, name.str(), "no such mode");
        ModeProgressions mode{key->mode, {}};
        for (const std::string& text : TRY(read_texts(*progressions, name.str())))
            mode.progressions.push_back(TRY(read_progression(*progressions, name.str(), text)));
        if (mode.progressions.empty()) return style_error(*progressions, name.str(), "is empty");
        style.modes.push_back(std::move(mode));
    }
    return style;
}

base::Result<MelodyStyle> read_melody(const toml::table& table) {
    MelodyStyle style;
    style.tune = TRY(read_flag(table, "tune", true));
    style.density = TRY(read_number(table, "density", 0.1, 4, style.density));
    style.syncopation = TRY(read_number(table, "syncopation", 0, 1, style.syncopation));
    style.sixteenths = TRY(read_number(table, "sixteenths", 0, 1, style.sixteenths));
    style.triplets = TRY(read_number(table, "triplets", 0, 1, style.triplets));
    style.rest = TRY(read_number(table, "rest", 0, 0.9, style.rest));
    style.range = static_cast<int>(TRY(read_number(table, "range", 7, 30, style.range)));
    style.leap = TRY(read_number(table, "leap", 0, 1, style.leap));
    style.ornament = TRY(read_number(table, "ornament", 0, 1, style.ornament));
    style.chromatic = TRY(read_number(table, "chromatic", 0, 1, style.chromatic));
    style.pickup = TRY(read_number(table, "pickup", 0, 1, style.pickup));
    style.repeat_notes = TRY(read_number(table, "repeat_notes", 0, 1, style.repeat_notes));
    style.legato = TRY(read_number(table, "legato", 0, 1, style.legato));
    style.staccato = TRY(read_number(table, "staccato", 0, 1, style.staccato));
    style.phrase_bars = static_cast<int>(TRY(read_number(table, "phrase_bars", 2, 8, style.phrase_bars)));
    style.hook_bars = static_cast<int>(TRY(read_number(table, "hook_bars", 1, 2, style.hook_bars)));
    style.solo_density = TRY(read_number(table, "solo_density", 0.5, 4, style.solo_density));
    style.pentatonic = TRY(read_number(table, "pentatonic", 0, 1, style.pentatonic));
    style.stray = TRY(read_number(table, "stray", 0, 1.5, style.stray));
    return style;
}

base::Result<SectionStyle> read_section(const toml::table& table, SectionStyle otherwise) {
    SectionStyle style = otherwise;
    style.energy = TRY(read_number(table, "energy", 0, 1, style.energy));
    style.level_db = TRY(read_number(table, "level_db", -6, 3, style.level_db));
    style.lead = TRY(read_number(table, "lead", 0, 1, style.lead));
    style.density = TRY(read_number(table, "density", 0.1, 3, style.density));
    style.lift = static_cast<int>(TRY(read_number(table, "lift", -12, 12, style.lift)));
    const std::string feel = TRY(read_text(table, "feel", "straight"));
    if (feel == "half-time")
        style.feel = music::Feel::half_time;
    else if (feel == "double-time")
        style.feel = music::Feel::double_time;
    else if (feel != "straight")
        return style_error(table, "feel", "must be straight, half-time or double-time");
    return style;
}

// What most genres agree on; a file says only where it differs.
std::array<SectionStyle, kSectionKinds> usual_sections() {
    using enum music::SectionKind;
    std::array<SectionStyle, kSectionKinds> sections;
    const auto set = [&](music::SectionKind kind, double energy, double level_db, double lead, double density,
                         int lift) {
        sections[static_cast<std::size_t>(kind)] = {energy,  level_db, lead,
                                                    density, lift,     music::Feel::straight};
    };
    set(intro, 0.35, -1.0, 0.3, 0.7, 0);
    set(verse, 0.45, -0.7, 1, 1.0, 0);
    set(pre_chorus, 0.6, -0.2, 1, 1.0, 2);
    set(chorus, 0.85, 0.8, 1, 1.05, 4);
    set(post_chorus, 0.85, 0.8, 1, 0.9, 3);
    set(bridge, 0.55, -0.4, 1, 0.8, 2);
    set(solo, 0.75, 0.3, 1, 1.5, 3);
    set(interlude, 0.45, -1, 0.5, 0.7, 0);
    set(breakdown, 0.3, -2, 0.6, 0.6, 0);
    set(build, 0.6, -0.5, 0.5, 0.8, 2);
    set(drop, 0.95, 1, 1, 1, 3);
    set(theme, 0.6, 0, 1, 1, 0);
    set(outro, 0.4, -1.5, 0.7, 0.6, 0);
    return sections;
}

const toml::table& table_or_empty(const toml::table& table, std::string_view key) {
    static const toml::table empty;
    const auto* found = table[key].as_table();
    return found != nullptr ? *found : empty;
}

}  // namespace

base::Result<CompositionStyle> read_composition_style(const toml::table& table) {
    CompositionStyle style;
    style.loops = TRY(read_flag(table, "loops", false));
    style.long_fades = TRY(read_flag(table, "long_fades", false));
    const auto* forms = table["form"].as_array();
    if (forms == nullptr) return style_error(table, "form", "is missing");
    for (const auto& node : *forms) {
        const auto* form = node.as_table();
        if (form == nullptr) return style_error(node, "form", "must be tables");
        style.forms.push_back(TRY(read_form(*form)));
    }
    style.sections = usual_sections();
    for (const auto& [name, node] : table_or_empty(table, "section")) {
        const auto kind = parse_kind(name.str());
        if (!kind || !node.is_table()) return style_error(table, name.str(), "no such section");
        SectionStyle& section = style.sections[static_cast<std::size_t>(*kind)];
        section = TRY(read_section(*node.as_table(), section));
    }
    style.harmony = TRY(read_harmony(table_or_empty(table, "harmony")));
    style.melody = TRY(read_melody(table_or_empty(table, "melody")));
    const toml::table& tempo = table_or_empty(table, "tempo");
    style.tempo.ritardando = TRY(read_number(tempo, "ritardando", 0, 1, 0.0));
    style.tempo.slowest = TRY(read_number(tempo, "slowest", 0.5, 1, style.tempo.slowest));
    return style;
}

base::Result<CompositionStyle> parse_composition_style(std::string_view text) {
    try {
        return read_composition_style(toml::parse(text));
    } catch (const toml::parse_error& error) {
        return base::fail(base::Kind::internal,
                          "The program's own style files are damaged; please reinstall it.",
                          fmt::format("line {}: {}", error.source().begin.line, error.description()));
    }
}

}  // namespace mmx::style
