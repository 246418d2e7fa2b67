#include "store/postgres_connection.h"

#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <charconv>

#include "store/postgres_text.h"
#include "store/statement_rules.h"

namespace mmx::store {
namespace {

using base::Kind;

// The text before "=" in 'Key (a, b)=(1, 2) already exists.' names the columns; what follows are people's
// data and stays out of the log.
std::string columns_of(const char* detail) {
    const std::string_view text = detail == nullptr ? "" : detail;
    const auto first = text.find('('), last = text.find(")=(");
    if (first == std::string_view::npos || last == std::string_view::npos || last < first) return {};
    return std::string(text.substr(first + 1, last - first - 1));
}

std::string field(const pg_result* answer, int code) {
    const char* text = PQresultErrorField(answer, code);
    return text == nullptr ? "" : text;
}

// In SQLite's words, so that a log reads the same: "UNIQUE constraint failed: accounts.email".
std::string describe_conflict(const pg_result* answer, bool unique) {
    const std::string table = field(answer, PG_DIAG_TABLE_NAME);
    std::string told = unique ? "UNIQUE constraint failed: " : "FOREIGN KEY constraint failed: ";
    std::string columns = columns_of(PQresultErrorField(answer, PG_DIAG_MESSAGE_DETAIL));
    for (std::size_t at = 0; (at = columns.find(", ", at)) != std::string::npos; at += table.size() + 3)
        columns.replace(at, 2, ", " + table + ".");
    if (!columns.empty()) told += table + "." + columns;
    return told + " (" + field(answer, PG_DIAG_CONSTRAINT_NAME) + ")";
}

}  // namespace

base::Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& address) {
    std::unique_ptr<PostgresConnection> made(new PostgresConnection);
    // What the address itself says comes last and wins. A dead network is noticed within 20 s.
    const std::array names = {
        "fallback_application_name", "connect_timeout",  "keepalives_idle",
        "keepalives_interval",       "keepalives_count", "tcp_user_timeout",
        "client_encoding",           "dbname",           static_cast<const char*>(nullptr)};
    const std::array values = {
        "mmx", "5", "10", "5", "2", "20000", "UTF8", address.c_str(), static_cast<const char*>(nullptr)};
    made->handle_ = PQconnectdbParams(names.data(), values.data(), /*expand_dbname=*/1);
    if (PQstatus(made->handle_) != CONNECTION_OK)
        return connection_lost(std::string("PostgreSQL: ") + PQerrorMessage(made->handle_));
    PQsetNoticeProcessor(
        made->handle_, [](void*, const char*) {}, nullptr);
    TRY_VOID(
        made->run_script("SET statement_timeout = 10000; SET idle_in_transaction_session_timeout = 60000;"
                         "SET bytea_output = 'hex'; SET default_transaction_isolation = 'read committed'"));
    return made;
}

PostgresConnection::~PostgresConnection() {
    PQfinish(handle_);
}

int PostgresConnection::socket() const {
    return PQsocket(handle_);
}

bool PostgresConnection::alive() {
    if (outdated_ || PQstatus(handle_) != CONNECTION_OK) return false;
    pollfd waiting{socket(), POLLIN, 0};
    if (::poll(&waiting, 1, 0) <= 0) return true;
    // An idle server says nothing, unless it says goodbye.
    return PQconsumeInput(handle_) == 1 && PQstatus(handle_) == CONNECTION_OK && ::poll(&waiting, 1, 0) <= 0;
}

bool PostgresConnection::in_transaction() const {
    return PQstatus(handle_) == CONNECTION_OK && PQtransactionStatus(handle_) != PQTRANS_IDLE;
}

std::optional<std::vector<std::string>> PostgresConnection::notifications() {
    if (PQconsumeInput(handle_) != 1) return std::nullopt;
    std::vector<std::string> payloads;
    while (PGnotify* notice = PQnotifies(handle_)) {
        payloads.emplace_back(notice->extra);
        PQfreemem(notice);
    }
    return payloads;
}

base::Status PostgresConnection::check(const pg_result* answer) {
    const auto status = PQresultStatus(answer);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return {};
    if (status == PGRES_EMPTY_QUERY) return defect("an empty statement");
    const std::string state = field(answer, PG_DIAG_SQLSTATE);
    const std::string group = state.substr(0, 2);
    std::string told = "PostgreSQL " + state;
    // Errors about values (class 22) quote them, and values are people's.
    if (group != "22") told += ": " + field(answer, PG_DIAG_MESSAGE_PRIMARY);
    if (PQstatus(handle_) != CONNECTION_OK || group == "08" || group == "57" || state.empty()) {
        if (state == "57014") return busy(std::move(told));  // longer than statement_timeout
        return connection_lost(std::move(told));
    }
    if (state == "23505" || state == "23503") return conflict(describe_conflict(answer, state == "23505"));
    if (state == "0A000" && told.find("cached plan") != std::string::npos) {
        lost_race_ = outdated_ = true;
        return busy(std::move(told));
    }
    if (group == "40") {
        lost_race_ = true;
        return busy(std::move(told));
    }
    if (state == "53100" || state == "58030") return disk_full(std::move(told));
    if (group == "53" || group == "55") return busy(std::move(told));
    if (state == "25P03") return connection_lost(std::move(told));
    return defect(std::move(told));
}

