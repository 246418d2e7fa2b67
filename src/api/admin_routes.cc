// Administration: accounts, credits, jobs, figures, audit. None of it shows a prompt, lyrics or audio.
#include <nlohmann/json.hpp>

#include "accounts/accounts.h"
#include "api/context.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "billing/ledger.h"
#include "billing/usage.h"
#include "jobs/queue.h"
#include "library/archive.h"
#include "library/making.h"
#include "store/audit.h"

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

Outcome list_users(const Call& call) {
    accounts::AccountQuery query;
    query.text = call.request.query_value("q");
    query.cursor = call.request.query_value("cursor");
    query.limit = static_cast<int>(call.query_integer("limit", 50));
    const auto page = TRY(accounts::list_accounts(call.context.registry, query));
    Json users = Json::array();
    for (const auto& account : page.accounts) users.push_back(to_json(account));
    return json_answer(
        {{"users", users}, {"next_cursor", page.next_cursor.empty() ? Json() : Json(page.next_cursor)}});
}

base::Result<Json> user_json(const Call& call, const accounts::Account& account) {
    const auto plans = call.context.plans.current();
    const auto usage = TRY(billing::usage(call.context.database, account.id, plans->of(account.plan)));
    const auto stored = TRY(call.context.database.read(
        [&](store::Transaction& transaction) { return library::stored_bytes(transaction, account.id); }));
    Json json = to_json(account);
    json["credits"] = usage.credits;
    json["generations_today"] = usage.day.used;
    json["generations_this_month"] = usage.month.used;
    json["stored_bytes"] = stored;
    return json;
}

Outcome get_user(const Call& call) {
    return json_answer(TRY(user_json(call, TRY(accounts::account_by_id(call.context.database, call.id())))));
}

Outcome grant_credits(const Call& call) {
    const auto account = TRY(accounts::account_by_id(call.context.database, call.id()));
    const auto amount = call.integer("amount", 0);
    const std::string reason = call.text("reason");
    const auto balance =
        TRY(call.context.database.write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
            const auto after =
                TRY(billing::grant(transaction, account.id, amount, reason, call.session->account_id));
            TRY_VOID(
                store::append_audit(transaction, {0, 0, call.session->account_id, "credits.grant", account.id,
                                                  Json{{"amount", amount}, {"reason", reason}}.dump()}));
            return after;
        }));
    return json_answer({{"id", account.id}, {"credits", balance}});
}

Outcome set_plan(const Call& call) {
    const auto account = TRY(
        accounts::set_plan(call.context.registry, call.session->account_id, call.id(), call.text("plan")));
    return json_answer(TRY(user_json(call, account)));
}

Outcome set_role(const Call& call) {
    const auto role = TRY(accounts::role_of(call.text("role")));
    const auto account =
        TRY(accounts::set_role(call.context.registry, call.session->account_id, call.id(), role));
    return json_answer(TRY(user_json(call, account)));
}

Outcome suspend(const Call& call) {
    const std::string& actor = call.session->account_id;
    const auto account =
        call.body.value("suspended", true)
            ? TRY(accounts::suspend(call.context.registry, actor, call.id(), call.text("reason")))
            : TRY(accounts::unsuspend(call.context.registry, actor, call.id()));
    return json_answer(TRY(user_json(call, account)));
}

Json optional_time(const std::optional<std::int64_t>& at) {
    return at ? time_text(*at) : Json();
}

Json to_json(const jobs::JobRow& job) {
    return {{"id", job.id},
            {"kind", job.kind},
            {"state", jobs::name_of(job.state)},
            {"account_id", job.account_id},
            {"subject", job.subject},
            {"engine", job.engine},
            {"engine_version", job.engine_version},
            {"attempts", job.attempts},
            {"max_attempts", job.max_attempts},
            {"priority", job.priority},
            {"stage", job.stage},
            {"progress", job.progress},
            {"worker", job.worker},
            {"cancel_asked", job.cancel_asked},
            {"error", job.error_user},
            {"error_log", job.error_log},
            {"run_after", time_text(job.run_after_at_ms)},
            {"created_at", time_text(job.created_at_ms)},
            {"started_at", optional_time(job.started_at_ms)},
            {"ended_at", optional_time(job.ended_at_ms)},
            {"lease_until", optional_time(job.lease_until_at_ms)}};
}

Outcome list_jobs(const Call& call) {
    jobs::ListQuery query;
    if (const auto state = call.request.query_value("state"); !state.empty())
        query.state = jobs::state_of(state);
    query.kind = call.request.query_value("kind");
    query.account_id = call.request.query_value("account_id");
    query.before_id = call.request.query_value("before");
    query.limit = static_cast<int>(call.query_integer("limit", 50));
    const auto rows = TRY(jobs::list(call.context.database, query));
    Json list = Json::array();
    for (const auto& row : rows) list.push_back(to_json(row));
    const bool more = static_cast<int>(rows.size()) == query.limit;
    return json_answer({{"jobs", list}, {"next_before", more ? Json(rows.back().id) : Json()}});
}

Outcome retry_job(const Call& call) {
    const auto touched =
        TRY(call.context.database.write([&](store::Transaction& transaction) -> base::Result<jobs::Touched> {
            const auto job = TRY(jobs::replay(transaction, call.id(), call.session->account_id));
            TRY_VOID(library::settle(transaction, job));
            TRY_VOID(store::append_audit(transaction,
                                         {0, 0, call.session->account_id, "job.retry", call.id(), "{}"}));
            return job;
        }));
    return json_answer(
        {{"id", touched.job_id}, {"kind", touched.kind}, {"state", jobs::name_of(touched.state)}}, 202);
}

