// The kinds of work, each a function of its claim.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "engine/engine.h"
#include "jobs/queue.h"
#include "work/lease.h"
#include "work/worker.h"

namespace mmx::work {

// Each works under the lease and, when all went well, ends the claim itself. An error leaves it open: see
// end_badly(). Errors of the engine and the disk say whether trying again can help.
base::Status make_song(const Tools& tools, engine::Engine& engine, Lease& lease);
// "wav", "mp3_v0", "mp3_320", "opus" from the kept original; "stems" played again from the record.
base::Status make_rendition(const Tools& tools, engine::Engine& engine, Lease& lease);

// What follows an error: tried again, failed with its refund, cancelled, or handed back because the worker
// stops. After a lost lease nothing: the job is another's.
base::Status end_badly(const Tools& tools, const Lease& lease, const base::Error& error);

// What the account's plan is now. An account that is gone gets what "free" gives: its jobs end soon.
base::Result<billing::Plan> plan_of(const Tools& tools, const std::string& account_id);

}  // namespace mmx::work
