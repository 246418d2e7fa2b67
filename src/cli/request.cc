// The request from the command line: a record file, and the options the field table gives.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/commands.h"
#include "engine/engine.h"
#include "master/master.h"
#include "music/record_json.h"

namespace mmx::cli {
namespace {

constexpr std::size_t kMostRecordBytes = 512 * 1024, kMostLyricsBytes = 64 * 1024;

// Which engines and presets there are is not the music room's to know.
base::Status check_choices(const music::SongRequest& request) {
    if (request.engine != "embedded")
        return base::fail_field(
            "engine", "engine: '" + request.engine + "' is not allowed; one of embedded, or leave it out");
    if (master::find_preset(request.preset) == nullptr) {
        std::string names;
        for (const master::Preset& preset : master::presets()) names += " " + preset.name;
        return base::fail_field("preset", "preset: '" + request.preset + "' is not allowed; one of" + names +
                                              ", or leave it out");
    }
    return {};
}

}  // namespace

void add_request_options(CLI::App& app, RequestOptions& options) {
    app.add_option("prompt", options.prompt, "what the song should be, in words");
    app.add_option("--lyrics", options.lyrics_file,
                   "a text file with words and section tags: [Verse 1] [Chorus] ...")
        ->type_name("FILE");
    for (const music::Field& field : music::fields()) {
        if (field.name == "prompt" || field.name == "lyrics") continue;
        const std::string type =
            field.type == music::FieldType::number || field.type == music::FieldType::seed ? "NUMBER"
                                                                                           : "TEXT";
        app.add_option(field.option(), options.typed[std::string(field.name)],
                       fmt::format("{}; {}; default: {}", field.help, field.allowed(), field.otherwise))
            ->type_name(type);
    }
    app.add_option("--record", options.record_file,
                   "a request or a stored record as JSON; the options given beside it replace its fields")
        ->type_name("FILE");
}

base::Result<music::SongRequest> build_request(const RequestOptions& options) {
    music::SongRequest request;
    if (!options.record_file.empty()) {
        const std::string text = TRY(read_whole(options.record_file, kMostRecordBytes));
        request = TRY(music::parse_record(text));
    }
    if (!options.prompt.empty())
        TRY_VOID(music::set_field(request, *music::find_field("prompt"), options.prompt));
    if (!options.lyrics_file.empty()) {
        const std::string text = TRY(read_whole(options.lyrics_file, kMostLyricsBytes));
        TRY_VOID(music::set_field(request, *music::find_field("lyrics"), text));
    }
    for (const music::Field& field : music::fields()) {
        const auto typed = options.typed.find(std::string(field.name));
        if (typed == options.typed.end() || typed->second.empty()) continue;
        TRY_VOID(music::set_field_from_text(request, field, typed->second));
    }
    TRY_VOID(music::validate(request));
    TRY_VOID(check_choices(request));
    return request;
}

}  // namespace mmx::cli
