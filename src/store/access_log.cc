#include "store/access_log.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "store/database.h"
#include "store/statement_rules.h"

namespace mmx::store {
namespace {

constexpr std::size_t kLongestText = 300, kBatch = 1000;
constexpr std::chrono::milliseconds kGather{500};

// What came over the network may be any bytes, and one bad entry must not take its batch with it.
std::string storable(std::string text) {
    if (text.size() > kLongestText) text.resize(kLongestText);
    const bool plain = is_utf8(text);
    for (char& c : text)
        if (c == '\0' || (!plain && static_cast<unsigned char>(c) >= 0x80)) c = '?';
    return text;
}

class DatabaseAccessLog : public AccessLog {
  public:
    DatabaseAccessLog(std::unique_ptr<Database> database, std::size_t longest_queue)
        : database_(std::move(database)),
          longest_queue_(longest_queue),
          table_(database_->dialect() == Dialect::postgresql ? "access_log.requests" : "requests") {}
    ~DatabaseAccessLog() override {
        {
            const std::lock_guard lock(mutex_);
            leaving_ = true;
        }
        wake_.notify_all();
        if (thread_.joinable()) thread_.join();
    }

    base::Status prepare();
    void add(AccessEntry entry) override;
    std::uint64_t dropped() const override { return dropped_; }
    base::Status flush() override;
    base::Result<std::int64_t> purge(int older_than_days) override;

  private:
    void write_batches();
    base::Status write(const std::vector<AccessEntry>& batch);

    const std::unique_ptr<Database> database_;
    const std::size_t longest_queue_;
    const std::string table_;
    std::atomic<std::uint64_t> dropped_{0};
    std::mutex mutex_;
    std::condition_variable wake_, written_;
    std::vector<AccessEntry> queue_;
    std::uint64_t added_ = 0, done_ = 0;  // entries so far
    bool hurry_ = false, leaving_ = false;
    base::Status last_;
    std::thread thread_;
};

base::Status DatabaseAccessLog::prepare() {
    const bool postgres = database_->dialect() == Dialect::postgresql;
    TRY_VOID(database_->write([&](Transaction& t) -> base::Status {
        if (postgres) {
            TRY_VOID(t.query("SELECT pg_advisory_xact_lock(?)", {0x6d6d782d616363}));  // "mmx-acc"
            TRY_VOID(t.execute("CREATE SCHEMA IF NOT EXISTS access_log"));
        }
        const std::string number = postgres ? "BIGINT" : "INTEGER";
        TRY_VOID(t.execute("CREATE TABLE IF NOT EXISTS " + table_ + " (at " + number +
                           " NOT NULL, address TEXT NOT NULL, method TEXT NOT NULL, route TEXT NOT NULL, "
                           "status " +
                           number + " NOT NULL, user_agent TEXT NOT NULL)" + (postgres ? "" : " STRICT")));
        TRY_VOID(t.execute("CREATE INDEX IF NOT EXISTS requests_by_time ON " + table_ + " (at)"));
        return {};
    }));
    thread_ = std::thread([this] { write_batches(); });
    return {};
}

void DatabaseAccessLog::add(AccessEntry entry) {
    if (entry.at_ms == 0) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        entry.at_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    }
    bool wake = false;
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() >= longest_queue_) {
            ++dropped_;
            return;
        }
        queue_.push_back(std::move(entry));
        ++added_;
        wake = queue_.size() == 1 || queue_.size() == kBatch;
    }
    if (wake) wake_.notify_one();
}

void DatabaseAccessLog::write_batches() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [&] { return leaving_ || !queue_.empty(); });
        if (queue_.empty()) return;
        wake_.wait_for(lock, kGather, [&] { return leaving_ || hurry_ || queue_.size() >= kBatch; });
        const std::vector<AccessEntry> batch(queue_.begin(),
                                             queue_.begin() + std::min(queue_.size(), kBatch));
        lock.unlock();
        const auto status = write(batch);
        lock.lock();
        // What could not be written stays in the queue, which then fills and drops; at the end it is lost.
        if (status || leaving_) {
            queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(batch.size()));
            done_ += batch.size();
            if (!status) dropped_ += batch.size();
        }
        last_ = status;
        if (!status) hurry_ = false;
        if (queue_.empty()) hurry_ = false;
        written_.notify_all();
        if (!status) wake_.wait_for(lock, kGather, [&] { return leaving_; });
    }
}

base::Status DatabaseAccessLog::write(const std::vector<AccessEntry>& batch) {
    const std::string sql = "INSERT INTO " + table_ +
                            " (at, address, method, route, status, user_agent) VALUES (?, ?, ?, ?, ?, ?)";
    return database_->write_relaxed([&](Transaction& t) -> base::Status {
        for (const AccessEntry& entry : batch) {
            TRY_VOID(t.execute(sql, {entry.at_ms, storable(entry.address), storable(entry.method),
                                     storable(entry.route), entry.status, storable(entry.user_agent)}));
        }
        return {};
    });
}

base::Status DatabaseAccessLog::flush() {
    std::unique_lock lock(mutex_);
    const auto wanted = added_;
    last_ = {};
    hurry_ = true;
    wake_.notify_all();
    written_.wait(lock, [&] { return done_ >= wanted || !last_; });
    if (done_ >= wanted) return {};
    return last_;
}

base::Result<std::int64_t> DatabaseAccessLog::purge(int older_than_days) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto ended = std::chrono::duration_cast<std::chrono::milliseconds>(now).count() -
                       std::int64_t{older_than_days} * 24 * 3600 * 1000;
    return database_->execute("DELETE FROM " + table_ + " WHERE at < ?", {ended});
}

}  // namespace

base::Result<std::unique_ptr<AccessLog>> AccessLog::open(const std::string& address,
                                                         std::size_t longest_queue) {
    auto log = std::make_unique<DatabaseAccessLog>(TRY(Database::open({address, 2})), longest_queue);
    TRY_VOID(log->prepare());
    return log;
}

}  // namespace mmx::store
