// Reads one sampled patch.
#include "perform/sampler/sampler_patch.h"

#include <charconv>

#include "perform/patch_reader.h"

namespace mmx::perform {
namespace {

constexpr std::string_view kKeys[] = {
    "engine",      "instrument",    "font",          "preset",       "gain_db",        "transpose",
    "tune_cents",  "attack_scale",  "release_scale", "filter_cents", "velocity_curve", "legato_seconds",
    "vibrato_hz",  "vibrato_cents", "vibrato_delay", "drift_cents",  "swell_db",       "variation",
    "own_tremolo", "rings",         "alternative"};

// "128:40"
bool read_preset(const std::string& text, int& bank, int& program) {
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, bank);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != ':') return false;
    const auto second = std::from_chars(first.ptr + 1, end, program);
    return second.ec == std::errc() && second.ptr == end && bank >= 0 && bank <= 128 && program >= 0 &&
           program <= 127;
}

}  // namespace

base::Result<SamplerPatch> read_sampler_patch(const std::string& id, const toml::table& table) {
    TRY_VOID(only_keys(table, kKeys));
    SamplerPatch patch;
    patch.id = id;
    patch.instrument = TRY(style::read_text(table, "instrument"));
    constexpr std::array<std::string_view, 2> kFonts = {"musescore", "fluid"};
    patch.font = static_cast<Font>(TRY(read_choice(table, "font", kFonts, "musescore")));
    const std::string preset = TRY(style::read_text(table, "preset"));
    if (!read_preset(preset, patch.bank, patch.program))
        return style::style_error(table, "preset", preset + " is not of the form bank:program, 0-128:0-127");
    double transpose = 0;
    TRY_VOID(read_into(transpose, table, "transpose", -36, 36));
    patch.transpose = static_cast<int>(transpose);
    TRY_VOID(read_into(patch.gain_db, table, "gain_db", -40, 40));
    TRY_VOID(read_into(patch.tune_cents, table, "tune_cents", -100, 100));
    TRY_VOID(read_into(patch.attack_scale, table, "attack_scale", 0.01, 10));
    TRY_VOID(read_into(patch.release_scale, table, "release_scale", 0.01, 10));
    TRY_VOID(read_into(patch.filter_cents, table, "filter_cents", -6000, 6000));
    TRY_VOID(read_into(patch.velocity_curve, table, "velocity_curve", 0.2, 3));
    TRY_VOID(read_into(patch.legato_seconds, table, "legato_seconds", 0, 0.5));
    TRY_VOID(read_into(patch.vibrato_hz, table, "vibrato_hz", 2, 9));
    TRY_VOID(read_into(patch.vibrato_cents, table, "vibrato_cents", 0, 60));
    TRY_VOID(read_into(patch.vibrato_delay, table, "vibrato_delay", 0, 3));
    TRY_VOID(read_into(patch.drift_cents, table, "drift_cents", 0, 20));
    TRY_VOID(read_into(patch.swell_db, table, "swell_db", 0, 6));
    TRY_VOID(read_into(patch.variation, table, "variation", 0, 3));
    patch.own_tremolo = TRY(style::read_flag(table, "own_tremolo", false));
    patch.rings = TRY(style::read_flag(table, "rings", false));
    return patch;
}

}  // namespace mmx::perform
