#include "store/sqlite_connection.h"

#include <sqlite3.h>

#include "store/statement_rules.h"

namespace mmx::store {
namespace {

using base::Kind;

// Rooms write their SQL as constants, so this many are never reached but by a defect.
constexpr std::size_t kMostStatements = 500;

void now_ms(sqlite3_context* context, int, sqlite3_value**) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    sqlite3_result_int64(context, std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

int bind(sqlite3_stmt* statement, int place, const Value& value) {
    struct Binder {
        sqlite3_stmt* statement;
        int place;
        int operator()(std::monostate) const { return sqlite3_bind_null(statement, place); }
        int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, place, number); }
        int operator()(double number) const { return sqlite3_bind_double(statement, place, number); }
        // The parameters outlive the statement's run, so nothing is copied.
        int operator()(const std::string& text) const {
            return sqlite3_bind_text64(statement, place, text.data(), text.size(), SQLITE_STATIC,
                                       SQLITE_UTF8);
        }
        int operator()(const Blob& blob) const {
            return sqlite3_bind_blob64(statement, place, blob.bytes.data(), blob.bytes.size(), SQLITE_STATIC);
        }
    };
    return std::visit(Binder{statement, place}, value.held());
}

std::string_view bytes_of(const void* first, int count) {
    return {static_cast<const char*>(first), count == 0 ? 0 : static_cast<std::size_t>(count)};
}

// Asked of the value rather than of the column, which costs a third. Such a value may be read by whoever has
// the connection to himself, as we do.
void read_column(sqlite3_stmt* statement, int place, Value& into) {
    sqlite3_value* value = sqlite3_column_value(statement, place);
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER:
            into = Value(static_cast<std::int64_t>(sqlite3_value_int64(value)));
            break;
        case SQLITE_FLOAT:
            into = Value(sqlite3_value_double(value));
            break;
        case SQLITE_TEXT: {
            const void* first = sqlite3_value_text(value);
            into.set_text(bytes_of(first, sqlite3_value_bytes(value)));
            break;
        }
        case SQLITE_BLOB: {
            const void* first = sqlite3_value_blob(value);
            into = Value(Blob{std::string(bytes_of(first, sqlite3_value_bytes(value)))});
            break;
        }
        default:
            into = Value();
    }
}

// Before any connection is opened. No count is kept of the memory in use, which would take a lock at every
// turn; and each connection has one user at a time, so SQLite need not lock it.
void set_up_once() {
    static const bool done = [] {
        return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK &&
               sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK;
    }();
    static_cast<void>(done);  // where it was not taken, it is slower, no more
}

}  // namespace

base::Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::string& path, Role role,
                                                                       std::chrono::milliseconds busy_limit) {
    set_up_once();
    std::unique_ptr<SqliteConnection> made(new SqliteConnection);
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (sqlite3_open_v2(path.c_str(), &made->handle_, flags, nullptr) != SQLITE_OK) return made->failed();
    sqlite3_busy_timeout(made->handle_, static_cast<int>(busy_limit.count()));
    sqlite3_create_function_v2(made->handle_, "now_ms", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, nullptr, now_ms,
                               nullptr, nullptr, nullptr);
    // synchronous=FULL syncs the log at every commit: what was accepted survives a power cut.
    // secure_delete leaves no erased person's words in the file's unused pages.
    TRY_VOID(
        made->run_script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                         "PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;"
                         "PRAGMA journal_size_limit=67108864; PRAGMA secure_delete=ON;"));
    if (role == Role::reader) TRY_VOID(made->run_script("PRAGMA query_only=ON;"));
    return made;
}

SqliteConnection::~SqliteConnection() {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
}

bool SqliteConnection::in_transaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

tl::unexpected<base::Error> SqliteConnection::failed() const {
    if (handle_ == nullptr) return disk_full("SQLite: out of memory");
    const int code = sqlite3_extended_errcode(handle_);
    std::string told = "SQLite " + std::to_string(code) + ": " + sqlite3_errmsg(handle_);
    switch (code & 0xff) {
        case SQLITE_CONSTRAINT:
            if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                code == SQLITE_CONSTRAINT_ROWID || code == SQLITE_CONSTRAINT_FOREIGNKEY)
                return conflict(std::move(told));
            return defect(std::move(told));
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_NOMEM:
            return busy(std::move(told));
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
            return disk_full(std::move(told));
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return base::fail(Kind::unreadable, "The database's file is damaged or not a database.",
                              std::move(told));
        default:
            return defect(std::move(told));
    }
}

base::Result<sqlite3_stmt*> SqliteConnection::prepare(std::string_view sql) {
    if (const auto found = statements_.find(sql); found != statements_.end()) return found->second;
    if (statements_.size() >= kMostStatements) {
        for (const auto& [text, statement] : statements_) sqlite3_finalize(statement);
        statements_.clear();
    }
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement, &rest) != SQLITE_OK)
        return failed();
    if (statement == nullptr) return defect("an empty statement");
    const std::string_view more(rest, sql.data() + sql.size() - rest);
    if (more.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
        sqlite3_finalize(statement);
        return defect("several statements in one text");
    }
    statements_.emplace(sql, statement);
    return statement;
}

base::Status SqliteConnection::run(std::string_view sql, const Parameters& parameters,
                                   const std::function<void(Row&)>& take) {
    sqlite3_stmt* statement = TRY(prepare(sql));
    if (sqlite3_bind_parameter_count(statement) != static_cast<int>(parameters.size()))
        return defect("the statement has " + std::to_string(sqlite3_bind_parameter_count(statement)) +
                      " parameters, given were " + std::to_string(parameters.size()));
    base::Status status;
    Row row(std::vector<Value>(static_cast<std::size_t>(sqlite3_column_count(statement))));
    for (std::size_t i = 0; i < parameters.size() && status; ++i)
        if (bind(statement, static_cast<int>(i) + 1, parameters[i]) != SQLITE_OK) status = failed();
    while (status) {
        const int step = sqlite3_step(statement);
        if (step == SQLITE_DONE) break;
        if (step != SQLITE_ROW) {
            status = failed();
        } else if (take) {
            for (std::size_t i = 0; i < row.size(); ++i)
                read_column(statement, static_cast<int>(i), row.values()[i]);
            take(row);
        }
    }
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return status;
}

base::Result<Rows> SqliteConnection::query(std::string_view sql, const Parameters& parameters) {
    Rows rows;
    TRY_VOID(run(sql, parameters, [&](Row& row) {
        const std::size_t width = row.size();
        rows.push_back(std::move(row));
        row = Row(std::vector<Value>(width));
    }));
    return rows;
}

base::Status SqliteConnection::each(std::string_view sql, const Parameters& parameters,
                                    const std::function<void(const Row&)>& take) {
    return run(sql, parameters, take);
}

base::Result<std::int64_t> SqliteConnection::execute(std::string_view sql, const Parameters& parameters) {
    const auto before = sqlite3_total_changes64(handle_);
    TRY_VOID(run(sql, parameters, {}));
    // sqlite3_changes() keeps the last count when a statement changes nothing by its nature.
    return sqlite3_total_changes64(handle_) == before ? 0 : sqlite3_changes64(handle_);
}

base::Status SqliteConnection::run_script(std::string_view sql) {
    if (sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failed();
    return {};
}

}  // namespace mmx::store
