#include "perform/synth/synth_patch.h"

#include "perform/patch_reader.h"

namespace mmx::perform::synth {
namespace {

base::Result<Oscillator> read_oscillator(const toml::table& table) {
    constexpr std::array<std::string_view, 11> kKeys = {"wave",  "semitones", "cents",        "level_db",
                                                        "width", "voices",    "detune_cents", "stereo",
                                                        "ratio", "index",     "index_floor"};
    constexpr std::array<std::string_view, 6> kWaves = {"sine", "triangle", "saw", "pulse", "noise", "fm"};
    TRY_VOID(only_keys(table, kKeys));
    Oscillator osc;
    osc.wave = static_cast<Wave>(TRY(read_choice(table, "wave", kWaves, "saw")));
    TRY_VOID(read_into(osc.semitones, table, "semitones", -48, 48));
    TRY_VOID(read_into(osc.cents, table, "cents", -100, 100));
    TRY_VOID(read_into(osc.level_db, table, "level_db", -60, 12));
    TRY_VOID(read_into(osc.width, table, "width", 0.05, 0.95));
    osc.voices = static_cast<int>(TRY(style::read_number(table, "voices", 1, 7, 1)));
    TRY_VOID(read_into(osc.detune_cents, table, "detune_cents", 0, 60));
    TRY_VOID(read_into(osc.stereo, table, "stereo", 0, 1));
    TRY_VOID(read_into(osc.ratio, table, "ratio", 0.25, 16));
    TRY_VOID(read_into(osc.index, table, "index", 0, 12));
    TRY_VOID(read_into(osc.index_floor, table, "index_floor", 0, 1));
    return osc;
}

base::Status read_envelope(Envelope& envelope, const toml::table& table, std::string_view key) {
    const toml::table* row = TRY(sub_table(table, key));
    if (row == nullptr) return {};
    constexpr std::array<std::string_view, 4> kKeys = {"attack", "decay", "sustain", "release"};
    TRY_VOID(only_keys(*row, kKeys));
    TRY_VOID(read_into(envelope.attack, *row, "attack", 0.0005, 20));
    TRY_VOID(read_into(envelope.decay, *row, "decay", 0.005, 30));
    TRY_VOID(read_into(envelope.sustain, *row, "sustain", 0, 1));
    TRY_VOID(read_into(envelope.release, *row, "release", 0.005, 20));
    return {};
}

base::Status read_filter(Filter& filter, const toml::table& table) {
    const toml::table* row = TRY(sub_table(table, "filter"));
    if (row == nullptr) return {};
    constexpr std::array<std::string_view, 7> kKeys = {
        "kind", "cutoff_hz", "resonance", "keytrack", "envelope_octaves", "velocity_octaves", "drive"};
    constexpr std::array<std::string_view, 5> kKinds = {"none", "lowpass12", "lowpass24", "bandpass",
                                                        "highpass"};
    TRY_VOID(only_keys(*row, kKeys));
    filter.kind = static_cast<FilterKind>(TRY(read_choice(*row, "kind", kKinds, "lowpass12")));
    TRY_VOID(read_into(filter.cutoff_hz, *row, "cutoff_hz", 20, 20000));
    TRY_VOID(read_into(filter.resonance, *row, "resonance", 0, 1));
    TRY_VOID(read_into(filter.keytrack, *row, "keytrack", 0, 1));
    TRY_VOID(read_into(filter.envelope_octaves, *row, "envelope_octaves", -8, 8));
    TRY_VOID(read_into(filter.velocity_octaves, *row, "velocity_octaves", 0, 6));
    TRY_VOID(read_into(filter.drive, *row, "drive", 0, 1));
    return {};
}

base::Status read_lfo(Lfo& lfo, const toml::table& table, std::string_view key, double deepest) {
    const toml::table* row = TRY(sub_table(table, key));
    if (row == nullptr) return {};
    constexpr std::array<std::string_view, 3> kKeys = {"hz", "depth", "delay"};
    TRY_VOID(only_keys(*row, kKeys));
    TRY_VOID(read_into(lfo.hz, *row, "hz", 0, 20));
    TRY_VOID(read_into(lfo.depth, *row, "depth", 0, deepest));
    TRY_VOID(read_into(lfo.delay, *row, "delay", 0, 10));
    return {};
}

}  // namespace

base::Result<SynthPatch> read_synth_patch(const std::string& id, const toml::table& table) {
    constexpr std::array<std::string_view, 22> kKeys = {
        "instrument", "engine",          "level_db",    "oscillators", "amp",    "mod",      "filter",
        "vibrato",    "pulse_lfo",       "filter_lfo",  "pan_lfo",     "mono",   "glide",    "drift_cents",
        "sweep",      "sweep_semitones", "velocity_db", "spread",      "chorus", "ensemble", "alternative",
        "note"};
    TRY_VOID(only_keys(table, kKeys));
    SynthPatch patch;
    patch.id = id;
    patch.instrument = TRY(style::read_text(table, "instrument"));
    TRY_VOID(read_into(patch.level_db, table, "level_db", -40, 30));
    const auto add_oscillator = [&](const toml::table& row) -> base::Status {
        patch.oscillators.push_back(TRY(read_oscillator(row)));
        return {};
    };
    TRY_VOID(for_rows(table, "oscillators", add_oscillator));
    if (patch.oscillators.empty()) return style::style_error(table, "oscillators", "needs at least one");
    int units = 0;
    for (const Oscillator& osc : patch.oscillators) units += osc.voices;
    if (units > 16) return style::style_error(table, "oscillators", "have more than 16 voices together");
    TRY_VOID(read_envelope(patch.amp, table, "amp"));
    TRY_VOID(read_envelope(patch.mod, table, "mod"));
    TRY_VOID(read_filter(patch.filter, table));
    TRY_VOID(read_lfo(patch.vibrato, table, "vibrato", 200));
    TRY_VOID(read_lfo(patch.pulse_lfo, table, "pulse_lfo", 0.45));
    TRY_VOID(read_lfo(patch.filter_lfo, table, "filter_lfo", 6));
    TRY_VOID(read_lfo(patch.pan_lfo, table, "pan_lfo", 1));
    patch.mono = TRY(style::read_flag(table, "mono", false));
    TRY_VOID(read_into(patch.glide, table, "glide", 0, 2));
    TRY_VOID(read_into(patch.drift_cents, table, "drift_cents", 0, 30));
    TRY_VOID(read_into(patch.sweep_semitones, table, "sweep_semitones", -48, 48));
    TRY_VOID(read_into(patch.sweep, table, "sweep", 0.002, 2));
    TRY_VOID(read_into(patch.velocity_db, table, "velocity_db", 0, 40));
    TRY_VOID(read_into(patch.spread, table, "spread", 0, 1));
    TRY_VOID(read_into(patch.chorus, table, "chorus", 0, 1));
    TRY_VOID(read_into(patch.ensemble, table, "ensemble", 0, 1));
    return patch;
}

}  // namespace mmx::perform::synth