base::Result<std::string> PostgresConnection::prepare(std::string_view sql, std::string_view types,
                                                      const unsigned* oids, int count) {
    std::string key(types);
    key += '\0';
    key += sql;
    if (const auto found = statements_.find(key); found != statements_.end()) return found->second;
    std::string name = "s" + std::to_string(statements_.size());
    const Answer answer(PQprepare(handle_, name.c_str(), number_parameters(sql).c_str(), count, oids),
                        PQclear);
    TRY_VOID(check(answer.get()));
    statements_.emplace(std::move(key), name);
    return name;
}

base::Result<PostgresConnection::Answer> PostgresConnection::run(std::string_view sql,
                                                                 const Parameters& parameters) {
    std::vector<PostgresParameter> written;
    written.reserve(parameters.size());
    std::vector<const char*> values;
    std::vector<int> lengths, formats;
    std::vector<unsigned> oids;
    std::string types;
    for (const Value& value : parameters) {
        const auto& one = written.emplace_back(to_postgres(value));
        values.push_back(one.data());
        lengths.push_back(static_cast<int>(one.size()));
        formats.push_back(one.binary ? 1 : 0);
        oids.push_back(one.type);
        types += std::to_string(one.type) + ' ';
    }
    const int count = static_cast<int>(parameters.size());
    const std::string name = TRY(prepare(sql, types, oids.data(), count));
    Answer answer(PQexecPrepared(handle_, name.c_str(), count, values.data(), lengths.data(), formats.data(),
                                 /*resultFormat=*/0),
                  PQclear);
    TRY_VOID(check(answer.get()));
    return answer;
}

base::Result<Rows> PostgresConnection::query(std::string_view sql, const Parameters& parameters) {
    Rows rows;
    TRY_VOID(walk(sql, parameters, [&](Row& row) { rows.push_back(std::move(row)); }));
    return rows;
}

base::Status PostgresConnection::each(std::string_view sql, const Parameters& parameters,
                                      const std::function<void(const Row&)>& take) {
    return walk(sql, parameters, take);
}

base::Status PostgresConnection::walk(std::string_view sql, const Parameters& parameters,
                                      const std::function<void(Row&)>& take) {
    const Answer answer = TRY(run(sql, parameters));
    const int count = PQntuples(answer.get()), width = PQnfields(answer.get());
    std::vector<unsigned> types;
    for (int column = 0; column < width; ++column) types.push_back(PQftype(answer.get(), column));
    for (int number = 0; number < count; ++number) {
        std::vector<Value> values(static_cast<std::size_t>(width));
        for (int column = 0; column < width; ++column) {
            if (PQgetisnull(answer.get(), number, column)) continue;
            values[column] = from_postgres(
                types[column], {PQgetvalue(answer.get(), number, column),
                                static_cast<std::size_t>(PQgetlength(answer.get(), number, column))});
        }
        Row row(std::move(values));
        take(row);
    }
    return {};
}

base::Result<std::int64_t> PostgresConnection::execute(std::string_view sql, const Parameters& parameters) {
    const Answer answer = TRY(run(sql, parameters));
    const std::string_view count = PQcmdTuples(answer.get());
    const std::string_view command = PQcmdStatus(answer.get());
    std::int64_t changed = 0;
    // A SELECT's count is of rows seen, and nothing was changed.
    if (!command.starts_with("SELECT")) std::from_chars(count.data(), count.data() + count.size(), changed);
    return changed;
}

base::Status PostgresConnection::run_script(std::string_view sql) {
    const Answer answer(PQexec(handle_, std::string(sql).c_str()), PQclear);
    return check(answer.get());
}

base::Status PostgresConnection::commit() {
    const Answer answer(PQexec(handle_, "COMMIT"), PQclear);
    auto status = check(answer.get());
    if (!status && PQstatus(handle_) != CONNECTION_OK)
        status.error().tell_log += " (lost while committing: it may have been done)";
    if (status && std::string_view(PQcmdStatus(answer.get())) != "COMMIT")
        return defect("PostgreSQL rolled back where a commit was asked for");
    return status;
}

}  // namespace mmx::store
