// The numbered SQL files as values: what the program carries, and migrating to any list of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace mmx::store {

struct Migration {
    int number = 0;        // 1 in "0001_accounts"
    std::string name;      // "0001_accounts"
    std::string checksum;  // SHA-256 of the text, hex
    std::string sql;
};

std::vector<Migration> carried_migrations(Dialect dialect);  // in the order of their numbers
Migration make_migration(std::string_view file_name, std::string_view sql);
// As migrate(Database&) does with those carried. Releases only ever append.
base::Result<std::vector<std::string>> migrate(Database& database, const std::vector<Migration>& carried);

}  // namespace mmx::store
