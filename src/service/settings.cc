#include "service/settings.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>

#include "work/first_songs.h"

namespace mmx::service {
namespace {

constexpr std::array kRows = {
    SettingRow{"listen", SettingKind::text, "127.0.0.1:8420", 0, 0,
               "address and port to answer on; a proxy with TLS stands in front of anything but loopback"},
    SettingRow{"data", SettingKind::text, "mmx-data", 0, 0,
               "the folder that holds everything of this machine: database, audio, keys"},
    SettingRow{"database", SettingKind::address, "", 0, 0,
               "postgresql://USER:PASSWORD@HOST/NAME for a fleet; left out: an embedded database in the data "
               "folder"},
    SettingRow{"public_url", SettingKind::text, "", 0, 0,
               "the address people type: decides links in mails, allowed origins and secure cookies; "
               "left out: http:// and the address listened on"},
    SettingRow{"master_key", SettingKind::secret, "", 0, 0,
               "64 hex digits from which all keys are derived; made by itself on one machine, must be "
               "given with postgresql"},
    SettingRow{"smtp_url", SettingKind::text, "", 0, 0,
               "smtp://USER@HOST:PORT; left out: mails become files in the data folder's outbox"},
    SettingRow{"smtp_password", SettingKind::secret, "", 0, 0, "password of the mail server"},
    SettingRow{"smtp_ca_file", SettingKind::text, "", 0, 0,
               "certificate of a private authority that signed the mail server's"},
    SettingRow{"mail_from", SettingKind::text, "MusicMageX <noreply@localhost>", 0, 0, "sender of mails"},
    SettingRow{"trusted_proxies", SettingKind::list, "", 0, 0,
               "addresses or ranges (10.0.0.0/8) whose X-Forwarded-For is believed"},
    SettingRow{"metrics_listen", SettingKind::text, "", 0, 0,
               "loopback address and port for /metrics; left out: no metrics"},
    SettingRow{"workers", SettingKind::number, "1", 0, 64,
               "songs made at once inside the server; 0 leaves them to 'mmx worker' processes"},
    SettingRow{"worker_threads", SettingKind::number, "0", 0, 256,
               "threads that make one song; 0: one for each core"},
    SettingRow{"plans_file", SettingKind::text, "", 0, 0, "a file of plans in place of the built-in ones"},
    SettingRow{"terms_version", SettingKind::text, "2026-11", 0, 0,
               "version of the terms that new accounts accept"},
    SettingRow{"operator_name", SettingKind::text, "", 0, 0,
               "who runs this service: the person or company that the legal pages name as the controller"},
    SettingRow{"operator_address", SettingKind::text, "", 0, 0, "the operator's postal address"},
    SettingRow{"privacy_contact", SettingKind::text, "", 0, 0, "mail address for privacy requests"},
    SettingRow{"support_contact", SettingKind::text, "", 0, 0, "mail address for everything else"},
    SettingRow{"dmca_contact", SettingKind::text, "", 0, 0, "mail address for copyright notices"},
    SettingRow{"authority", SettingKind::text, "", 0, 0,
               "the data protection authority people can complain to: its name or its web address"},
    SettingRow{"data_region", SettingKind::text, "", 0, 0,
               "where the data is kept, as \"Germany (European Union)\""},
    SettingRow{"bcrypt_cost", SettingKind::number, "12", 4, 16, "work per password; each step doubles it"},
    SettingRow{"welcome_credits", SettingKind::number, "500", 0, 1'000'000,
               "credits granted to the first administrator"},
    SettingRow{"welcome_songs", SettingKind::number, "3", 0, work::kMostFirstSongs,
               "songs made at first start, for the first administrator to hear"},
    SettingRow{"renditions_bytes", SettingKind::number, "4000000000", 10'000'000, 1'000'000'000'000'000,
               "bound for cached downloads in other formats and stems"},
    SettingRow{"access_log_days", SettingKind::number, "90", 1, 90, "how long the access log is kept"},
    SettingRow{"reads_per_minute", SettingKind::number, "1200", 0, 1'000'000,
               "reads one network address may make of one server; 0: no limit"},
    SettingRow{"changes_per_minute", SettingKind::number, "240", 1, 1'000'000,
               "changes one network address may make"},
    SettingRow{"orders_per_minute", SettingKind::number, "120", 1, 1'000'000,
               "songs one network address may order"},
    SettingRow{"sign_ins_per_10_minutes", SettingKind::number, "60", 1, 1'000'000,
               "calls with passwords or links one network address may make"},
    SettingRow{"log_level", SettingKind::text, "info", 0, 0, "debug, info, warning or error"},
};

struct Found {
    std::string text;
    std::string where;  // for messages: "--workers", "MMX_WORKERS", "mmx.toml: workers"
};
using Values = std::map<std::string, Found, std::less<>>;

base::Result<std::string> read_secret_file(const std::string& variable, const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return base::fail(base::Kind::invalid_request, variable + ": " + path + " cannot be read.");
    std::string text;
    std::getline(file, text);
    while (!text.empty() && (text.back() == '\r' || text.back() == ' ')) text.pop_back();
    return text;
}

base::Status read_environment(Values& values) {
    for (const SettingRow& row : kRows) {
        const std::string variable = row.variable();
        if (const char* text = std::getenv(variable.c_str()); text != nullptr && *text != '\0')
            values[std::string(row.name)] = {text, variable};
        if (row.kind != SettingKind::secret && row.kind != SettingKind::address) continue;
        const std::string file_variable = variable + "_FILE";
        if (const char* path = std::getenv(file_variable.c_str()); path != nullptr && *path != '\0')
            values[std::string(row.name)] = {TRY(read_secret_file(file_variable, path)), file_variable};
    }
    return {};
}

std::optional<std::string> text_of(const toml::node& node) {
    if (const auto text = node.value_exact<std::string>()) return *text;
    if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
    if (const auto* list = node.as_array()) {
        std::string joined;
        for (const auto& item : *list) {
            const auto text = item.value_exact<std::string>();
            if (!text) return std::nullopt;
            joined += (joined.empty() ? "" : ",") + *text;
        }
        return joined;
    }
    return std::nullopt;
}

base::Status read_file(const std::string& path, Values& values) {
    toml::table table;
    try {
        table = toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        return base::fail(
            base::Kind::invalid_request,
            fmt::format("{}: line {}: {}", path, error.source().begin.line, error.description()));
    }
    for (const auto& [key, node] : table) {
        const std::string name(key.str());
        const std::string plain = name.ends_with("_file") ? name.substr(0, name.size() - 5) : name;
        const auto row = std::ranges::find(kRows, name, &SettingRow::name);
        const auto secret = std::ranges::find(kRows, plain, &SettingRow::name);
        const auto text = text_of(node);
        if (!text)
            return base::fail(base::Kind::invalid_request,
                              path + ": " + name + ": a text, a whole number or a list of texts is wanted.");
        if (row != kRows.end()) {
            values[name] = {*text, path + ": " + name};
        } else if (secret != kRows.end() &&
                   (secret->kind == SettingKind::secret || secret->kind == SettingKind::address)) {
            values[plain] = {TRY(read_secret_file(path + ": " + name, *text)), path + ": " + name};
        } else {
            return base::fail(base::Kind::invalid_request,
                              path + ": there is no setting \"" + name + "\"; see 'mmx serve --help'.");
        }
    }
    return {};
}

base::Result<std::int64_t> number_of(const Values& values, std::string_view name) {
    const auto row = std::ranges::find(kRows, name, &SettingRow::name);
    const Found& found = values.find(name)->second;
    std::int64_t number = 0;
    const char* end = found.text.data() + found.text.size();
    const auto [rest, fault] = std::from_chars(found.text.data(), end, number);
    if (fault != std::errc() || rest != end || number < row->low || number > row->high)
        return base::fail(base::Kind::invalid_request,
                          fmt::format("{}: \"{}\" is not allowed; a whole number from {} to {}.", found.where,
                                      found.text, row->low, row->high));
    return number;
}

std::vector<std::string> list_of(const std::string& text) {
    std::vector<std::string> items;
    std::stringstream stream(text);
    for (std::string item; std::getline(stream, item, ',');) {
        const std::size_t first = item.find_first_not_of(' '), last = item.find_last_not_of(' ');
        if (first != std::string::npos) items.push_back(item.substr(first, last - first + 1));
    }
    return items;
}

base::Status check(const Settings& settings, const Values& values) {
    const auto refuse = [&](std::string_view name, std::string_view allowed) {
        const Found& found = values.find(name)->second;
        return base::fail(base::Kind::invalid_request,
                          fmt::format("{}: \"{}\" is not allowed; {}.", found.where, found.text, allowed));
    };
    if (settings.listen.rfind(':') == std::string::npos)
        return refuse("listen", "HOST:PORT, as 127.0.0.1:8420");
    if (!settings.metrics_listen.empty() && !settings.metrics_listen.starts_with("127.") &&
        !settings.metrics_listen.starts_with("[::1]") && !settings.metrics_listen.starts_with("localhost:"))
        return refuse("metrics_listen", "a loopback address and a port, as 127.0.0.1:9420");
    if (!settings.database.empty() && !settings.database.starts_with("postgresql://") &&
        !settings.database.starts_with("postgres://") && !settings.database.starts_with("sqlite:"))
        return refuse("database", "postgresql://USER@HOST/NAME, or leave it out");
    for (const std::string_view name : {"privacy_contact", "support_contact", "dmca_contact"}) {
        const std::string& address = values.find(name)->second.text;
        const std::size_t at = address.find('@');
        if (!address.empty() && (at == 0 || at == std::string::npos || at + 1 == address.size() ||
                                 address.find_first_of(" <>\"") != std::string::npos))
            return refuse(name, "one mail address, as privacy@music.example");
    }
    const bool loopback = settings.public_url.starts_with("http://localhost") ||
                          settings.public_url.starts_with("http://127.") ||
                          settings.public_url.starts_with("http://[::1]");
    if (!settings.public_url.empty() && !settings.public_url.starts_with("https://") && !loopback)
        return refuse("public_url", "https:// and a name (http:// only for loopback addresses)");
    if (settings.smtp_url.find("://") != std::string::npos && !settings.smtp_url.starts_with("smtp://"))
        return refuse("smtp_url", "smtp://USER@HOST:PORT");
    for (const std::string_view level : {"debug", "info", "warning", "error"})
        if (settings.log_level == level) return {};
    return refuse("log_level", "debug, info, warning or error");
}

}  // namespace

std::string SettingRow::flag() const {
    std::string text = "--" + std::string(name);
    std::ranges::replace(text, '_', '-');
    return text;
}

std::string SettingRow::variable() const {
    std::string text = "MMX_" + std::string(name);
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

std::span<const SettingRow> setting_rows() {
    return kRows;
}

base::Result<Settings> load_settings(const std::map<std::string, std::string>& flags,
                                     const std::string& config_file) {
    Values values;
    for (const SettingRow& row : kRows)
        values[std::string(row.name)] = {std::string(row.otherwise), row.flag()};

    // Where the file lies may depend on the folder, which only flags and environment can name.
    Values outside;
    TRY_VOID(read_environment(outside));
    for (const auto& [name, text] : flags) {
        const auto row = std::ranges::find(kRows, name, &SettingRow::name);
        outside[name] = {text, row->flag()};
    }
    const std::string folder = outside.contains("data") ? outside["data"].text : values["data"].text;
    const std::string usual_file = folder + "/mmx.toml";
    struct stat info {};
    if (!config_file.empty()) {
        TRY_VOID(read_file(config_file, values));
    } else if (stat(usual_file.c_str(), &info) == 0) {
        TRY_VOID(read_file(usual_file, values));
    }
    for (auto& [name, found] : outside) values[name] = std::move(found);

    const auto text = [&](std::string_view name) { return values.find(name)->second.text; };
    Settings settings;
    settings.listen = text("listen");
    settings.data = text("data");
    settings.database = text("database");
    settings.public_url = text("public_url");
    while (settings.public_url.ends_with('/')) settings.public_url.pop_back();
    settings.master_key = text("master_key");
    settings.smtp_url = text("smtp_url");
    settings.smtp_password = text("smtp_password");
    settings.smtp_ca_file = text("smtp_ca_file");
    settings.mail_from = text("mail_from");
    settings.trusted_proxies = list_of(text("trusted_proxies"));
    settings.metrics_listen = text("metrics_listen");
    settings.workers = static_cast<int>(TRY(number_of(values, "workers")));
    settings.worker_threads = static_cast<int>(TRY(number_of(values, "worker_threads")));
    settings.plans_file = text("plans_file");
    settings.terms_version = text("terms_version");
    settings.operator_name = text("operator_name");
    settings.operator_address = text("operator_address");
    settings.privacy_contact = text("privacy_contact");
    settings.support_contact = text("support_contact");
    settings.dmca_contact = text("dmca_contact");
    settings.authority = text("authority");
    settings.data_region = text("data_region");
    settings.bcrypt_cost = static_cast<int>(TRY(number_of(values, "bcrypt_cost")));
    settings.welcome_credits = TRY(number_of(values, "welcome_credits"));
    settings.welcome_songs = TRY(number_of(values, "welcome_songs"));
    settings.renditions_bytes = TRY(number_of(values, "renditions_bytes"));
    settings.access_log_days = static_cast<int>(TRY(number_of(values, "access_log_days")));
    settings.reads_per_minute = static_cast<int>(TRY(number_of(values, "reads_per_minute")));
    settings.changes_per_minute = static_cast<int>(TRY(number_of(values, "changes_per_minute")));
    settings.orders_per_minute = static_cast<int>(TRY(number_of(values, "orders_per_minute")));
    settings.sign_ins_per_10_minutes = static_cast<int>(TRY(number_of(values, "sign_ins_per_10_minutes")));
    settings.log_level = text("log_level");
    TRY_VOID(check(settings, values));
    return settings;
}

}  // namespace mmx::service
