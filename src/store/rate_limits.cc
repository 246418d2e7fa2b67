#include "store/rate_limits.h"

#include <algorithm>

namespace mmx::store {

base::Result<std::optional<int>> take(Database& database, std::string_view key_hash, int limit,
                                      int window_seconds) {
    const std::int64_t window_ms = 1000 * std::int64_t{std::clamp(window_seconds, 1, kLongestWindowSeconds)};
    return database.write_relaxed([&](Transaction& t) -> base::Result<std::optional<int>> {
        // An ended window begins anew within the same statement.
        const auto rows = TRY(
            t.query("INSERT INTO rate_buckets (key_hash, count, window_ends_at) VALUES (?, 1, now_ms() + ?) "
                    "ON CONFLICT (key_hash) DO UPDATE SET "
                    "count = CASE WHEN rate_buckets.window_ends_at <= now_ms() THEN 1 "
                    "ELSE rate_buckets.count + 1 END, "
                    "window_ends_at = CASE WHEN rate_buckets.window_ends_at <= now_ms() "
                    "THEN excluded.window_ends_at ELSE rate_buckets.window_ends_at END "
                    "RETURNING count, window_ends_at - now_ms()",
                    {key_hash, window_ms}));
        if (rows.front().integer(0) <= limit) return std::optional<int>();
        const auto left_ms = std::max<std::int64_t>(rows.front().integer(1), 1);
        return std::optional(static_cast<int>((left_ms + 999) / 1000));
    });
}

base::Result<std::int64_t> sweep_rate_buckets(Database& database) {
    return database.write_relaxed([](Transaction& t) {
        return t.execute("DELETE FROM rate_buckets WHERE window_ends_at <= now_ms()");
    });
}

}  // namespace mmx::store
