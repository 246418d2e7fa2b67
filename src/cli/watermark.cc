// mmx watermark embed and detect: marking a file by hand, and asking a file whose it is.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "codec/codec.h"
#include "produce/deliver.h"
#include "produce/mark.h"
#include "watermark/detect.h"
#include "watermark/key_file.h"

namespace mmx::cli {
namespace {

constexpr int kNoMark = 1, kUnreadable = 2;

base::Result<int> embed_in(const WatermarkOptions& options) {
    const std::uint64_t id = TRY(watermark::parse_id(options.id));
    TRY_VOID(check_audio_path("-o", options.output));
    const watermark::KeyRing keys = TRY(open_keys(options.key_file));
    audio::StereoBuffer sound = TRY(codec::read_audio(options.input));
    // The mark adds no peaks: what the sound reached before, or full scale, is its ceiling.
    const double before =
        audio::measure_loudness(std::as_const(sound).view(), sound.sample_rate).true_peak_dbtp;
    master::Preset preset = master::presets().front();
    preset.name = "as it is";
    preset.ceiling_dbtp = std::min(before, -0.1);
    const produce::Marked marked =
        produce::mark_master(sound, preset.ceiling_dbtp, master::Seam::none, keys.newest(), id);
    TRY(produce::deliver({std::as_const(sound).view(), sound.sample_rate, preset},
                         *codec::format_of(options.output), {}, options.output, {}, {}));
    const watermark::EmbedReport& report = marked.embedding;
    if (options.json) {
        const nlohmann::ordered_json answer = {{"file", options.output},
                                               {"id", watermark::id_text(id)},
                                               {"key_epoch", keys.newest().epoch()},
                                               {"marked_seconds", report.marked_seconds},
                                               {"silent_seconds", report.silent_seconds},
                                               {"integrated_lufs", marked.loudness.integrated_lufs},
                                               {"true_peak_dbtp", marked.loudness.true_peak_dbtp}};
        fmt::print("{}\n", answer.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        return kDone;
    }
    fmt::print("{}: marked {}\n", options.output, watermark::id_text(id));
    if (report.marked_seconds < 5)
        fmt::print("- {:.1f} s are marked; five are needed to be sure that the mark can be read.\n",
                   report.marked_seconds);
    if (report.silent_seconds > 0.5)
        fmt::print("- {:.1f} s are silent and stay so: silence bears no mark.\n", report.silent_seconds);
    return kDone;
}

base::Result<int> detect_in(const WatermarkOptions& options) {
    const watermark::KeyRing keys = TRY(open_keys(options.key_file));
    const audio::StereoBuffer sound = TRY(codec::read_audio(options.input));
    const watermark::Features features = watermark::extract(sound);
    if (!options.features_file.empty())
        TRY_VOID(write_whole(options.features_file, watermark::write_features(features)));
    const watermark::Detection detection = watermark::detect(
        features, keys, options.as_made ? watermark::Search::as_made : watermark::Search::changed);
    fmt::print("{}\n", options.json ? watermark::to_json(detection) : watermark::to_text(detection));
    return detection.marks.empty() ? kNoMark : kDone;
}

}  // namespace

base::Result<watermark::KeyRing> open_keys(const std::string& key_file) {
    const std::string path = key_file.empty() ? watermark::default_key_path() : key_file;
    watermark::OpenedKeys opened = TRY(watermark::load_or_make_keys(path));
    if (opened.made_now)
        fmt::print(
            stderr,
            "mmx: a new watermark key was made: {}\n     Keep a copy in a safe place. If it is lost, no mark "
            "made with it can be read again.\n",
            path);
    return std::move(opened.keys);
}

int watermark_embed(const WatermarkOptions& options) {
    const auto status = embed_in(options);
    return status ? *status : report(status.error(), options.json);
}

int watermark_detect(const WatermarkOptions& options) {
    const auto status = detect_in(options);
    if (status) return *status;
    report(status.error(), options.json);
    return kUnreadable;
}

}  // namespace mmx::cli
