#include "cli/cli.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/version.h"

namespace mmx::cli {
namespace {

// CLI11 says "The following argument was not expected: generte"; people want to hear what there is.
bool is_command(const std::string& word) {
    for (const char* name : {"generate", "understand", "measure", "master", "watermark", "version", "help"})
        if (word == name) return true;
    return false;
}

// The dashed word of CLI11's list of extras, and the option it may have meant: "--tempo" is "--bpm" here.
std::string unknown_option(const std::string& line) {
    const std::size_t dashes = line.find("--");
    if (dashes == std::string::npos)
        return "more words came than the command takes; put the prompt in quotes";
    const std::string option = line.substr(dashes, line.find(' ', dashes) - dashes);
    const music::Field* near = music::nearest_field(option.substr(2));
    return "unknown option '" + option + "'" +
           (near != nullptr ? "; did you mean " + near->option() + "?" : "");
}

int parse_failed(const CLI::App& app, const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help
    std::string line = error.what();
    if (line.starts_with("The following argument") && line.find(':') != std::string::npos)
        line = unknown_option(line);
    fmt::print(stderr, "mmx: {}\nSee 'mmx help'.\n", line);
    return kWrongRequest;
}

int run_commands(int argc, char** argv) {
    CLI::App app("MusicMageX turns words into finished songs.", "mmx");
    app.require_subcommand(0, 1);
    app.footer("As a service: mmx serve, worker, admin, migrate, doctor; 'mmx serve --help' says more.");
    app.set_help_all_flag("--help-all", "Help for every command");
    bool show_version = false;
    app.add_flag("--version", show_version, "Print the version");

    GenerateOptions song;
    CLI::App* generate_command = app.add_subcommand("generate", "Make a song and write it to a file");
    add_request_options(*generate_command, song.request);
    generate_command
        ->add_option("-o,--output", song.output,
                     "where to write: .flac, .wav, .mp3 or .opus; named after the title when left out")
        ->type_name("FILE");
    generate_command->add_option("--stems", song.stems_folder, "write each part as a file of its own")
        ->type_name("DIR");
    generate_command
        ->add_option(
            "--premaster", song.premaster_file,
            "write the mix before mastering, for a mastering of your own: .wav (32 bit float) or .flac")
        ->type_name("FILE");
    generate_command->add_option("--midi", song.midi_file, "write the score as a MIDI file")
        ->type_name("FILE");
    generate_command->add_option("--score", song.score_file, "write the score as JSON")->type_name("FILE");
    generate_command
        ->add_option("--lrc", song.lrc_file, "write the sung words with their times (enhanced LRC)")
        ->type_name("FILE");
    generate_command
        ->add_option("--mark-id", song.id,
                     "what the mark says, 16 hexadecimal digits; left out: a function of the record")
        ->type_name("HEX16");
    generate_command
        ->add_option("--mark-key", song.key_file, "the watermark's master key, made when there is none")
        ->type_name("FILE");
    generate_command->add_option("--threads", song.threads, "0: one for each core")
        ->check(CLI::Range(0, 256));
    generate_command->add_flag("--json", song.json,
                               "print the stored record, the files and the loudness as one JSON object");

    UnderstandOptions words;
    CLI::App* understand_command =
        app.add_subcommand("understand", "Say what the words are taken to mean, and why");
    add_request_options(*understand_command, words.request);
    understand_command->add_flag("--json", words.json, "print one JSON object");

    std::string measured;
    bool measured_json = false;
    CLI::App* measure_command =
        app.add_subcommand("measure", "Measure loudness, peaks and balance of a sound file");
    measure_command->add_option("file", measured, "the sound file")->required();
    measure_command->add_flag("--json", measured_json, "print one JSON object");

    std::string input, output, preset = "streaming";
    bool master_json = false;
    CLI::App* master_command =
        app.add_subcommand("master", "Bring a sound file to a preset's loudness and ceiling");
    master_command->add_option("file", input, "the sound file")->required();
    master_command->add_option("-o,--output", output, "where to write: .flac, .wav, .mp3 or .opus")
        ->required();
    master_command->add_option("--preset", preset, "mastering preset")->capture_default_str();

    master_command->add_flag("--json", master_json, "print one JSON object");

    WatermarkOptions mark;
    CLI::App* watermark_command = app.add_subcommand("watermark", "Mark a sound file, or read its mark");
    watermark_command->require_subcommand(1);
    CLI::App* embed_command =
        watermark_command->add_subcommand("embed", "Put an id into a sound file, unheard");
    embed_command->add_option("file", mark.input, "the sound file")->required();
    embed_command->add_option("-o,--output", mark.output, "where to write: .flac, .wav, .mp3 or .opus")
        ->required();
    embed_command->add_option("--id", mark.id, "16 hexadecimal digits")->required()->type_name("HEX16");
    CLI::App* detect_command =
        watermark_command->add_subcommand("detect", "Say whose marks are in a sound file, and where");
    detect_command->add_option("file", mark.input, "the sound file")->required();
    detect_command->add_flag("--as-made", mark.as_made, "do not search for changed speed, tempo or pitch");
    detect_command->add_option("--features", mark.features_file, "also write what was looked at")
        ->type_name("FILE");
    for (CLI::App* command : {embed_command, detect_command}) {
        command->add_option("--mark-key", mark.key_file, "the master key, made when there is none")
            ->type_name("FILE");
        command->add_flag("--json", mark.json, "print one JSON object");
    }

    CLI::App* version_command = app.add_subcommand("version", "Print the version");
    std::string about;
    CLI::App* help_command = app.add_subcommand("help", "Explain the program or one command");
    help_command->add_option("command", about, "the command to explain");

    if (argc > 1 && argv[1][0] != '-' && !is_command(argv[1])) {
        fmt::print(
            stderr,
            "mmx: there is no command '{}'; these are: generate understand measure master watermark serve "
            "worker admin migrate doctor version help\n",
            argv[1]);
        return kWrongRequest;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return parse_failed(app, error);
    }
    if (*generate_command) return generate(song);
    if (*understand_command) return understand(words);
    if (*measure_command) return measure_file(measured, measured_json);
    if (*master_command) return master_file(input, output, preset, master_json);
    if (*embed_command) return watermark_embed(mark);
    if (*detect_command) return watermark_detect(mark);
    if (show_version || *version_command) {
        fmt::print("{}\n", version_text());
        return kDone;
    }
    for (CLI::App* command : app.get_subcommands({}))
        if (command->get_name() == about) {
            fmt::print("{}", command->help());
            return kDone;
        }
    fmt::print("{}", app.help());
    return kDone;
}

}  // namespace

int report(const base::Error& error, bool json) {
    // A log line tells the operator more; on the command line both are the same person.
    fmt::print(stderr, "mmx: {}\n", error.tell_user);
    if (!error.tell_log.empty()) fmt::print(stderr, "     ({})\n", error.tell_log);
    const bool wrong = error.kind == base::Kind::invalid_request;
    if (json) {
        nlohmann::ordered_json object = {{"error", error.tell_user}};
        if (!error.field.empty()) object["field"] = error.field;
        object["may_help_to_try_again"] = error.retry == base::Retry::may_help;
        fmt::print("{}\n", object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    }
    return wrong ? kWrongRequest : kFailed;
}

int run(int argc, char** argv) {
    try {
        return run_commands(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "mmx: something went wrong on our side: {}\n", error.what());
        return kFailed;
    }
}

}  // namespace mmx::cli
