// Naming and locking lanes.
#include "jobs/lanes.h"

namespace mmx::jobs {

std::string lane_of(std::string_view account_id, std::string_view kind) {
    // No account's id holds a colon.
    return account_id.empty() ? "kind:" + std::string(kind) : std::string(account_id);
}

base::Status lock_lane(store::Transaction& transaction, const std::string& lane) {
    if (transaction.dialect() == store::Dialect::sqlite) return {};
    TRY_VOID(transaction.query("SELECT running FROM job_lanes WHERE lane = ? FOR UPDATE", {lane}));
    return {};
}

}  // namespace mmx::jobs
