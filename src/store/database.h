// One database, two kinds behind it: SQLite for one machine, PostgreSQL for a fleet.
//
// The same SQL text serves both: '?' marks a parameter (and stands nowhere else outside quotes), now_ms()
// is the database's own clock (milliseconds since 1970, UTC), instants are BIGINT/INTEGER columns named
// ..._at, flags are 0/1 integers, JSON is text. What differs is asked for by dialect().
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace mmx::store {

enum class Dialect { sqlite, postgresql };

struct Blob {
    std::string bytes;
};

// A parameter or a result. Text is UTF-8 and may hold any character but NUL, which PostgreSQL refuses.
class Value {
  public:
    Value() = default;  // NULL
    Value(std::nullopt_t) {}
    Value(std::string text) : held_(std::move(text)) {}
    Value(std::string_view text) : held_(std::string(text)) {}
    Value(const char* text) : held_(std::string(text)) {}
    Value(double number) : held_(number) {}
    Value(Blob blob) : held_(std::move(blob)) {}
    template <class Integer>
    requires std::is_integral_v<Integer> Value(Integer number) : held_(static_cast<std::int64_t>(number)) {}
    template <class T>
    Value(const std::optional<T>& maybe) {
        if (maybe) *this = Value(*maybe);
    }

    bool is_null() const { return std::holds_alternative<std::monostate>(held_); }
    const auto& held() const { return held_; }
    // Another text in the memory that the one before had.
    void set_text(std::string_view text) {
        if (auto* held = std::get_if<std::string>(&held_))
            held->assign(text);
        else
            held_.emplace<std::string>(text);
    }

  private:
    std::variant<std::monostate, std::int64_t, double, std::string, Blob> held_;
};

// One row of an answer; columns count from 0. Asking for another type than the column has is a defect of
// the caller: numbers read as 0, text as empty.
class Row {
  public:
    explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
    std::vector<Value>& values() { return values_; }
    std::size_t size() const { return values_.size(); }
    bool is_null(std::size_t column) const { return values_[column].is_null(); }
    std::int64_t integer(std::size_t column) const;
    bool flag(std::size_t column) const { return integer(column) != 0; }
    double real(std::size_t column) const;  // integers too
    const std::string& text(std::size_t column) const;
    const std::string& blob(std::size_t column) const;
    std::optional<std::int64_t> maybe_integer(std::size_t column) const;
    std::optional<double> maybe_real(std::size_t column) const;
    std::optional<std::string> maybe_text(std::size_t column) const;

  private:
    std::vector<Value> values_;
};
using Rows = std::vector<Row>;
using Parameters = std::vector<Value>;

// Errors of every statement: Kind::conflict (a unique or foreign key; tell_log names the constraint),
// unavailable with Retry::may_help (busy for longer than the time limit, disk full, connection lost,
// serialization failure after the retries), invalid_request (text that is not UTF-8 or holds a NUL),
// internal (the SQL is wrong).
//
// The first error ends a transaction on both dialects: every later statement repeats that error and nothing
// is committed, even if the work goes on to give a value. Where a conflict is expected, write ON CONFLICT.
// PostgreSQL must be able to tell each parameter's type: '? IS NULL' alone needs CAST(? AS TEXT).
class Transaction {
  public:
    virtual ~Transaction() = default;
    virtual Dialect dialect() const = 0;
    virtual base::Result<Rows> query(std::string_view sql, const Parameters& parameters = {}) = 0;
    // The same, row by row, each lent until the next comes: for long answers, which are not kept as rows.
    // `take` may not use the database.
    virtual base::Status each(std::string_view sql, const Parameters& parameters,
                              const std::function<void(const Row&)>& take) = 0;
    // The number of rows changed.
    virtual base::Result<std::int64_t> execute(std::string_view sql, const Parameters& parameters = {}) = 0;
    // Several statements with ';' between them and no parameters: the files of a migration.
    virtual base::Status run_script(std::string_view sql) = 0;
    // Once (and only if) this commits, wakes whoever waits for the channel, on every server.
    virtual void notify(std::string_view channel) = 0;
};

struct DatabaseSettings {
    std::string address;  // "sqlite:PATH" or "postgresql://..." (a libpq URI)
    int readers = 4;      // connections that may read at once; PostgreSQL: connections in all
    std::chrono::milliseconds busy_limit{5000};
};

// Every call blocks: use it on pool threads only, never on those that serve sockets. Any number of threads.
// A transaction inside another of the same database and thread is refused (Kind::internal): two connections
// held by one thread are how pools come to a standstill.
class Database {
  public:
    static base::Result<std::unique_ptr<Database>> open(const DatabaseSettings& settings);
    virtual ~Database() = default;
    virtual Dialect dialect() const = 0;

    // Runs the work in one transaction that writes: commits when it gives a value, rolls back when it gives
    // an error or throws. On a serialization failure or deadlock the work runs again from the start, at most
    // five times, so it must touch nothing but its transaction. SQLite: one writer at a time, BEGIN
    // IMMEDIATE. PostgreSQL: READ COMMITTED; use SELECT ... FOR UPDATE where two may meet (for_update()).
    template <class Work>
    auto write(Work&& work) -> std::invoke_result_t<Work, Transaction&> {
        return run<std::invoke_result_t<Work, Transaction&>>(Access::write, work);
    }
    // For what may be forgotten when the machine loses its power (never when the program ends): counters of
    // rate limits, when somebody was last seen. It does not wait for the disk, so it costs a hundredth.
    template <class Work>
    auto write_relaxed(Work&& work) -> std::invoke_result_t<Work, Transaction&> {
        return run<std::invoke_result_t<Work, Transaction&>>(Access::relaxed_write, work);
    }
    // The same for several reads that should see one state.
    template <class Work>
    auto read(Work&& work) -> std::invoke_result_t<Work, Transaction&> {
        return run<std::invoke_result_t<Work, Transaction&>>(Access::read, work);
    }
    // Single statements, each its own transaction, without the round trips of BEGIN and COMMIT. query() and
    // look(), whose work is one statement, only read: INSERT ... RETURNING belongs into write().
    template <class Work>
    auto look(Work&& work) -> std::invoke_result_t<Work, Transaction&> {
        return run<std::invoke_result_t<Work, Transaction&>>(Access::single_read, work);
    }
    base::Result<Rows> query(std::string_view sql, const Parameters& parameters = {}) {
        return run<base::Result<Rows>>(Access::single_read,
                                       [&](Transaction& t) { return t.query(sql, parameters); });
    }
    base::Result<std::int64_t> execute(std::string_view sql, const Parameters& parameters = {}) {
        return run<base::Result<std::int64_t>>(Access::single_write,
                                               [&](Transaction& t) { return t.execute(sql, parameters); });
    }

    // Wake-ups. signals() counts the notifications of a channel seen so far; wait() returns the count once
    // it differs from `seen`, or when the time is over. A notification can be lost with the connection, so
    // callers look at their table after every wait.
    virtual std::uint64_t signals(std::string_view channel) = 0;
    virtual std::uint64_t wait(std::string_view channel, std::uint64_t seen,
                               std::chrono::milliseconds at_most) = 0;
    // Ends every wait() at once and for good: the program is stopping.
    virtual void stop_waiting() = 0;

    // Empties what deleted rows have left behind in the database's own log (P33): SQLite's is written back
    // and cut to nothing. PostgreSQL keeps its log to itself and reuses it.
    virtual base::Status forget_deleted() { return {}; }

  protected:
    enum class Access { read, write, relaxed_write, single_read, single_write };
    // Opens the transaction, calls `work` (which says whether to commit) and ends it; may call it again from
    // the start.
    virtual base::Status transact(Access access, const std::function<bool(Transaction&)>& work) = 0;

  private:
    template <class Outcome, class Work>
    Outcome run(Access access, Work&& work) {
        std::optional<Outcome> outcome;
        const base::Status status = transact(access, [&](Transaction& transaction) {
            outcome.emplace(work(transaction));
            return outcome->has_value();
        });
        if (!status) return tl::unexpected(status.error());
        return std::move(*outcome);
    }
};

// " FOR UPDATE" on PostgreSQL, nothing on SQLite, whose writer is alone.
std::string_view for_update(Dialect dialect);

// Brings the schema up to date: numbered SQL files carried in the program, each in one transaction, under a
// lock that other servers wait for. Refuses (Kind::conflict) a schema newer than this program, or one whose
// applied files have other checksums. Says what it applied.
base::Result<std::vector<std::string>> migrate(Database& database);
// Kind::conflict with what to do when migrations are missing; for servers that may not migrate by themselves.
base::Status check_schema(Database& database);

}  // namespace mmx::store
