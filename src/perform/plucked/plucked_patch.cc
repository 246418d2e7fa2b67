#include "perform/plucked/plucked_patch.h"

#include "perform/patch_reader.h"

namespace mmx::perform::plucked {

base::Result<PluckedPatch> read_plucked_patch(const std::string& id, const toml::table& table) {
    constexpr std::array<std::string_view, 29> kKeys = {
        "instrument",    "engine",        "alternative",   "level_db",    "decay",       "decay_fall",
        "brightness",    "pick_position", "pick_hardness", "pick_noise",  "stiffness",   "beating_cents",
        "damped_decay",  "mute_decay",    "muted",         "velocity_db", "width",       "doubled",
        "body",          "direct_db",     "tone_hz",       "amp_drive",   "amp_bass_db", "amp_middle_db",
        "amp_treble_db", "cabinet_hz",    "amp_bias",      "chorus",      "note"};
    TRY_VOID(only_keys(table, kKeys));
    PluckedPatch patch;
    patch.id = id;
    patch.instrument = TRY(style::read_text(table, "instrument"));
    TRY_VOID(read_into(patch.level_db, table, "level_db", -40, 40));
    TRY_VOID(read_into(patch.decay, table, "decay", 0.05, 30));
    TRY_VOID(read_into(patch.decay_fall, table, "decay_fall", 0, 1));
    TRY_VOID(read_into(patch.brightness, table, "brightness", 0, 1));
    TRY_VOID(read_into(patch.pick_position, table, "pick_position", 0.02, 0.5));
    TRY_VOID(read_into(patch.pick_hardness, table, "pick_hardness", 0, 1));
    TRY_VOID(read_into(patch.pick_noise, table, "pick_noise", 0, 1));
    TRY_VOID(read_into(patch.stiffness, table, "stiffness", 0, 1));
    TRY_VOID(read_into(patch.beating_cents, table, "beating_cents", 0, 10));
    TRY_VOID(read_into(patch.damped_decay, table, "damped_decay", 0.01, 5));
    TRY_VOID(read_into(patch.mute_decay, table, "mute_decay", 0.05, 3));
    patch.muted = TRY(style::read_flag(table, "muted", false));
    TRY_VOID(read_into(patch.velocity_db, table, "velocity_db", 0, 40));
    TRY_VOID(read_into(patch.width, table, "width", 0, 1));
    patch.doubled = TRY(style::read_flag(table, "doubled", false));
    const auto add_mode = [&](const toml::table& row) -> base::Status {
        constexpr std::array<std::string_view, 3> kModeKeys = {"hz", "q", "gain_db"};
        TRY_VOID(only_keys(row, kModeKeys));
        BodyMode& mode = patch.body.emplace_back();
        TRY_VOID(read_into(mode.hz, row, "hz", 40, 8000));
        TRY_VOID(read_into(mode.q, row, "q", 0.5, 60));
        TRY_VOID(read_into(mode.gain_db, row, "gain_db", -40, 20));
        return {};
    };
    TRY_VOID(for_rows(table, "body", add_mode));
    TRY_VOID(read_into(patch.direct_db, table, "direct_db", -40, 10));
    TRY_VOID(read_into(patch.tone_hz, table, "tone_hz", 500, 20000));
    TRY_VOID(read_into(patch.amp_drive, table, "amp_drive", 0, 60));
    TRY_VOID(read_into(patch.amp_bass_db, table, "amp_bass_db", -15, 15));
    TRY_VOID(read_into(patch.amp_middle_db, table, "amp_middle_db", -15, 15));
    TRY_VOID(read_into(patch.amp_treble_db, table, "amp_treble_db", -15, 15));
    TRY_VOID(read_into(patch.cabinet_hz, table, "cabinet_hz", 1500, 8000));
    TRY_VOID(read_into(patch.amp_bias, table, "amp_bias", 0, 0.5));
    TRY_VOID(read_into(patch.chorus, table, "chorus", 0, 1));
    return patch;
}

}  // namespace mmx::perform::plucked
