#include "style/genre_style.h"

#include "style/toml_reader.h"

namespace mmx::style {
namespace {

base::Result<std::vector<music::Mode>> read_modes(const toml::table& table, std::string_view key) {
    std::vector<music::Mode> modes;
    for (const std::string& name : TRY(read_texts(table, key))) {
        const auto found = music::parse_key("C " + name);
        if (!found) return style_error(table, key, "no such mode: " + name);
        modes.push_back(found->mode);
    }
    if (modes.empty()) return style_error(table, key, "needs at least one mode");
    return modes;
}

}  // namespace

base::Result<GenreStyle> read_genre_style(const toml::table& table) {
    GenreStyle style;
    style.name = TRY(read_text(table, "name"));
    style.family = TRY(read_text(table, "family"));
    style.bpm_low = TRY(read_number(table, "bpm_low", 30, 300));
    style.bpm_high = TRY(read_number(table, "bpm_high", style.bpm_low, 300));
    style.bpm_usual = TRY(read_number(table, "bpm_usual", style.bpm_low, style.bpm_high));
    for (const std::string& name : TRY(read_texts(table, "metres"))) {
        const auto metre = music::parse_metre(name);
        if (!metre) return style_error(table, "metres", "no such metre: " + name);
        style.metres.push_back(*metre);
    }
    if (style.metres.empty()) return style_error(table, "metres", "needs at least one metre");
    style.major_modes = TRY(read_modes(table, "major_modes"));
    style.minor_modes = TRY(read_modes(table, "minor_modes"));
    style.minor_share = TRY(read_number(table, "minor_share", 0, 1));
    style.swing = TRY(read_number(table, "swing", 0, 1, 0.0));
    style.swings_sixteenths = TRY(read_flag(table, "swings_sixteenths", false));
    style.energy = TRY(read_number(table, "energy", 0, 1));
    style.duration_seconds = TRY(read_number(table, "duration_seconds", 30, 600));
    style.has_drums = TRY(read_flag(table, "has_drums", true));
    return style;
}

}  // namespace mmx::style
