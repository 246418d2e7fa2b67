// How a claim ends when its work did not.
#include "library/making.h"
#include "library/renditions.h"
#include "log/log.h"
#include "work/jobs.h"

namespace mmx::work {
namespace {

using store::Transaction;

base::Result<jobs::State> end_failed(Transaction& transaction, const jobs::Claim& claim,
                                     const base::Error& error) {
    if (claim.kind == library::kMakeSong) return library::failed(transaction, claim, error);
    if (claim.kind == library::kMakeRendition) return library::fail_rendition(transaction, claim, error);
    return jobs::fail(transaction, claim, error);
}

base::Status hand_back(Transaction& transaction, const jobs::Claim& claim) {
    if (claim.kind == library::kMakeSong || claim.kind == library::kMakeRendition)
        return library::given_back(transaction, claim);
    return jobs::give_back(transaction, claim);
}

// Below us an error may name paths and sizes, which are the operator's business; and a full disk or a broken
// scratch file is no reason to give an order up.
base::Error for_the_account(base::Error error) {
    using base::Kind;
    if (error.kind == Kind::io || error.kind == Kind::unreadable || error.kind == Kind::missing_part) {
        error.tell_log = error.tell_user + " " + error.tell_log;
        error.tell_user = "The file could not be made or stored here just now.";
        error.kind = Kind::unavailable;
        error.retry = base::Retry::may_help;
    }
    return error;
}

}  // namespace

base::Status end_badly(const Tools& tools, const Lease& lease, const base::Error& what) {
    const base::Error error = for_the_account(what);
    const jobs::Claim& claim = lease.claim();
    const Halt halt = lease.halt();
    if (halt == Halt::lost) {
        log::warn("lost a job to another worker", {{"job", claim.job_id}});
        return {};
    }
    if (halt == Halt::stopping && error.kind == base::Kind::cancelled) {
        log::info("job handed back", {{"job", claim.job_id}});
        return tools.database.write([&](Transaction& t) { return hand_back(t, claim); });
    }
    const jobs::State state =
        TRY(tools.database.write([&](Transaction& t) { return end_failed(t, claim, error); }));
    if (state == jobs::State::cancelled)
        log::info("job cancelled", {{"job", claim.job_id}});
    else
        log::failure("job failed", error,
                     {{"job", claim.job_id}, {"kind", claim.kind}, {"state", std::string(name_of(state))}});
    return {};
}

base::Result<billing::Plan> plan_of(const Tools& tools, const std::string& account_id) {
    const auto account = accounts::account_by_id(tools.database, account_id);
    if (!account && account.error().kind != base::Kind::not_found) return tl::unexpected(account.error());
    return tools.plans.current()->of(account ? account->plan : "free");
}

}  // namespace mmx::work
