#include "style/band_style.h"

#include <algorithm>
#include <utility>

#include "style/toml_reader.h"

namespace mmx::style {
namespace {

template <class T>
struct Word {
    std::string_view word;
    T value;
};

template <class T, std::size_t n>
base::Result<T> read_word(const toml::table& table, std::string_view key, const Word<T> (&words)[n],
                          std::optional<std::string> otherwise = std::nullopt) {
    const std::string given = TRY(read_text(table, key, std::move(otherwise)));
    std::string allowed;
    for (const auto& [word, value] : words) {
        if (word == given) return value;
        allowed += (allowed.empty() ? "" : ", ") + std::string(word);
    }
    return style_error(table, key, fmt::format("\"{}\" is not one of {}", given, allowed));
}

constexpr Word<music::Role> kRoleWords[] = {
    {"lead", music::Role::lead},         {"counter", music::Role::counter},
    {"chords", music::Role::chords},     {"pad", music::Role::pad},
    {"arpeggio", music::Role::arpeggio}, {"bass", music::Role::bass},
    {"drums", music::Role::drums},       {"percussion", music::Role::percussion},
    {"effects", music::Role::effects}};
constexpr Word<Texture> kTextures[] = {
    {"melody", Texture::melody},   {"kit", Texture::kit},       {"steps", Texture::steps},
    {"walking", Texture::walking}, {"drone", Texture::drone},   {"chords", Texture::chords},
    {"strum", Texture::strum},     {"power", Texture::power},   {"arpeggio", Texture::arpeggio},
    {"sustain", Texture::sustain}, {"answer", Texture::answer}, {"harmony", Texture::harmony},
    {"guide", Texture::guide},     {"roll", Texture::roll},     {"effects", Texture::effects}};
constexpr Word<VoicingKind> kVoicings[] = {
    {"close", VoicingKind::close}, {"rootless", VoicingKind::rootless},  {"shell", VoicingKind::shell},
    {"drop2", VoicingKind::drop2}, {"open", VoicingKind::open},          {"guitar", VoicingKind::guitar},
    {"power", VoicingKind::power}, {"left hand", VoicingKind::left_hand}};
constexpr Word<music::Feel> kFeels[] = {{"straight", music::Feel::straight},
                                        {"half time", music::Feel::half_time},
                                        {"double time", music::Feel::double_time}};
constexpr Word<FillSize> kSizes[] = {{"small", FillSize::small}, {"big", FillSize::big}};

struct LaneFacts {
    std::string_view name;
    int pitch;
    bool keeps_time;
};
constexpr LaneFacts kLanes[] = {
    {"kick", 36, false},         {"snare", 38, false},  {"side", 37, false},      {"clap", 39, false},
    {"hat", 42, true},           {"pedal", 44, false},  {"open", 46, false},      {"tom1", 50, false},
    {"tom2", 48, false},         {"tom3", 45, false},   {"tom4", 43, false},      {"tom5", 41, false},
    {"crash", 49, false},        {"crash2", 57, false}, {"ride", 51, true},       {"bell", 53, true},
    {"splash", 55, false},       {"china", 52, false},  {"shaker", 82, true},     {"tambourine", 54, true},
    {"conga-mute", 62, true},    {"conga", 63, false},  {"conga-low", 64, false}, {"bongo", 60, true},
    {"bongo-low", 61, false},    {"claves", 75, false}, {"cabasa", 69, true},     {"triangle", 81, false},
    {"triangle-mute", 80, true}, {"cowbell", 56, true}, {"wood", 76, false},      {"wood-low", 77, false}};

constexpr std::string_view kDrumLetters = ".123456789abcdefghi";

base::Result<std::vector<std::string>> read_bars(const toml::table& table, std::string_view key,
                                                 std::string_view letters) {
    std::vector<std::string> bars;
    const auto* node = table.get(key);
    if (node == nullptr) return style_error(table, key, "is missing");
    if (const auto one = node->value<std::string>())
        bars.push_back(*one);
    else
        bars = TRY(read_texts(table, key));
    if (bars.empty()) return style_error(*node, key, "needs at least one bar");
    for (std::string& bar : bars) {
        std::erase_if(bar, [](char c) { return c == ' ' || c == '|'; });
        if (bar.empty()) return style_error(*node, key, "has an empty bar");
        for (const char c : bar)
            if (letters.find(c) == std::string_view::npos)
                return style_error(*node, key, fmt::format("'{}' is none of {}", c, letters));
    }
    return bars;
}

base::Result<std::vector<const toml::table*>> read_tables(const toml::table& table, std::string_view key) {
    std::vector<const toml::table*> tables;
    const auto* node = table.get(key);
    if (node == nullptr) return tables;
    if (!node->is_array()) return style_error(*node, key, "must be written as [[" + std::string(key) + "]]");
    for (const auto& item : *node->as_array()) {
        if (!item.is_table())
            return style_error(item, key, "must be written as [[" + std::string(key) + "]]");
        tables.push_back(item.as_table());
    }
    return tables;
}

base::Result<music::SectionKind> section_kind(const toml::table& table, const std::string& name) {
    for (int i = 0; i <= static_cast<int>(music::SectionKind::outro); ++i)
        if (music::section_name(static_cast<music::SectionKind>(i)) == name)
            return static_cast<music::SectionKind>(i);
    return style_error(table, "sections", "no such section: " + name);
}

base::Result<std::pair<double, double>> read_energy(const toml::table& table) {
    const auto range = TRY(read_numbers(table, "energy", 0, 1));
    if (range.empty()) return std::pair(0.0, 1.0);
    if (range.size() != 2 || range[0] > range[1])
        return style_error(table, "energy", "must be [lowest, highest]");
    return std::pair(range[0], range[1]);
}

base::Result<Fit> read_fit(const toml::table& table) {
    Fit fit;
    fit.part = TRY(read_text(table, "part"));
    fit.name = TRY(read_text(table, "name"));
    const auto metre = music::parse_metre(TRY(read_text(table, "metre", "4/4")));
    if (!metre) return style_error(table, "metre", "no such metre");
    fit.metre = *metre;
    for (const std::string& name : TRY(read_texts(table, "sections")))
        fit.sections.push_back(TRY(section_kind(table, name)));
    std::tie(fit.energy_low, fit.energy_high) = TRY(read_energy(table));
    fit.weight = TRY(read_number(table, "weight", 0, 100, 1.0));
    fit.any_feel = table.get("feel") == nullptr;
    fit.feel = TRY(read_word(table, "feel", kFeels, "straight"));
    return fit;
}

base::Result<std::vector<Lane>> read_lanes(const toml::table& table) {
    std::vector<Lane> lanes;
    const auto* node = table.get("lanes");
    if (node == nullptr || !node->is_table())
        return style_error(table, "lanes", "must be a table of drum lanes");
    for (const auto& [key, value] : *node->as_table()) {
        const auto known = std::ranges::find(kLanes, key.str(), &LaneFacts::name);
        if (known == std::end(kLanes)) return style_error(value, key.str(), "no such drum lane");
        lanes.push_back({std::string(key.str()), known->pitch, known->keeps_time,
                         TRY(read_bars(*node->as_table(), key.str(), kDrumLetters))});
    }
    if (lanes.empty()) return style_error(table, "lanes", "has no lane");
    return lanes;
}

base::Result<PlayerStyle> read_player(const toml::table& table) {
    PlayerStyle player;
    player.id = TRY(read_text(table, "id"));
    player.role = TRY(read_word(table, "role", kRoleWords));
    const auto* choices = table.get("instruments");
    if (choices == nullptr || !choices->is_table())
        return style_error(table, "instruments", "must be a table: { grand-piano = 2 }");
    for (const auto& [key, value] : *choices->as_table())
        player.instruments.push_back(
            {std::string(key.str()), TRY(read_number(*choices->as_table(), key.str(), 0.01, 100))});
    if (player.instruments.empty()) return style_error(table, "instruments", "names none");
    player.probability = TRY(read_number(table, "probability", 0, 1, 1.0));
    player.enters_at_energy = TRY(read_number(table, "enters_at_energy", 0, 1, 0.0));
    player.leaves_above_energy = TRY(read_number(table, "leaves_above_energy", 0, 1, 1.0));
    player.pan = TRY(read_number(table, "pan", -1, 1, 0.0));
    player.level = TRY(read_number(table, "level", 0.2, 1.5, 1.0));
    player.texture = TRY(read_word(table, "texture", kTextures));
    player.voicing = TRY(read_word(table, "voicing", kVoicings, "close"));
    player.part = TRY(read_text(table, "part", player.id));
    player.low = static_cast<int>(TRY(read_number(table, "low", 0, 127, 0.0)));
    player.high = static_cast<int>(TRY(read_number(table, "high", 0, 127, 0.0)));
    player.voices = static_cast<int>(TRY(read_number(table, "voices", 1, 6, 4.0)));
    player.doubles_octave = TRY(read_flag(table, "doubles_octave", false));
    return player;
}

// Instrument names do not clash with ids elsewhere, so each texture may have its own alphabet.
std::string_view alphabet(Texture texture) {
    switch (texture) {
        case Texture::steps:
            return ".-RO537LAProtfap";
        case Texture::chords:
            return ".-123456789abcdefghiBF";
        case Texture::strum:
            return ".-DUdux";
        case Texture::power:
            return ".-Dmdx";
        case Texture::arpeggio:
            return ".-123456789BF";
        default:
            return "";
    }
}

const PlayerStyle* player_of(const BandStyle& style, std::string_view part) {
    for (const PlayerStyle& player : style.players)
        if (player.part == part) return &player;
    return nullptr;
}

base::Status check_has_patterns(const toml::table& table, const BandStyle& style) {
    for (const PlayerStyle& player : style.players) {
        const auto general = [&](const Fit& fit) {
            return fit.part == player.part && fit.metre.name() == "4/4";
        };
        const bool grooves = player.texture == Texture::kit;
        if (grooves ? std::ranges::none_of(style.grooves, general, &GroovePattern::fit)
                    : !alphabet(player.texture).empty() &&
                          std::ranges::none_of(style.patterns, general, &Pattern::fit))
            // Every other metre can be made from 4/4.
            return style_error(table, player.part, "needs at least one pattern in 4/4");
    }
    return {};
}

base::Status read_trained(const toml::table& table, BandStyle& style) {
    const std::string family = TRY(read_text(table, "trained", ""));
    style.trained_weight = TRY(read_number(table, "trained_weight", 0, 1, 0.0));
    if (family.empty()) return {};
    const auto* grooves = TRY(trained_grooves());
    const auto found = std::ranges::find(*grooves, family, &TrainedGroove::family);
    if (found == grooves->end())
        return style_error(table, "trained", "no such family in trained/grooves.tsv: " + family);
    style.trained = &*found;
    return {};
}

}  // namespace

int lane_pitch(std::string_view lane) {
    const auto known = std::ranges::find(kLanes, lane, &LaneFacts::name);
    return known == std::end(kLanes) ? -1 : known->pitch;
}

base::Result<BandStyle> read_band_style(const toml::table& table) {
    BandStyle style;
    for (const toml::table* player : TRY(read_tables(table, "player")))
        style.players.push_back(TRY(read_player(*player)));
    if (style.players.empty()) return style_error(table, "player", "is missing: a band needs players");

    for (const toml::table* row : TRY(read_tables(table, "pattern"))) {
        Pattern pattern{TRY(read_fit(*row)), {}};
        const PlayerStyle* player = player_of(style, pattern.fit.part);
        if (player == nullptr) return style_error(*row, "part", "no player plays " + pattern.fit.part);
        pattern.bars = TRY(read_bars(*row, "bars", alphabet(player->texture)));
        style.patterns.push_back(std::move(pattern));
    }
    for (const toml::table* row : TRY(read_tables(table, "groove"))) {
        GroovePattern groove{TRY(read_fit(*row)), TRY(read_lanes(*row))};
        if (player_of(style, groove.fit.part) == nullptr)
            return style_error(*row, "part", "no player plays " + groove.fit.part);
        style.grooves.push_back(std::move(groove));
    }
    for (const toml::table* row : TRY(read_tables(table, "fill"))) {
        Fill fill;
        fill.part = TRY(read_text(*row, "part", "drums"));
        fill.name = TRY(read_text(*row, "name"));
        fill.size = TRY(read_word(*row, "size", kSizes));
        fill.weight = TRY(read_number(*row, "weight", 0, 100, 1.0));
        std::tie(fill.energy_low, fill.energy_high) = TRY(read_energy(*row));
        fill.beats = static_cast<int>(TRY(read_number(*row, "beats", 1, 8)));
        fill.lanes = TRY(read_lanes(*row));
        style.fills.push_back(std::move(fill));
    }
    for (const toml::table* row : TRY(read_tables(table, "effect")))
        style.effects.push_back({TRY(read_text(*row, "sound")),
                                 static_cast<int>(TRY(read_number(*row, "pitch", 24, 30))),
                                 TRY(read_number(*row, "probability", 0, 1, 1.0))});

    style.crash_after_big_fill = TRY(read_flag(table, "crash_after_big_fill", true));
    const std::string crash = TRY(read_text(table, "crash", "crash"));
    style.crash_pitch = lane_pitch(crash);
    if (style.crash_pitch < 0) return style_error(table, "crash", "no such drum lane: " + crash);
    style.loops = TRY(read_flag(table, "loops", false));
    style.anticipation = TRY(read_number(table, "anticipation", 0, 1, 0.0));
    style.dynamic_range = TRY(read_number(table, "dynamic_range", 0, 1, 0.45));
    TRY_VOID(read_trained(table, style));
    TRY_VOID(check_has_patterns(table, style));
    return style;
}

base::Result<BandStyle> parse_band_style(std::string_view text) {
    try {
        return read_band_style(toml::parse(text));
    } catch (const toml::parse_error& error) {
        return base::fail(base::Kind::internal,
                          "The program's own style files are damaged; please reinstall it.",
                          fmt::format("line {}: {}", error.source().begin.line, error.description()));
    }
}

}  // namespace mmx::style
