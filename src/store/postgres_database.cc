// PostgreSQL behind the Database's door: a pool of connections, retries where transactions met, wake-ups.
#include <algorithm>
#include <mutex>
#include <thread>

#include "base/secrets.h"
#include "store/open_database.h"
#include "store/pool.h"
#include "store/postgres_connection.h"
#include "store/postgres_listener.h"
#include "store/signals.h"
#include "store/statement_rules.h"

namespace mmx::store {
namespace {

using std::chrono::milliseconds;

constexpr int kAttempts = 5;

// A place in the pool; its connection is made when it is first needed and made again when it was lost.
struct Slot {
    std::unique_ptr<PostgresConnection> connection;
};

class PostgresDatabase : public Database {
  public:
    explicit PostgresDatabase(const DatabaseSettings& settings)
        : address_(settings.address), busy_limit_(settings.busy_limit) {
        for (int i = 0; i < std::max(1, settings.readers); ++i) slots_.add(std::make_unique<Slot>());
    }
    ~PostgresDatabase() override { signals_.stop(); }

    Dialect dialect() const override { return Dialect::postgresql; }
    // The listener begins with the first who asks: a command that never waits needs no second connection.
    std::uint64_t signals(std::string_view channel) override {
        std::call_once(listens_, [&] {
            listener_ = std::make_unique<PostgresListener>(address_, signals_);
            listener_->wait_until_listening();
        });
        return signals_.count(channel);
    }
    std::uint64_t wait(std::string_view channel, std::uint64_t seen, milliseconds at_most) override {
        (void)signals(channel);
        return signals_.wait(channel, seen, at_most);
    }
    void stop_waiting() override { signals_.stop(); }

  protected:
    base::Status transact(Access access, const std::function<bool(Transaction&)>& work) override;

  private:
    base::Status attempt(PostgresConnection& connection, Access access,
                         const std::function<bool(Transaction&)>& work);

    const std::string address_;
    const milliseconds busy_limit_;
    Pool<Slot> slots_;
    Signals signals_;
    std::once_flag listens_;
    std::unique_ptr<PostgresListener> listener_;
};

class Rollback {
  public:
    explicit Rollback(PostgresConnection& connection) : connection_(connection) {}
    ~Rollback() {
        if (connection_.in_transaction()) (void)connection_.run_script("ROLLBACK");
    }
    Rollback(const Rollback&) = delete;
    Rollback& operator=(const Rollback&) = delete;

  private:
    PostgresConnection& connection_;
};

// Longer after each attempt, and never the same for two: those who met should not meet again.
milliseconds pause_after(int attempt) {
    const auto chance = static_cast<unsigned char>(base::random_bytes(1)[0]);
    return milliseconds((2 << attempt) + (chance << attempt) / 32);
}

base::Status PostgresDatabase::attempt(PostgresConnection& connection, Access access,
                                       const std::function<bool(Transaction&)>& work) {
    const Rollback rollback(connection);
    connection.begin_attempt();
    if (access == Access::write) TRY_VOID(connection.run_script("BEGIN"));
    if (access == Access::relaxed_write)
        TRY_VOID(connection.run_script("BEGIN; SET LOCAL synchronous_commit = off"));
    if (access == Access::read)
        TRY_VOID(connection.run_script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    OneTransaction<PostgresConnection> transaction(connection, Dialect::postgresql);
    const bool commit = work(transaction);
    if (!commit || transaction.first_error()) {
        // The work's own error stands; the first error of a statement matters where the work hid it.
        return transaction.first_error() ? base::Status(tl::unexpected(*transaction.first_error()))
                                         : base::Status();
    }
    for (const auto& channel : transaction.notifications())
        TRY_VOID(connection.query("SELECT pg_notify(?, ?)", {PostgresListener::kChannel, channel}));
    return connection.in_transaction() ? connection.commit() : base::Status();
}

base::Status PostgresDatabase::transact(Access access, const std::function<bool(Transaction&)>& work) {
    const Inside inside(this);
    if (inside.refused()) return defect("a transaction inside a transaction");
    const auto slot = slots_.take(busy_limit_);
    if (!slot) return busy("PostgreSQL: no connection came free in time");
    for (int number = 1;; ++number) {
        auto& connection = slot->connection;
        if (connection && !connection->alive()) connection.reset();
        if (!connection) connection = TRY(PostgresConnection::open(address_));
        bool failed = false;
        const auto status = attempt(*connection, access, [&](Transaction& transaction) {
            const bool commit = work(transaction);
            failed = !commit;
            return commit;
        });
        const bool again = connection->lost_race() && number < kAttempts;
        if (!again) return failed ? base::Status() : status;
        std::this_thread::sleep_for(pause_after(number));
    }
}

}  // namespace

base::Result<std::unique_ptr<Database>> open_postgres(const DatabaseSettings& settings) {
    auto database = std::make_unique<PostgresDatabase>(settings);
    TRY_VOID(database->query("SELECT 1"));  // a wrong address is told at once
    return database;
}

}  // namespace mmx::store
