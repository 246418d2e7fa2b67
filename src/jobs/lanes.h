// A lane is whose turn a job uses: its account's, or that of its kind for the service's own work.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace mmx::jobs {

std::string lane_of(std::string_view account_id, std::string_view kind);

// Whoever changes how many jobs of a lane run locks the lane first and its jobs after, so that caps hold and
// nobody waits in a circle. Nothing on SQLite, whose writer is alone.
base::Status lock_lane(store::Transaction& transaction, const std::string& lane);

// Empty texts are NULL in the tables.
inline std::optional<std::string> maybe(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

}  // namespace mmx::jobs
