#include "perform/drum_machine/kit_patch.h"

#include <map>

#include "perform/patch_reader.h"

namespace mmx::perform::drum_machine {
namespace {

base::Status read_drum(std::map<int, Drum>& drums, const toml::table& row) {
    constexpr std::array<std::string_view, 17> kKeys = {
        "pitch",       "model", "hz",    "decay", "sweep",   "sweep_time", "click",    "noise", "noise_hz",
        "noise_decay", "tone",  "drive", "gate",  "gate_db", "pan",        "level_db", "choke"};
    constexpr std::array<std::string_view, 13> kModels = {"kick", "snare",   "clap",   "hat",     "cymbal",
                                                          "ride", "tom",     "stick",  "cowbell", "shaker",
                                                          "bell", "ratchet", "whistle"};
    TRY_VOID(only_keys(row, kKeys));
    const int pitch = static_cast<int>(TRY(style::read_number(row, "pitch", 22, 90)));
    // A row for a drum that the base kit has changes only what it names.
    Drum drum = drums.contains(pitch) ? drums[pitch] : Drum{};
    drum.pitch = pitch;
    if (row.contains("model") || !drums.contains(pitch))
        drum.model = static_cast<Model>(TRY(read_choice(row, "model", kModels, "kick")));
    TRY_VOID(read_into(drum.hz, row, "hz", 20, 12000));
    TRY_VOID(read_into(drum.decay, row, "decay", 0.005, 12));
    TRY_VOID(read_into(drum.sweep, row, "sweep", -3, 5));
    TRY_VOID(read_into(drum.sweep_time, row, "sweep_time", 0.002, 2));
    TRY_VOID(read_into(drum.click, row, "click", 0, 1));
    TRY_VOID(read_into(drum.noise, row, "noise", 0, 1));
    TRY_VOID(read_into(drum.noise_hz, row, "noise_hz", 100, 14000));
    TRY_VOID(read_into(drum.noise_decay, row, "noise_decay", 0.002, 6));
    TRY_VOID(read_into(drum.tone, row, "tone", 0, 1));
    TRY_VOID(read_into(drum.drive, row, "drive", 0, 1));
    TRY_VOID(read_into(drum.gate, row, "gate", 0, 0.8));
    TRY_VOID(read_into(drum.gate_db, row, "gate_db", -30, 6));
    TRY_VOID(read_into(drum.pan, row, "pan", -1, 1));
    TRY_VOID(read_into(drum.level_db, row, "level_db", -40, 12));
    drum.choke = static_cast<int>(TRY(style::read_number(row, "choke", 0, 8, drum.choke)));
    drums[pitch] = drum;
    return {};
}

base::Status read_rows(std::map<int, Drum>& drums, const toml::table& table, const toml::table& root,
                       int depth) {
    const std::string base_id = TRY(style::read_text(table, "based_on", std::string()));
    if (!base_id.empty()) {
        const toml::table* base_table = TRY(sub_table(root, base_id));
        if (base_table == nullptr || depth > 4)
            return style::style_error(table, "based_on", base_id + " is not a kit of this file");
        TRY_VOID(read_rows(drums, *base_table, root, depth + 1));
    }
    return for_rows(table, "drums", [&](const toml::table& row) { return read_drum(drums, row); });
}

// What stands in for a drum that a kit lacks.
int relative_of(int pitch) {
    switch (pitch) {
        case 35:
            return 36;
        case 40:
        case 31:
        case 38:
            return 38;
        case 37:
        case 39:
            return 38;
        case 44:
        case 46:
            return 42;
        case 41:
        case 43:
            return 45;
        case 47:
        case 48:
        case 50:
            return 45;
        case 52:
        case 55:
        case 57:
            return 49;
        case 53:
        case 59:
            return 51;
        default:
            return pitch < 35 ? 36 : 42;
    }
}

}  // namespace

const Drum& KitPatch::drum(int pitch) const {
    for (int tries = 0; tries < 3; ++tries) {
        for (const Drum& known : drums)
            if (known.pitch == pitch) return known;
        pitch = relative_of(pitch);
    }
    return drums.front();
}

base::Result<KitPatch> read_kit_patch(const std::string& id, const toml::table& table,
                                      const toml::table& root) {
    constexpr std::array<std::string_view, 10> kKeys = {"instrument", "engine",      "level_db", "lowpass_hz",
                                                        "drive",      "velocity_db", "effects",  "based_on",
                                                        "drums",      "alternative"};
    TRY_VOID(only_keys(table, kKeys));
    KitPatch kit;
    kit.id = id;
    kit.instrument = TRY(style::read_text(table, "instrument", std::string()));
    TRY_VOID(read_into(kit.level_db, table, "level_db", -30, 20));
    TRY_VOID(read_into(kit.lowpass_hz, table, "lowpass_hz", 500, 20000));
    TRY_VOID(read_into(kit.drive, table, "drive", 0, 1));
    TRY_VOID(read_into(kit.velocity_db, table, "velocity_db", 0, 40));
    kit.effects = TRY(style::read_flag(table, "effects", false));
    std::map<int, Drum> drums;
    TRY_VOID(read_rows(drums, table, root, 0));
    for (const auto& [pitch, drum] : drums) kit.drums.push_back(drum);
    if (kit.drums.empty() && !kit.effects) return style::style_error(table, "drums", "needs at least one");
    return kit;
}

}  // namespace mmx::perform::drum_machine
