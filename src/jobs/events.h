// What happened, in order, for those who watch: one row an event, read after a position.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace mmx::jobs {

inline constexpr std::string_view kEventChannel = "events";  // notified when one was appended

// A place in the stream. On PostgreSQL transactions commit in another order than they take numbers, so the
// place holds the transaction too, and an event is read once every older transaction has ended: who reads
// on from the last position never misses one. (An event may so be seen later than its notification: look
// again after at most a second.)
struct Position {
    std::int64_t transaction = 0;
    std::int64_t seq = 0;
    friend auto operator<=>(const Position&, const Position&) = default;

    std::string text() const;  // "7001-42", for SSE's id and Last-Event-ID
    static std::optional<Position> parse(std::string_view text);
};

struct Event {
    Position position;
    std::string account_id;
    std::string kind;  // "song", "usage"
    std::string body;  // JSON; only the account's own browser sees it
    std::int64_t at_ms = 0;
};

// Seen by readers once the transaction commits.
base::Status append(store::Transaction& transaction, const std::string& account_id, std::string_view kind,
                    const std::string& body);

// In order, at most `limit` (1 to 1000).
base::Result<std::vector<Event>> events_after(store::Database& database, Position after, int limit);
base::Result<std::vector<Event>> events_of(store::Database& database, const std::string& account_id,
                                           Position after, int limit);
// Where a reader starts who wants only what comes.
base::Result<Position> newest_position(store::Database& database);

// Forgets events older than a day. Says how many.
base::Result<std::int64_t> sweep_events(store::Database& database);

}  // namespace mmx::jobs
