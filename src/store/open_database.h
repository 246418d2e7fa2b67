// The two kinds of database, for Database::open() alone.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "store/database.h"

namespace mmx::store {

// The file is made, 0600, when it is absent; its folder too, 0700.
base::Result<std::unique_ptr<Database>> open_sqlite(const std::string& path,
                                                    const DatabaseSettings& settings);
base::Result<std::unique_ptr<Database>> open_postgres(const DatabaseSettings& settings);

}  // namespace mmx::store
