// The commands that do one thing and end: migrate, doctor, admin.
#include <fmt/format.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "accounts/set_up.h"
#include "billing/ledger.h"
#include "library/archive.h"
#include "service/commands.h"
#include "service/runtime.h"
#include "store/nodes.h"

namespace mmx::service {
namespace {

class QuietTerminal {
  public:
    QuietTerminal() {
        if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
    ~QuietTerminal() {
        if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }

  private:
    termios before_{};
    bool changed_ = false;
};

std::string read_password() {
    const QuietTerminal quiet;
    if (isatty(STDIN_FILENO)) fmt::print(stderr, "Password: ");
    std::string line;
    std::getline(std::cin, line);
    if (isatty(STDIN_FILENO)) fmt::print(stderr, "\n");
    return line;
}

struct Checks {
    bool failed = false;
    void add(std::string_view what, const base::Status& status) {
        fmt::print("{} {}\n", status ? "ok  " : "FAIL", what);
        if (status) return;
        failed = true;
        fmt::print("     {}{}\n", status.error().tell_user,
                   status.error().tell_log.empty() ? "" : " (" + status.error().tell_log + ")");
    }
};

template <class T>
base::Status status_of(const base::Result<T>& result) {
    if (!result) return tl::unexpected(result.error());
    return {};
}

base::Status none_of(const base::Result<std::vector<std::string>>& faults) {
    if (!faults) return tl::unexpected(faults.error());
    if (faults->empty()) return {};
    std::string text;
    for (const std::string& fault : *faults) text += (text.empty() ? "" : "; ") + fault;
    return base::fail(base::Kind::conflict, text);
}

base::Status private_folder(const std::string& path) {
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) return base::fail(base::Kind::not_found, path + " is not there.");
    if ((info.st_mode & 077) != 0)
        return base::fail(base::Kind::conflict, "Others can look into " + path + "; run: chmod 700 " + path);
    return {};
}

base::Status objects_work(store::Objects& objects) {
    const std::string key = "doctor/check.txt";
    TRY(objects.put(key, "check"));
    const auto reader = TRY(objects.open(key));
    if (TRY(reader->read(0, 16)) != "check")
        return base::fail(base::Kind::unreadable, "What was written to the objects does not come back.");
    return objects.remove(key);
}

}  // namespace

base::Status migrate(const Settings& settings) {
    store::DatabaseSettings database_settings;
    database_settings.address = database_address(settings);
    const auto database = TRY(store::Database::open(database_settings));
    const auto applied = TRY(store::migrate(*database));
    for (const std::string& name : applied) fmt::print("applied {}\n", name);
    if (applied.empty()) fmt::print("The schema is up to date.\n");
    return {};
}

base::Status doctor(const Settings& settings) {
    Checks checks;
    auto opened = Runtime::open(settings, public_url_of(settings, 8420), Schema::check_only);
    checks.add("settings, database, schema, keys and plans", status_of(opened));
    if (!opened) return base::fail(base::Kind::conflict, "Something needs attention; see above.");
    Runtime& runtime = **opened;
    checks.add("the data folder is private", private_folder(settings.data));
    checks.add("audio can be written and read", objects_work(runtime.objects()));
    checks.add("servers share one place for audio", store::check_objects_places(runtime.database()));
    checks.add("the ledger adds up", none_of(billing::audit_ledger(runtime.database())));
    const auto wrong = library::wrong_counters(runtime.database());
    checks.add("storage counters add up", none_of(wrong));
    const auto administrator = accounts::has_administrator(runtime.registry());
    checks.add("an administrator exists",
               administrator && !*administrator
                   ? base::Status(base::fail(base::Kind::not_found,
                                             "None yet: use the set-up link, or 'mmx admin create'."))
                   : status_of(administrator));
    const auto songs = runtime.database().query("SELECT count(*) FROM songs WHERE generation_id <> ''");
    if (songs && songs->front().integer(0) > 0)
        fmt::print(
            "note {} songs bear watermarks of this master key; lose it and none of them can ever be read "
            "again: keep a copy of it apart from the backups\n",
            songs->front().integer(0));
    const bool public_name = settings.public_url.starts_with("https://");
    if (!public_name)
        fmt::print("note public_url is not https: fine on this machine alone, not for people elsewhere\n");
    if (settings.smtp_url.empty())
        fmt::print("note no mail server is set: mails become files in {}/outbox\n", settings.data);
    if (checks.failed) return base::fail(base::Kind::conflict, "Something needs attention; see above.");
    return {};
}

base::Status create_administrator(const Settings& settings, const NewAdministrator& wanted) {
    const auto runtime =
        TRY(Runtime::open(settings, public_url_of(settings, 8420), Schema::bring_up_to_date));
    const auto account = TRY(accounts::make_administrator(runtime->registry(), wanted.email,
                                                          wanted.display_name, read_password()));
    fmt::print("Made the administrator {}.\n", account.email);
    return {};
}

base::Status print_setup_link(const Settings& settings) {
    if (settings.public_url.empty() && settings.listen.ends_with(":0"))
        return base::fail(base::Kind::invalid_request, "public_url: set it, so that the link can be made.");
    const std::string port = settings.listen.substr(settings.listen.rfind(':') + 1);
    const auto runtime = TRY(
        Runtime::open(settings, public_url_of(settings, std::atoi(port.c_str())), Schema::bring_up_to_date));
    const auto link = TRY(accounts::make_setup_link(runtime->registry()));
    if (!link)
        return base::fail(base::Kind::conflict, "An administrator exists already; the link is not needed.");
    fmt::print("{}\n", *link);
    return {};
}

}  // namespace mmx::service
