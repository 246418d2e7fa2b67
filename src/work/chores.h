// What comes round: sweeps, mail, archiving; and leases that ran out.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "jobs/queue.h"
#include "work/worker.h"

namespace mmx::work {

// Those of the rooms below, followed by the service's own.
std::vector<Chore> all_chores(const Tools& tools, const Settings& settings);

// What to claim for them: their kinds, and deliver_now()'s.
std::vector<std::string> chore_kinds(const std::vector<Chore>& chores);

// Queues every chore that is not queued already. Called at the start and now and then: a chore that was
// given up comes back.
base::Status ensure_chores(store::Database& database, const std::vector<Chore>& chores);
// Does the claimed chore and, in one transaction, ends it and queues its next round.
base::Status do_chore(store::Database& database, const std::vector<Chore>& chores, const jobs::Claim& claim);

inline constexpr const char* kDeliverMail = "deliver_mail";
// A mail was just written: deliver without waiting for the next round. False when a delivery is under way;
// it may have looked already, so ask again.
base::Result<bool> deliver_now(store::Database& database);

// Archives what passes the plan's storage: the library queues it, a job an account.
base::Status do_archive(const Tools& tools, const jobs::Claim& claim);

// Jobs whose worker fell silent are queued again or given up, with their refunds.
base::Status reap(store::Database& database);

}  // namespace mmx::work
