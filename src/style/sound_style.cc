#include "style/sound_style.h"

#include <algorithm>
#include <array>
#include <span>

#include "style/toml_reader.h"

namespace mmx::style {
namespace {

constexpr std::array<std::string_view, 9> kRoleNames = {"lead", "counter", "chords",     "pad",    "arpeggio",
                                                        "bass", "drums",   "percussion", "effects"};
constexpr std::array<std::string_view, 12> kLanes = {"kick",  "snare",    "stick",     "clap",
                                                     "hat",   "open-hat", "pedal-hat", "tom",
                                                     "crash", "ride",     "shaker",    "percussion"};

// A misspelt key would silently change nothing, so every key must be one that is known.
base::Status only(const toml::table& table, std::span<const std::string_view> known) {
    for (const auto& [key, node] : table)
        if (std::find(known.begin(), known.end(), key.str()) == known.end())
            return style_error(node, key.str(), "is not a key of this table");
    return {};
}

base::Result<const toml::table*> table_of(const toml::table& table, std::string_view key) {
    static const toml::table kNone;
    const auto* node = table.get(key);
    if (node == nullptr) return &kNone;
    if (!node->is_table()) return style_error(*node, key, "must be a table");
    return node->as_table();
}

base::Result<Tone> read_tone(const toml::table& table) {
    constexpr std::array<std::string_view, 8> kKeys = {"level_db", "lowpass_hz",    "highpass_hz", "drive",
                                                       "wobble",   "brightness_db", "ensemble",    "patch"};
    TRY_VOID(only(table, kKeys));
    Tone tone;
    tone.level_db = TRY(read_number(table, "level_db", -24, 24, tone.level_db));
    tone.lowpass_hz = TRY(read_number(table, "lowpass_hz", 200, 20000, tone.lowpass_hz));
    tone.highpass_hz = TRY(read_number(table, "highpass_hz", 20, 2000, tone.highpass_hz));
    tone.drive = TRY(read_number(table, "drive", 0, 1, tone.drive));
    tone.wobble = TRY(read_number(table, "wobble", 0, 1, tone.wobble));
    tone.brightness_db = TRY(read_number(table, "brightness_db", -12, 12, tone.brightness_db));
    tone.ensemble = TRY(read_number(table, "ensemble", 0, 1, tone.ensemble));
    return tone;
}

base::Result<std::map<std::string, double, std::less<>>> read_offsets(
    const toml::table& table, std::span<const std::string_view> known) {
    TRY_VOID(only(table, known));
    std::map<std::string, double, std::less<>> offsets;
    for (const auto& [key, node] : table)
        offsets[std::string(key.str())] = TRY(read_number(table, key.str(), -40, 40));
    return offsets;
}

base::Result<Pocket> read_pocket(const toml::table& table) {
    constexpr std::array<std::string_view, 6> kKeys = {"role_ms",        "lane_ms",         "spread_ms",
                                                       "drum_spread_ms", "velocity_spread", "accent"};
    TRY_VOID(only(table, kKeys));
    Pocket pocket;
    pocket.role_ms = TRY(read_offsets(*TRY(table_of(table, "role_ms")), kRoleNames));
    pocket.lane_ms = TRY(read_offsets(*TRY(table_of(table, "lane_ms")), kLanes));
    pocket.spread_ms = TRY(read_number(table, "spread_ms", 0, 40, pocket.spread_ms));
    pocket.drum_spread_ms = TRY(read_number(table, "drum_spread_ms", 0, 40, pocket.drum_spread_ms));
    pocket.velocity_spread = TRY(read_number(table, "velocity_spread", 0, 0.3, pocket.velocity_spread));
    pocket.accent = TRY(read_number(table, "accent", 0, 0.3, pocket.accent));
    return pocket;
}

}  // namespace

bool Tone::plain() const {
    return level_db == 0 && lowpass_hz == 0 && highpass_hz == 0 && drive == 0 && wobble == 0 &&
           brightness_db == 0 && ensemble == 0;
}

const PartSound* SoundStyle::part(std::string_view id) const {
    auto found = parts.find(id);
    if (found != parts.end()) return &found->second;
    const auto dash = id.rfind('-');
    if (dash == std::string_view::npos ||
        id.find_first_not_of("0123456789", dash + 1) != std::string_view::npos)
        return nullptr;
    found = parts.find(id.substr(0, dash));
    return found == parts.end() ? nullptr : &found->second;
}

base::Result<SoundStyle> read_sound_style(const toml::table& table) {
    constexpr std::array<std::string_view, 4> kKeys = {"patches", "parts", "tone", "pocket"};
    TRY_VOID(only(table, kKeys));
    SoundStyle style;
    const toml::table& patches = *TRY(table_of(table, "patches"));
    for (const auto& [key, node] : patches)
        style.patches[std::string(key.str())] = TRY(read_text(patches, key.str()));
    style.tone = TRY(read_tone(*TRY(table_of(table, "tone"))));
    const toml::table& parts = *TRY(table_of(table, "parts"));
    for (const auto& [key, node] : parts) {
        const toml::table& entry = *TRY(table_of(parts, key.str()));
        PartSound& part = style.parts[std::string(key.str())];
        part.patch = TRY(read_text(entry, "patch", std::string()));
        part.tone = TRY(read_tone(entry));
        part.has_tone = !part.tone.plain();
    }
    style.pocket = TRY(read_pocket(*TRY(table_of(table, "pocket"))));
    return style;
}

}  // namespace mmx::style
