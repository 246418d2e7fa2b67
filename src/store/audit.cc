#include "store/audit.h"

#include <algorithm>

namespace mmx::store {

base::Status append_audit(Transaction& transaction, const AuditEntry& entry) {
    TRY_VOID(transaction.execute(
        "INSERT INTO audit (at, actor_id, action, subject, details) VALUES (now_ms(), ?, ?, ?, ?)",
        {entry.actor_id, entry.action, entry.subject, entry.details}));
    return {};
}

base::Result<std::vector<AuditEntry>> audit_page(Database& database, const AuditQuery& query) {
    std::string sql = "SELECT seq, at, actor_id, action, subject, details FROM audit WHERE seq < ?";
    Parameters parameters = {query.before_seq.value_or(INT64_MAX)};
    if (query.actor_id) {
        sql += " AND actor_id = ?";
        parameters.emplace_back(*query.actor_id);
    }
    if (query.subject) {
        sql += " AND subject = ?";
        parameters.emplace_back(*query.subject);
    }
    sql += " ORDER BY seq DESC LIMIT ?";
    parameters.emplace_back(std::clamp(query.limit, 1, 200));
    std::vector<AuditEntry> entries;
    for (const Row& row : TRY(database.query(sql, parameters)))
        entries.push_back(
            {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5)});
    return entries;
}

}  // namespace mmx::store