Outcome stats(const Call& call) {
    const auto counts = TRY(jobs::counts(call.context.database));
    Json by_state = Json::object();
    const auto rows = TRY(call.context.database.query("SELECT state, count(*) FROM songs GROUP BY state"));
    for (const auto& row : rows) by_state[row.text(0)] = row.integer(1);
    const auto totals = TRY(call.context.database.query(
        "SELECT (SELECT count(*) FROM accounts), (SELECT count(*) FROM accounts WHERE state = 'suspended'), "
        "(SELECT coalesce(sum(stored_bytes), 0) FROM library_accounts)"));
    return json_answer({{"accounts", totals[0].integer(0)},
                        {"accounts_suspended", totals[0].integer(1)},
                        {"stored_bytes", totals[0].integer(2)},
                        {"songs", by_state},
                        {"jobs",
                         {{"queued", counts.queued},
                          {"running", counts.running},
                          {"done", counts.done},
                          {"failed", counts.failed},
                          {"dead", counts.dead},
                          {"cancelled", counts.cancelled},
                          {"oldest_queued_seconds", static_cast<double>(counts.oldest_queued_ms) / 1000}}}});
}

Outcome list_audit(const Call& call) {
    store::AuditQuery query;
    if (const auto given = call.query_integer("before", 0); given > 0) query.before_seq = given;
    query.limit = static_cast<int>(call.query_integer("limit", 50));
    const auto lines = TRY(store::audit_page(call.context.database, query));
    Json list = Json::array();
    for (const auto& line : lines)
        list.push_back({{"seq", line.seq},
                        {"at", time_text(line.at)},
                        {"actor_id", line.actor_id},
                        {"action", line.action},
                        {"subject", line.subject},
                        {"details", parsed_or_null(line.details)}});
    const bool more = static_cast<int>(lines.size()) == query.limit;
    return json_answer({{"audit", list}, {"next_before", more ? Json(lines.back().seq) : Json()}});
}

}  // namespace

void add_admin_routes(std::vector<Endpoint>& rows) {
    const auto get = [&](std::string_view path, std::string_view summary, std::vector<Field> query,
                         std::string_view answers, auto run) {
        rows.push_back({"GET",
                        path,
                        "administration",
                        summary,
                        Needs::administrator,
                        Rate::reading,
                        {},
                        std::move(query),
                        200,
                        answers,
                        run});
    };
    const auto post = [&](std::string_view path, std::string_view summary, std::vector<Field> body,
                          int status, std::string_view answers, auto run) {
        rows.push_back({"POST",
                        path,
                        "administration",
                        summary,
                        Needs::administrator,
                        Rate::changing,
                        std::move(body),
                        {},
                        status,
                        answers,
                        run});
    };
    const Field limit{"limit", Type::integer, false, 1, 200, "rows a page"};
    const Field before_seq{"before", Type::integer, false, 1, 9e15, "next_before of the page before"};
    get("/api/v1/admin/users", "Accounts, newest first",
        {{"q", Type::text, false, 0, 200, "in address or name"},
         {"cursor", Type::text, false, 1, 500, "next_cursor of the page before"},
         limit},
        "Users", list_users);
    get("/api/v1/admin/users/{id}", "One account with its usage", {}, "User", get_user);
    post("/api/v1/admin/users/{id}/credits", "Grant or correct credits",
         {{"amount", Type::integer, true, -1e6, 1e6, "credits; negative corrects"},
          {"reason", Type::text, true, 1, 200, "why; the owner reads it in the ledger"}},
         200, "Credits", grant_credits);
    post("/api/v1/admin/users/{id}/plan", "Change the plan",
         {{"plan", Type::text, true, 1, 60, "a plan's id"}}, 200, "User", set_plan);
    post(
        "/api/v1/admin/users/{id}/role", "Change the role",
        {{"role", Type::text, true, 1, 20, "what the account may do", {"user", "reviewer", "administrator"}}},
        200, "User", set_role);
    post("/api/v1/admin/users/{id}/suspend", "Suspend an account, or take that back",
         {{"suspended", Type::flag, true, 0, 0, "false takes it back"},
          {"reason", Type::text, false, 0, 500, "why; kept in the audit"}},
         200, "User", suspend);
    get("/api/v1/admin/jobs", "Jobs, newest first",
        {{"state",
          Type::text,
          false,
          1,
          20,
          "only these",
          {"queued", "running", "done", "failed", "dead", "cancelled"}},
         {"kind", Type::text, false, 1, 60, "only this kind"},
         {"account_id", Type::text, false, 1, 60, "only this account's"},
         {"before", Type::text, false, 1, 60, "next_before of the page before"},
         limit},
        "Jobs", list_jobs);
    post("/api/v1/admin/jobs/{id}/retry", "Run a dead or failed job again", {}, 202, "Job", retry_job);
    get("/api/v1/admin/stats", "Figures of the service", {}, "Stats", stats);
    get("/api/v1/admin/audit", "Who did what, newest first", {before_seq, limit}, "Audit", list_audit);
}

}  // namespace mmx::api
