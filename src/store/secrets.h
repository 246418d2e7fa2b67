// The service's keys, all derived from one master of 32 bytes that never enters the database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace mmx::store {

// What a key is for; each purpose has its own, so that one that leaks says nothing about another. The words
// belong to what was made with them: append, never change.
namespace purpose {
inline constexpr std::string_view kPasswordPepper = "password pepper";
inline constexpr std::string_view kTokens = "token hashes";
inline constexpr std::string_view kAddresses = "address hashes";  // rate limits
inline constexpr std::string_view kCursors = "page cursors";
inline constexpr std::string_view kWatermark = "watermark";
}  // namespace purpose

// A value; any thread.
class Secrets {
  public:
    enum class Origin { kept, made_now };
    explicit Secrets(std::string master, Origin origin = Origin::kept)
        : master_(std::move(master)), origin_(origin) {}
    std::string key(std::string_view purpose) const;  // 32 bytes
    // Tells masters apart without telling them.
    std::string fingerprint() const;
    bool made_now() const { return origin_ == Origin::made_now; }

  private:
    std::string master_;
    Origin origin_;
};

// On one machine (SQLite) the master is made at the first start as FOLDER/master.key, 0600 in a 0700 folder;
// a file that others can read is refused. With PostgreSQL it must be supplied: 64 hexadecimal digits.
// Errors: Kind::invalid_request (not 64 digits), missing_part (not supplied; or no file, and none shall be
// made), unreadable (the file).
enum class Absent { make, refuse };
base::Result<Secrets> load_or_make_secrets(const std::string& folder, Dialect dialect,
                                           const std::optional<std::string>& supplied_hex,
                                           Absent absent = Absent::make);
// Whether a master was used with this database before.
base::Result<bool> has_fingerprint(Database& database);
// Kind::conflict where the database was made with another master; the first start remembers its own.
base::Status check_fingerprint(Database& database, const Secrets& secrets);

}  // namespace mmx::store
