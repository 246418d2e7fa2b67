#include "store/settings.h"

namespace mmx::store {

base::Result<std::optional<std::string>> setting(Database& database, std::string_view key) {
    const auto rows = TRY(database.query("SELECT value FROM settings WHERE key = ?", {key}));
    if (rows.empty()) return std::optional<std::string>();
    return std::optional(rows.front().text(0));
}

base::Status change_setting(Transaction& transaction, std::string_view key, std::string_view value) {
    TRY_VOID(transaction.execute(
        "INSERT INTO settings (key, value, changed_at) VALUES (?, ?, now_ms()) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
        {key, value}));
    return {};
}

base::Result<std::string> remember_first(Database& database, std::string_view key, std::string_view value) {
    return database.write([&](Transaction& t) -> base::Result<std::string> {
        TRY_VOID(
            t.execute("INSERT INTO settings (key, value, changed_at) VALUES (?, ?, now_ms()) "
                      "ON CONFLICT (key) DO NOTHING",
                      {key, value}));
        return TRY(t.query("SELECT value FROM settings WHERE key = ?", {key})).front().text(0);
    });
}

}  // namespace mmx::store
