// Single values that the service remembers about itself, by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace mmx::store {

base::Result<std::optional<std::string>> setting(Database& database, std::string_view key);
base::Status change_setting(Transaction& transaction, std::string_view key, std::string_view value);
// Keeps the value unless there is one already; gives what is kept. Correct when several start at once.
base::Result<std::string> remember_first(Database& database, std::string_view key, std::string_view value);

}  // namespace mmx::store
