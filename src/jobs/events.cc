// Appending and reading events so that a reader who follows positions misses none.
#include "jobs/events.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace mmx::jobs {
namespace {

// Events of transactions older than every running one: no other event can appear before them any more.
std::string_view settled(store::Dialect dialect) {
    return dialect == store::Dialect::sqlite
               ? "1 = 1"
               : "transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
}

base::Result<std::vector<Event>> read(store::Database& database, std::string_view also,
                                      store::Parameters parameters, Position after, int limit) {
    parameters.emplace_back(after.transaction);
    parameters.emplace_back(after.seq);
    parameters.emplace_back(std::clamp(limit, 1, 1000));
    const store::Rows rows = TRY(database.query(
        fmt::format("SELECT transaction_id, seq, account_id, kind, body, at FROM events WHERE {}{} "
                    "AND (transaction_id, seq) > (?, ?) ORDER BY transaction_id, seq LIMIT ?",
                    also, settled(database.dialect())),
        parameters));
    std::vector<Event> events;
    for (const store::Row& row : rows)
        events.push_back(
            {{row.integer(0), row.integer(1)}, row.text(2), row.text(3), row.text(4), row.integer(5)});
    return events;
}

bool read_number(std::string_view text, std::int64_t& number) {
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    return trouble == std::errc() && end == text.data() + text.size() && number >= 0 && text.front() != '-';
}

}  // namespace

std::string Position::text() const {
    return fmt::format("{}-{}", transaction, seq);
}

std::optional<Position> Position::parse(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos || dash == 0 || dash + 1 == text.size()) return std::nullopt;
    Position position;
    if (!read_number(text.substr(0, dash), position.transaction) ||
        !read_number(text.substr(dash + 1), position.seq))
        return std::nullopt;
    return position;
}

base::Status append(store::Transaction& transaction, const std::string& account_id, std::string_view kind,
                    const std::string& body) {
    TRY_VOID(transaction.execute("INSERT INTO events (account_id, kind, body, at) VALUES (?, ?, ?, now_ms())",
                                 {account_id, kind, body}));
    transaction.notify(kEventChannel);
    return {};
}

base::Result<std::vector<Event>> events_after(store::Database& database, Position after, int limit) {
    return read(database, "", {}, after, limit);
}

base::Result<std::vector<Event>> events_of(store::Database& database, const std::string& account_id,
                                           Position after, int limit) {
    return read(database, "account_id = ? AND ", {account_id}, after, limit);
}

base::Result<Position> newest_position(store::Database& database) {
    const store::Rows rows = TRY(database.query(fmt::format(
        "SELECT transaction_id, seq FROM events WHERE {} ORDER BY transaction_id DESC, seq DESC LIMIT 1",
        settled(database.dialect()))));
    if (rows.empty()) return Position{};
    return Position{rows[0].integer(0), rows[0].integer(1)};
}

base::Result<std::int64_t> sweep_events(store::Database& database) {
    constexpr std::int64_t kKept_ms = 86'400'000;
    // A restored database counts its transactions anew: what claims to come from the future is of the old
    // one.
    const std::string_view future =
        database.dialect() == store::Dialect::sqlite
            ? ""
            : " OR transaction_id >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
    return database.execute(fmt::format("DELETE FROM events WHERE at < now_ms() - ?{}", future), {kKept_ms});
}

}  // namespace mmx::jobs
