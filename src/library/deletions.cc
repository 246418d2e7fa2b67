// Removing objects whose rows are gone: the row in object_deletions goes last, so a crash only repeats work.
#include "library/edit.h"

namespace mmx::library {
namespace {

base::Status remove_key(store::Objects& objects, const std::string& key) {
    if (!key.ends_with('/')) return objects.remove(key);
    for (const std::string& inside : TRY(objects.list(key))) TRY_VOID(objects.remove(inside));
    return {};
}

}  // namespace

base::Result<int> sweep_deletions(store::Database& database, store::Objects& objects, int most) {
    const store::Rows due = TRY(database.query(
        "SELECT key, due_at FROM object_deletions WHERE due_at <= now_ms() ORDER BY due_at LIMIT ?", {most}));
    for (const store::Row& row : due) {
        TRY_VOID(remove_key(objects, row.text(0)));
        TRY_VOID(database.execute("DELETE FROM object_deletions WHERE key = ? AND due_at = ?",
                                  {row.text(0), row.integer(1)}));
    }
    return static_cast<int>(due.size());
}

}  // namespace mmx::library
