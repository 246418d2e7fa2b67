// mmx measure and mmx master: commands for sound that is already a file.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "codec/codec.h"
#include "master/master.h"
#include "master/measure.h"
#include "produce/deliver.h"

namespace mmx::cli {
namespace {

base::Result<int> master_to(const std::string& input, const std::string& output,
                            const std::string& preset_name, bool json) {
    const master::Preset* preset = master::find_preset(preset_name);
    if (preset == nullptr) {
        std::string names;
        for (const master::Preset& one : master::presets()) names += " " + one.name;
        return base::fail_field("preset", "preset: '" + preset_name + "' is not allowed; one of" + names);
    }
    TRY_VOID(check_audio_path("-o", output));
    audio::StereoBuffer sound = TRY(codec::read_audio(input));
    const master::Report report = TRY(master::master(sound, *preset, master::Seam::none, [](double) {}));
    const produce::Delivery delivery =
        TRY(produce::deliver({std::as_const(sound).view(), sound.sample_rate, *preset},
                             *codec::format_of(output), {}, output, {}, {}));
    const audio::Loudness loudness = delivery.decoded.value_or(report.loudness);
    if (json) {
        const nlohmann::ordered_json answer = {{"file", output},
                                               {"preset", preset->name},
                                               {"gain_db", report.gain_db},
                                               {"limited_db", report.limited_db},
                                               {"loudness_lowered", report.loudness_lowered},
                                               {"integrated_lufs", loudness.integrated_lufs},
                                               {"true_peak_dbtp", loudness.true_peak_dbtp},
                                               {"range_lu", loudness.range_lu}};
        fmt::print("{}\n", answer.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        return kDone;
    }
    fmt::print("{}: {:.1f} LUFS, {:.1f} dBTP; gain {:+.1f} dB, limited by up to {:.1f} dB{}\n", output,
               loudness.integrated_lufs, loudness.true_peak_dbtp, report.gain_db, report.limited_db,
               report.loudness_lowered ? "; softer than the preset, to keep the limiting within bounds" : "");
    return kDone;
}

}  // namespace

int measure_file(const std::string& path, bool json) {
    const auto sound = codec::read_audio(path);
    if (!sound) return report(sound.error(), json);
    const master::Measurement measurement = master::measure(sound->view(), sound->sample_rate);
    fmt::print("{}\n", json ? master::to_json(measurement) : master::to_text(measurement));
    return kDone;
}

int master_file(const std::string& input, const std::string& output, const std::string& preset, bool json) {
    const auto status = master_to(input, output, preset, json);
    return status ? *status : report(status.error(), json);
}

}  // namespace mmx::cli
