// mmx generate: from the request to the files, with a bar that tells how far it is.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>

#include "cli/commands.h"
#include "cli/interruption.h"
#include "cli/progress.h"
#include "engine/embedded/embedded_engine.h"
#include "music/lrc.h"
#include "music/record_json.h"
#include "produce/deliver.h"
#include "produce/produce.h"
#include "produce/record.h"
#include "style/style.h"

namespace mmx::cli {
namespace fs = std::filesystem;
namespace {

engine::Cancellation stop;

std::uint64_t drawn_seed() {
    std::random_device chance;
    return (std::uint64_t{chance()} << 32) | chance();
}

// A file name any system takes: no separators, no control characters, no leading dot, and not too long.
std::string file_name_of(const std::string& title) {
    std::string name;
    for (const char c : title) {
        const bool bad = static_cast<unsigned char>(c) < 0x20 ||
                         std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
        if (!bad) name += c;
    }
    while (!name.empty() && (name.front() == '.' || name.front() == ' ' || name.front() == '-'))
        name.erase(0, 1);
    while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
    while (name.size() > 120 || !music::count_code_points(name)) name.pop_back();
    return name.empty() ? "song" : name;
}

// "Rainy Night.flac", or "Rainy Night-2.flac" where that is taken.
std::string free_path(const std::string& title) {
    const std::string name = file_name_of(title);
    std::string path = name + ".flac";
    for (int number = 2; fs::exists(path); ++number) path = fmt::format("{}-{}.flac", name, number);
    return path;
}

// Everything that can be wrong about the outputs is found before the work begins.
base::Status check_outputs(const GenerateOptions& options, const music::SongRequest& request) {
    if (!options.output.empty()) TRY_VOID(check_audio_path("-o", options.output));
    if (!options.premaster_file.empty()) {
        TRY_VOID(check_audio_path("--premaster", options.premaster_file));
        if (codec::facts_of(*codec::format_of(options.premaster_file)).lossy)
            return base::fail_field("--premaster", "--premaster: '" + options.premaster_file +
                                                       "' would lose sound; .wav and .flac keep it all");
    }
    if (!options.midi_file.empty()) TRY_VOID(check_folder_of("--midi", options.midi_file));
    if (!options.score_file.empty()) TRY_VOID(check_folder_of("--score", options.score_file));
    if (!options.lrc_file.empty()) {
        TRY_VOID(check_folder_of("--lrc", options.lrc_file));
        if (request.lyrics.empty())
            return base::fail_field("--lrc",
                                    "--lrc: synced lyrics need words to be sung; give them with --lyrics");
    }
    if (!options.stems_folder.empty()) {
        std::error_code error;
        if (fs::exists(options.stems_folder, error) && !fs::is_directory(options.stems_folder, error))
            return base::fail_field("--stems",
                                    "--stems: '" + options.stems_folder + "' is a file; a folder is needed");
        const fs::path parent = fs::absolute(options.stems_folder, error).lexically_normal().parent_path();
        if (!fs::is_directory(parent, error) && !fs::is_directory(parent.parent_path(), error))
            return base::fail_field(
                "--stems", "--stems: the folder '" + parent.string() + "' does not exist; create it first");
    }
    return {};
}

// Files of one song. What was written is removed again unless the whole song came out.
class Outputs {
  public:
    ~Outputs() {
        if (kept_) return;
        std::error_code error;
        for (const auto& [what, path] : files_) fs::remove(path, error);
    }
    void add(const std::string& what, const std::string& path) { files_.emplace_back(what, path); }
    void keep() { kept_ = true; }
    const std::vector<std::pair<std::string, std::string>>& files() const { return files_; }

