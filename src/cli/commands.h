// The commands, each a function from what was typed to an exit status.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/result.h"
#include "music/fields.h"
#include "watermark/keys.h"

namespace CLI {
class App;
}

namespace mmx::cli {

inline constexpr int kDone = 0, kFailed = 1, kWrongRequest = 2;

// The options that the field table gives: the text typed for each field, and where longer texts lie.
struct RequestOptions {
    std::string prompt;
    std::string lyrics_file;
    std::string record_file;
    std::map<std::string, std::string> typed;  // by field name
};
void add_request_options(CLI::App& app, RequestOptions& options);
// Record file first, then the options typed on top of it: `--record song.json --seed 2` is a variation.
base::Result<music::SongRequest> build_request(const RequestOptions& options);

struct GenerateOptions {
    RequestOptions request;
    std::string output, stems_folder, premaster_file, midi_file, score_file, lrc_file;
    std::string id, key_file;  // of the mark
    std::uint32_t threads = 0;
    bool json = false;
};
int generate(const GenerateOptions& options);

struct UnderstandOptions {
    RequestOptions request;
    bool json = false;
};
int understand(const UnderstandOptions& options);

int measure_file(const std::string& path, bool json);
int master_file(const std::string& input, const std::string& output, const std::string& preset, bool json);

struct WatermarkOptions {
    std::string input, output, id, key_file, features_file;
    bool as_made = false, json = false;
};
int watermark_embed(const WatermarkOptions& options);
// 0: a mark, 1: none, 2: the file cannot be read.
int watermark_detect(const WatermarkOptions& options);
// From the file, or from watermark::default_key_path(); says so where the key had to be made.
base::Result<watermark::KeyRing> open_keys(const std::string& key_file);

// Says what went wrong on standard error (and, when asked, as JSON on standard output); gives the exit
// status.
int report(const base::Error& error, bool json);

// Empty when the path can be written to as audio; otherwise what is wrong with it.
base::Status check_audio_path(const std::string& option, const std::string& path);
base::Status check_folder_of(const std::string& option, const std::string& path);
// Written beside its place first, then renamed: never half a file.
base::Status write_whole(const std::string& path, const std::string& bytes);
base::Result<std::string> read_whole(const std::string& path, std::size_t most_bytes);

}  // namespace mmx::cli
