// SQLite behind the Database's door: one connection that writes, several that read beside it (WAL).
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "store/open_database.h"
#include "store/pool.h"
#include "store/signals.h"
#include "store/sqlite_connection.h"
#include "store/statement_rules.h"

namespace mmx::store {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// How soon another process's commit is noticed by those who wait.
constexpr milliseconds kPoll{250};

class SqliteDatabase : public Database {
  public:
    explicit SqliteDatabase(milliseconds busy_limit) : busy_limit_(busy_limit) {}

    base::Status connect(const std::string& path, int readers) {
        writer_.add(TRY(SqliteConnection::open(path, SqliteConnection::Role::writer, busy_limit_)));
        for (int i = 0; i < std::max(1, readers); ++i)
            readers_.add(TRY(SqliteConnection::open(path, SqliteConnection::Role::reader, busy_limit_)));
        look_for_other_processes();
        return {};
    }

    Dialect dialect() const override { return Dialect::sqlite; }
    std::uint64_t signals(std::string_view channel) override { return signals_.count(channel); }
    std::uint64_t wait(std::string_view channel, std::uint64_t seen, milliseconds at_most) override;
    void stop_waiting() override { signals_.stop(); }
    base::Status forget_deleted() override {
        const auto lease = writer_.take(busy_limit_);
        if (!lease) return busy("SQLite: no connection came free in time");
        // Readers may hold it up; the next round gets the rest.
        return lease->run_script("PRAGMA wal_checkpoint(TRUNCATE)");
    }

  protected:
    base::Status transact(Access access, const std::function<bool(Transaction&)>& work) override;

  private:
    void look_for_other_processes();

    const milliseconds busy_limit_;
    Pool<SqliteConnection> writer_, readers_;
    Signals signals_;
    std::atomic<std::int64_t> data_version_{-1};
    std::atomic<Clock::rep> next_look_{0};
};

// Commits without waiting for the disk. The log stays whole: what is lost with the power is its newest end.
class Relaxed {
  public:
    Relaxed(SqliteConnection& connection, bool relaxed) : connection_(relaxed ? &connection : nullptr) {
        if (connection_ != nullptr) (void)connection_->run_script("PRAGMA synchronous=NORMAL");
    }
    ~Relaxed() {
        if (connection_ != nullptr) (void)connection_->run_script("PRAGMA synchronous=FULL");
    }
    Relaxed(const Relaxed&) = delete;
    Relaxed& operator=(const Relaxed&) = delete;

  private:
    SqliteConnection* connection_;
};

// Rolls back unless told that all is done, also when the work throws.
class Rollback {
  public:
    explicit Rollback(SqliteConnection& connection) : connection_(connection) {}
    ~Rollback() {
        if (connection_.in_transaction()) (void)connection_.execute("ROLLBACK");
    }
    Rollback(const Rollback&) = delete;
    Rollback& operator=(const Rollback&) = delete;

  private:
    SqliteConnection& connection_;
};

base::Status SqliteDatabase::transact(Access access, const std::function<bool(Transaction&)>& work) {
    const Inside inside(this);
    if (inside.refused()) return defect("a transaction inside a transaction");
    const bool writes = access != Access::read && access != Access::single_read;
    const auto lease = (writes ? writer_ : readers_).take(busy_limit_);
    if (!lease) return busy("SQLite: no connection came free in time");

    const Relaxed relaxed(*lease, access == Access::relaxed_write);
    const Rollback rollback(*lease);
    if (access == Access::write || access == Access::relaxed_write)
        TRY_VOID(lease->execute("BEGIN IMMEDIATE"));
    if (access == Access::read) TRY_VOID(lease->execute("BEGIN"));
    OneTransaction<SqliteConnection> transaction(*lease, Dialect::sqlite);
    const bool commit = work(transaction);
    if (!commit) return {};
    if (transaction.first_error()) return tl::unexpected(*transaction.first_error());
    if (lease->in_transaction()) TRY_VOID(lease->execute("COMMIT"));
    for (const auto& channel : transaction.notifications()) signals_.raise(channel);
    return {};
}

std::uint64_t SqliteDatabase::wait(std::string_view channel, std::uint64_t seen, milliseconds at_most) {
    const auto end = Clock::now() + at_most;
    for (;;) {
        const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
        const auto count = signals_.wait(channel, seen, std::clamp(left, milliseconds(0), kPoll));
        if (count != seen || left <= milliseconds(0) || signals_.stopped()) return count;
        look_for_other_processes();
    }
}

// data_version changes when somebody else has committed. It is asked on the connection that writes, for
// which this process's own commits do not count.
void SqliteDatabase::look_for_other_processes() {
    const auto now = Clock::now().time_since_epoch().count();
    auto due = next_look_.load();
    if (now < due || !next_look_.compare_exchange_strong(due, now + Clock::duration(kPoll / 2).count()))
        return;
    const auto lease = writer_.take(kPoll);
    if (!lease) return;
    const auto rows = lease->query("PRAGMA data_version");
    if (!rows || rows->empty()) return;
    const std::int64_t version = rows->front().integer(0);
    const std::int64_t before = data_version_.exchange(version);
    if (before != -1 && before != version) signals_.raise_all();
}

// SQLite's log and shared memory take over the file's mode.
base::Status make_file(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path();
    std::error_code trouble;
    if (!folder.empty() && !std::filesystem::exists(folder, trouble)) {
        std::filesystem::create_directories(folder.parent_path(), trouble);
        if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
            return disk_full(folder.string() + ": " + std::strerror(errno));
    }
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return disk_full(path + ": " + std::strerror(errno));
    ::close(descriptor);
    return {};
}

}  // namespace

base::Result<std::unique_ptr<Database>> open_sqlite(const std::string& path,
                                                    const DatabaseSettings& settings) {
    TRY_VOID(make_file(path));
    auto database = std::make_unique<SqliteDatabase>(settings.busy_limit);
    TRY_VOID(database->connect(path, settings.readers));
    return database;
}

}  // namespace mmx::store
