#include "store/postgres_server.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "store/database.h"
#include "store/temporary_folder.h"

namespace mmx::store {
namespace {

namespace fs = std::filesystem;
constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";

// Commands come through standard input: "stop", "start"; its end means that the test program is gone.
// Nothing here need survive a power cut, so syncing is off.
constexpr const char* kWatch = R"(
cd "$1" || exit 1
if [ ! -d data ]; then
    "$2"initdb -D data -U postgres -A trust -E UTF8 --locale=C --no-sync >log 2>&1 || exit 1
fi
run() {
    "$2"postgres -D data -k "$1" -c listen_addresses= -c fsync=off -c full_page_writes=off \
        -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off \
        -c shared_buffers=32MB -c max_connections=80 >>log 2>&1 </dev/null &
    server=$!
}
run "$1" "$2"
while read -r command; do
    case $command in
        stop) kill -QUIT $server; wait $server; echo stopped >state ;;
        start) run "$1" "$2"; echo started >state ;;
    esac
done
kill -QUIT $server; wait $server
cd / && rm -rf "$1"
)";

std::string contents(const std::string& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

PostgresServer::PostgresServer() {
    if (::access((std::string(kPrograms) + "postgres").c_str(), X_OK) != 0)
        throw std::runtime_error("PostgreSQL 15 is missing: apt-get install postgresql-15");
    folder_ = temporary_folder("mmx-pg");
    launch();
    wait_until_ready();
}

PostgresServer::~PostgresServer() {
    ::close(lifeline_);
    int status = 0;
    ::waitpid(watcher_, &status, 0);
    std::error_code trouble;
    fs::remove_all(folder_, trouble);
}

void PostgresServer::launch() {
    const passwd* user = nullptr;
    if (::geteuid() == 0) {  // PostgreSQL refuses to run as root
        user = ::getpwnam("postgres");
        if (user == nullptr) user = ::getpwnam("nobody");
        if (user == nullptr || ::chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0)
            throw std::runtime_error("no unprivileged user to run PostgreSQL as");
    }
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    watcher_ = ::fork();
    if (watcher_ == 0) {
        ::setsid();  // an interrupt from the terminal is for the test program; the pipe's end tells us
        ::dup2(ends[0], 0);
        if (user != nullptr &&
            (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
            ::_exit(1);
        ::execl("/bin/sh", "sh", "-c", kWatch, "watch", folder_.c_str(), kPrograms,
                static_cast<char*>(nullptr));
        ::_exit(1);
    }
    ::close(ends[0]);
    lifeline_ = ends[1];
}

std::string PostgresServer::address(const std::string& database) const {
    return "postgresql:///" + database + "?user=postgres&host=" + folder_;
}

void PostgresServer::wait_until_ready() const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    std::string told;
    while (std::chrono::steady_clock::now() < end) {
        const auto opened = Database::open({address("postgres"), 1});
        if (opened) return;
        told = opened.error().tell_log;
        if (::kill(watcher_, 0) != 0 || ::waitpid(watcher_, nullptr, WNOHANG) == watcher_) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    throw std::runtime_error("PostgreSQL did not start: " + told + contents(folder_ + "/log"));
}

void PostgresServer::stop() {
    const std::string state = folder_ + "/state";
    fs::remove(state);
    if (::write(lifeline_, "stop\n", 5) != 5) throw std::runtime_error("PostgreSQL's watcher is gone");
    while (!fs::exists(state)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

void PostgresServer::start() {
    if (::write(lifeline_, "start\n", 6) != 6) throw std::runtime_error("PostgreSQL's watcher is gone");
    wait_until_ready();
}

}  // namespace mmx::store