  private:
    std::vector<std::pair<std::string, std::string>> files_;
    bool kept_ = false;
};

base::Status stop_if_asked() {
    if (stop.asked()) return base::fail(base::Kind::cancelled, "Stopped; nothing was written.");
    return {};
}

base::Status write_files(const GenerateOptions& options, produce::Song& song, const std::string& path,
                         ProgressBar& bar, Outputs& outputs) {
    bar.show(engine::Stage::encoding, 0);
    const double portion =
        1.0 / static_cast<double>(1 + song.rendering.stems.size() + (options.premaster_file.empty() ? 0 : 1));
    double done = 0;
    const auto progress = [&](double part) { bar.show(engine::Stage::encoding, done + portion * part); };
    TRY_VOID(stop_if_asked());
    if (!options.stems_folder.empty()) {
        std::error_code error;
        fs::create_directories(options.stems_folder, error);
        if (error)
            return base::fail(base::Kind::io, "The folder '" + options.stems_folder +
                                                  "' could not be made: " + error.message() + ".");
        for (const engine::Stem& stem : song.rendering.stems) {
            TRY_VOID(stop_if_asked());
            const std::string file = (fs::path(options.stems_folder) / (stem.id + ".flac")).string();
            codec::FileInfo info;
            info.tags = {{"TITLE", song.plan.title + " - " + stem.name}};
            TRY_VOID(codec::write_audio(file, stem.audio.view(), stem.audio.sample_rate, codec::Format::flac,
                                        info, progress));
            outputs.add("stem", file);
            done += portion;
        }
    }
    TRY_VOID(stop_if_asked());
    if (!options.premaster_file.empty()) {
        // Nothing has been limited yet: peaks beyond full scale are only safe as floats.
        const codec::Format asked = *codec::format_of(options.premaster_file);
        const codec::Format format = asked == codec::Format::flac ? asked : codec::Format::wav32f;
        codec::FileInfo info;
        info.tags = {{"TITLE", song.plan.title + " - premaster"}};
        TRY_VOID(codec::write_audio(options.premaster_file, song.rendering.premaster.view(),
                                    song.rendering.premaster.sample_rate, format, info, progress));
        outputs.add("premaster", options.premaster_file);
        done += portion;
    }
    TRY_VOID(stop_if_asked());
    if (!options.midi_file.empty()) {
        const auto bytes = produce::song_midi(song);
        if (bytes.empty())
            return base::fail(base::Kind::missing_part,
                              "This engine gives no score, so there is no MIDI file.");
        TRY_VOID(write_whole(options.midi_file, std::string(bytes.begin(), bytes.end())));
        outputs.add("midi", options.midi_file);
    }
    if (!options.score_file.empty()) {
        if (!song.rendering.score) return base::fail(base::Kind::missing_part, "This engine gives no score.");
        TRY_VOID(write_whole(options.score_file, music::score_to_json(*song.rendering.score)));
        outputs.add("score", options.score_file);
    }
    if (!options.lrc_file.empty()) {
        const std::string lrc = song.rendering.score ? music::score_to_lrc(*song.rendering.score) : "";
        if (lrc.empty()) return base::fail_field("--lrc", "--lrc: nothing is sung in this song.");
        TRY_VOID(write_whole(options.lrc_file, lrc));
        outputs.add("lrc", options.lrc_file);
    }
    const produce::Delivery delivery = TRY(produce::deliver(produce::master_of(song), *codec::format_of(path),
                                                            produce::file_info(song), path, progress, stop));
    outputs.add("audio", path);
    if (!delivery.within_bounds) song.plan.messages.push_back(produce::tell_of(delivery));
    return {};
}

std::string minutes(double seconds) {
    const int whole = static_cast<int>(seconds + 0.5);
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

void print_json(const music::StoredRecord& record, const produce::Song& song, const Outputs& outputs,
                double seconds) {
    auto json = nlohmann::ordered_json::parse(music::write_stored_record(record));
    json["files"] = nlohmann::ordered_json::array();
    for (const auto& [what, path] : outputs.files())
        json["files"].push_back({{"what", what}, {"path", path}});
    if (song.rendering.score) {
        const music::Score& score = *song.rendering.score;
        json["sections"] = nlohmann::ordered_json::array();
        for (const music::Section& section : score.sections) {
            const music::Bar& bar = score.bars[static_cast<std::size_t>(section.first_bar)];
            json["sections"].push_back({{"label", section.label},
                                        {"start_seconds", score.tempo.to_seconds(bar.start).value},
                                        {"bars", section.bars}});
        }
    }
    const audio::Loudness& loudness = song.mastering.loudness;
    json["loudness"] = {{"integrated_lufs", loudness.integrated_lufs},
                        {"true_peak_dbtp", loudness.true_peak_dbtp},
                        {"range_lu", loudness.range_lu}};
    json["duration_seconds"] = static_cast<double>(song.master.frames()) / song.master.sample_rate;
    json["seconds_taken"] = seconds;
    if (song.mark_id)
        json["watermark"] = {{"id", watermark::id_text(*song.mark_id)},
                             {"marked_samples_sha256", song.marked_sha256},
                             {"silent_seconds", song.silent_seconds}};
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

std::string genre_name(const music::Plan& plan) {
    if (!plan.asked_genre.empty()) return plan.asked_genre;
    const style::Style* style = style::find_style(plan.genre);
    return style != nullptr ? style->genre.name : plan.genre;
}

void print_summary(const music::StoredRecord& record, const produce::Song& song, const Outputs& outputs,
                   double seconds) {
    const music::Plan& plan = song.plan;
    const double length = static_cast<double>(song.master.frames()) / song.master.sample_rate;
    for (const auto& [what, path] : outputs.files()) fmt::print("{:<6} {}\n", what, path);
    fmt::print("\n{}: {}, {:.4g} bpm, {}, {}, {}\n", plan.title, genre_name(plan), plan.bpm,
               plan.key ? plan.key->name() : "no key", plan.metre.name(), minutes(length));
    fmt::print("{:.1f} LUFS, {:.1f} dBTP; seed {}; made in {:.1f} s, {:.0f} times real time\n",
               song.mastering.loudness.integrated_lufs, song.mastering.loudness.true_peak_dbtp, plan.seed,
               seconds, length / std::max(seconds, 0.001));
    for (const std::string& message : record.messages) fmt::print("- {}\n", message);
    if (!plan.not_understood.empty()) {
        std::string words;
        for (const std::string& word : plan.not_understood) words += (words.empty() ? "" : ", ") + word;
        fmt::print("- Not understood: {}\n", words);
    }
}

base::Result<int> make_song(const GenerateOptions& options) {
    music::SongRequest request = TRY(build_request(options.request));
    TRY_VOID(check_outputs(options, request));
    std::optional<std::uint64_t> id;
    if (!options.id.empty()) id = TRY(watermark::parse_id(options.id));
    const watermark::KeyRing keys = TRY(open_keys(options.key_file));
    if (!request.seed) request.seed = drawn_seed();
    const auto started = std::chrono::steady_clock::now();
    const Interruption interruption(stop);

    engine::EmbeddedSettings settings;
    settings.threads = options.threads;
    const auto engine = TRY(engine::make_embedded_engine(settings));
    Outputs outputs;
    produce::Song song;
    std::string path = options.output;
    {
        ProgressBar bar;
        produce::Options wants;
        wants.stems = options.stems_folder.empty() ? engine::WantStems::no : engine::WantStems::yes;
        wants.keep_premaster = !options.premaster_file.empty();
        wants.mark = produce::Mark{&keys.newest(), id};
        song = TRY(produce::produce_song(
            request, *engine, wants, [&](engine::Stage stage, double done) { bar.show(stage, done); }, stop));
        if (path.empty()) path = free_path(song.plan.title);
        TRY_VOID(write_files(options, song, path, bar, outputs));
    }
    outputs.keep();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    const music::StoredRecord record = produce::stored_record(request, song, produce::now_as_text());
    if (options.json)
        print_json(record, song, outputs, seconds);
    else
        print_summary(record, song, outputs, seconds);
    return kDone;
}

}  // namespace

int generate(const GenerateOptions& options) {
    const auto status = make_song(options);
    return status ? *status : report(status.error(), options.json);
}

}  // namespace mmx::cli
