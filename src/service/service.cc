#include "service/service.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <map>

#include "log/log.h"
#include "service/commands.h"
#include "service/settings.h"

namespace mmx::service {
namespace {

constexpr std::array<std::string_view, 5> kCommands = {"serve", "worker", "admin", "migrate", "doctor"};

struct Typed {
    std::map<std::string, std::string> flags;  // by setting name
    std::string config_file;
};

// Every command takes every setting, so that one configuration fits all.
void add_settings(CLI::App& command, Typed& typed) {
    command.add_option("--config", typed.config_file, "settings in TOML; DATA/mmx.toml when it exists")
        ->type_name("FILE");
    for (const SettingRow& row : setting_rows()) {
        if (row.kind == SettingKind::secret) continue;  // never on a command line: others can read it there
        std::string help(row.help);
        if (!row.otherwise.empty()) help += " [" + std::string(row.otherwise) + "]";
        command
            .add_option_function<std::string>(
                row.flag(),
                [&typed, name = std::string(row.name)](const std::string& text) { typed.flags[name] = text; },
                help)
            ->type_name(row.kind == SettingKind::number ? "N" : "TEXT");
    }
    std::string footer =
        "Each setting is also read from the environment (MMX_LISTEN, MMX_DATA, ...).\nSecrets are "
        "read from there alone, or from files:";
    for (const SettingRow& row : setting_rows())
        if (row.kind == SettingKind::secret)
            footer += fmt::format("\n  {}, {}_FILE: {}", row.variable(), row.variable(), row.help);
    command.footer(footer);
}

int finish(const base::Status& status) {
    if (status) return 0;
    fmt::print(stderr, "mmx: {}\n", status.error().tell_user);
    if (!status.error().tell_log.empty()) fmt::print(stderr, "     ({})\n", status.error().tell_log);
    return status.error().kind == base::Kind::invalid_request ? 2 : 1;
}

int run_commands(int argc, char** argv) {
    CLI::App app("MusicMageX as a service.", "mmx");
    app.require_subcommand(1, 1);
    Typed typed;
    NewAdministrator wanted;
    CLI::App* serve_command = app.add_subcommand("serve", "Answer people: the studio and its API");
    CLI::App* worker_command = app.add_subcommand("worker", "Make songs for servers that share the database");
    CLI::App* migrate_command = app.add_subcommand("migrate", "Bring the database's schema up to date");
    CLI::App* doctor_command =
        app.add_subcommand("doctor", "Check that everything is set up as it should be");
    CLI::App* admin_command = app.add_subcommand("admin", "Administer from this machine");
    admin_command->require_subcommand(1, 1);
    CLI::App* create_command =
        admin_command->add_subcommand("create", "Make an administrator; asks for the password");
    create_command->add_option("--email", wanted.email, "their address")->required();
    create_command->add_option("--display-name", wanted.display_name, "the name others see")->required();
    CLI::App* link_command =
        admin_command->add_subcommand("setup-link", "Print a new link for the first administrator");
    for (CLI::App* command :
         {serve_command, worker_command, migrate_command, doctor_command, create_command, link_command})
        add_settings(*command, typed);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);  // --help
        fmt::print(stderr, "mmx: {}\nSee 'mmx {} --help'.\n", error.what(), argv[1]);
        return 2;
    }
    const auto load = [&] { return load_settings(typed.flags, typed.config_file); };
    const auto settings = load();
    if (!settings) return finish(tl::unexpected(settings.error()));
    if (settings->log_level == "debug") log::set_level(log::Level::debug);
    if (settings->log_level == "warning") log::set_level(log::Level::warning);
    if (settings->log_level == "error") log::set_level(log::Level::error);

    if (*serve_command) return finish(serve(*settings, load));
    if (*worker_command) return finish(work(*settings, load));
    if (*migrate_command) return finish(migrate(*settings));
    if (*doctor_command) return finish(doctor(*settings));
    if (*create_command) return finish(create_administrator(*settings, wanted));
    return finish(print_setup_link(*settings));
}

}  // namespace

bool is_command(std::string_view word) {
    return std::ranges::find(kCommands, word) != kCommands.end();
}

int run(int argc, char** argv) {
    try {
        return run_commands(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "mmx: something went wrong on our side: {}\n", error.what());
        return 1;
    }
}

}  // namespace mmx::service
