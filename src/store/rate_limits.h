// How often something may be done in a stretch of time, counted where all servers see it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace mmx::store {

inline constexpr int kLongestWindowSeconds = 6 * 3600;

// Counts one more for the key and gives the seconds to wait where that is over the limit in the window that
// the first one opened. The key is a keyed hash made by the caller, so that no address is stored; windows are
// at most kLongestWindowSeconds, after which the sweep forgets. Correct however many ask at once.
base::Result<std::optional<int>> take(Database& database, std::string_view key_hash, int limit,
                                      int window_seconds);
// Removes what has ended; says how many.
base::Result<std::int64_t> sweep_rate_buckets(Database& database);

}  // namespace mmx::store
