// One connection to an SQLite file, with its prepared statements.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "store/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace mmx::store {

// One thread at a time.
class SqliteConnection {
  public:
    enum class Role { writer, reader };
    static base::Result<std::unique_ptr<SqliteConnection>> open(const std::string& path, Role role,
                                                                std::chrono::milliseconds busy_limit);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    base::Result<Rows> query(std::string_view sql, const Parameters& parameters = {});
    base::Status each(std::string_view sql, const Parameters& parameters,
                      const std::function<void(const Row&)>& take);
    base::Result<std::int64_t> execute(std::string_view sql, const Parameters& parameters = {});
    base::Status run_script(std::string_view sql);
    // Full disks and the like end a transaction without being asked.
    bool in_transaction() const;

  private:
    SqliteConnection() = default;
    base::Result<sqlite3_stmt*> prepare(std::string_view sql);
    base::Status run(std::string_view sql, const Parameters& parameters,
                     const std::function<void(Row&)>& take);
    tl::unexpected<base::Error> failed() const;

    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    sqlite3* handle_ = nullptr;
    std::unordered_map<std::string, sqlite3_stmt*, Hash, std::equal_to<>> statements_;
};

}  // namespace mmx::store
