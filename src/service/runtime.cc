#include "service/runtime.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

#include "engine/embedded/embedded_engine.h"
#include "log/log.h"
#include "mail/senders.h"
#include "net/smtp.h"

namespace mmx::service {
namespace {

constexpr int kMarkEpoch = 1;  // the newest; earlier ones stay detectable

base::Status make_folder(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return base::fail(base::Kind::io, "The data folder cannot be made: " + folder + ": " +
                                              error.message() + ". Choose another with --data.");
    chmod(folder.c_str(), 0700);
    return {};
}

// "smtp://USER@HOST:PORT"
base::Result<net::SmtpSettings> smtp_settings(const Settings& settings) {
    net::SmtpSettings smtp;
    std::string rest = settings.smtp_url.substr(std::string("smtp://").size());
    if (const std::size_t at = rest.rfind('@'); at != std::string::npos) {
        smtp.user = rest.substr(0, at);
        rest = rest.substr(at + 1);
    }
    const std::size_t colon = rest.rfind(':');
    smtp.host = rest.substr(0, colon);
    smtp.port = colon == std::string::npos ? 587 : std::atoi(rest.c_str() + colon + 1);
    if (smtp.host.empty() || smtp.port < 1 || smtp.port > 65535)
        return base::fail(base::Kind::invalid_request,
                          "smtp_url: \"" + settings.smtp_url + "\" is not allowed; smtp://USER@HOST:PORT.");
    smtp.password = settings.smtp_password;
    smtp.from = settings.mail_from;
    smtp.extra_ca_file = settings.smtp_ca_file;
    return smtp;
}

base::Result<std::unique_ptr<mail::Sender>> open_sender(const Settings& settings) {
    if (settings.smtp_url.empty()) return mail::file_sender(settings.data + "/outbox");
    return mail::smtp_sender(TRY(smtp_settings(settings)));
}

// One master stands behind passwords, links and every watermark. Where one was used before, another is not
// made in its place; a look around makes none at all.
base::Result<store::Secrets> open_secrets(const Settings& settings, store::Database& database,
                                          Schema schema) {
    std::optional<std::string> supplied;
    if (!settings.master_key.empty()) supplied = settings.master_key;
    const bool known = TRY(store::has_fingerprint(database));
    auto secrets = TRY(store::load_or_make_secrets(
        settings.data + "/secrets", database.dialect(), supplied,
        known || schema == Schema::check_only ? store::Absent::refuse : store::Absent::make));
    TRY_VOID(store::check_fingerprint(database, secrets));
    if (secrets.made_now())
        log::warn("a master key was made", {{"file", settings.data + "/secrets/master.key"},
                                            {"advice",
                                             "Keep a copy in a safe place: without it no password can be "
                                             "checked and no watermark made here can ever be read again."}});
    if (!known) {
        const auto songs = TRY(database.query("SELECT count(*) FROM songs")).front().integer(0);
        if (songs > 0)
            log::warn("the master key is new, but songs exist",
                      {{"songs", std::to_string(songs)},
                       {"meaning",
                        "If they were made under another key, their watermarks cannot be read with this one: "
                        "bring the old key back if there is a copy."}});
    }
    return secrets;
}

}  // namespace

std::string public_url_of(const Settings& settings, int port) {
    if (!settings.public_url.empty()) return settings.public_url;
    const std::string host = settings.listen.substr(0, settings.listen.rfind(':'));
    return "http://" + (host == "0.0.0.0" || host == "[::]" ? "localhost" : host) + ":" +
           std::to_string(port);
}

std::string database_address(const Settings& settings) {
    return settings.database.empty() ? "sqlite:" + settings.data + "/mmx.db" : settings.database;
}

base::Result<std::unique_ptr<Runtime>> Runtime::open(const Settings& settings, const std::string& public_url,
                                                     Schema schema) {
    auto runtime = std::make_unique<Runtime>();
    umask(077);  // P49: whatever this process makes is its user's alone
    TRY_VOID(make_folder(settings.data));
    store::DatabaseSettings database;
    database.address = database_address(settings);
    database.readers = 8;
    runtime->database_ = TRY(store::Database::open(database));
    if (schema == Schema::bring_up_to_date) {
        for (const std::string& applied : TRY(store::migrate(*runtime->database_)))
            log::info("schema changed", {{"migration", applied}});
    } else {
        TRY_VOID(store::check_schema(*runtime->database_));
    }
    runtime->secrets_ =
        std::make_unique<store::Secrets>(TRY(open_secrets(settings, *runtime->database_, schema)));
    // Of the one master too: who keeps it keeps every mark readable.
    runtime->marks_ =
        std::make_unique<watermark::KeyRing>(runtime->secrets_->key(store::purpose::kWatermark), kMarkEpoch);
    const std::string folder = settings.data + "/objects";
    runtime->objects_ = TRY(store::open_file_objects(folder));
    runtime->plans_ = std::make_unique<billing::PlanBook>(TRY(billing::load_plans(settings.plans_file)));

    accounts::Settings accounts_settings;
    accounts_settings.public_url = public_url;
    accounts_settings.pepper = runtime->secrets_->key(store::purpose::kPasswordPepper);
    accounts_settings.bcrypt_cost = settings.bcrypt_cost;
    accounts_settings.terms_version = settings.terms_version;
    accounts_settings.knows_plan = [plans = runtime->plans_.get()](std::string_view id) {
        return plans->current()->find(id) != nullptr;
    };
    runtime->registry_ =
        std::make_unique<accounts::Registry>(*runtime->database_, std::move(accounts_settings));
    runtime->sender_ = TRY(open_sender(settings));
    runtime->runs_.engine_version = engine::embedded_engine_version();
    return runtime;
}

}  // namespace mmx::service
