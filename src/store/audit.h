// Who did what to what: a list that only grows, without any address of mail or network.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace mmx::store {

struct AuditEntry {
    std::int64_t seq = 0;  // given by the database, growing
    std::int64_t at = 0;   // ms since 1970, the database's clock
    std::string actor_id;  // an account's id, or "system"
    std::string action;    // "credits.grant"
    std::string subject;   // the id it was done to
    std::string details;   // JSON, an object
};

// In the transaction that does the thing, so that neither happens without the other. seq and at are ignored.
base::Status append_audit(Transaction& transaction, const AuditEntry& entry);

struct AuditQuery {
    std::optional<std::string> actor_id, subject;
    std::optional<std::int64_t> before_seq;  // the last seq of the page before
    int limit = 50;                          // 1 to 200
};
// Newest first.
base::Result<std::vector<AuditEntry>> audit_page(Database& database, const AuditQuery& query);

}  // namespace mmx::store
