// Archiving (P06): when stored audio passes the plan's limit, some of it goes; the songs stay.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace mmx::library {

inline constexpr std::string_view kArchive = "archive";  // the kind of job; key "archive:<account>"

struct Archived {
    std::vector<std::string> song_ids;     // in the order they went
    std::vector<std::string> object_keys;  // queued for deletion
    std::int64_t freed_bytes = 0;
};

// Audio made longest ago goes first, pinned songs last, the newest never; songs under hold or just being made
// again are skipped. One transaction a call, at most 200 songs: `song_ids` is empty once nothing is left to
// do.
base::Result<Archived> archive_over_limit(store::Database& database, const std::string& account_id,
                                          std::int64_t storage_bytes);

// The kept originals' bytes.
base::Result<std::int64_t> stored_bytes(store::Transaction& transaction, const std::string& account_id);
// Counts anew and compares: the accounts whose counter is wrong (none, unless we have a defect).
base::Result<std::vector<std::string>> wrong_counters(store::Database& database);

}  // namespace mmx::library
