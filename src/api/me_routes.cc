// One's own account: profile, password, address, sessions, usage, credits.
#include <nlohmann/json.hpp>

#include "accounts/accounts.h"
#include "api/context.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "billing/ledger.h"
#include "billing/usage.h"
#include "library/archive.h"

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

const billing::Plan plan_of(const Call& call) {
    return call.context.plans.current()->of(call.session->plan);
}

Outcome get_me(const Call& call) {
    const auto account = TRY(accounts::account_by_id(call.context.database, call.session->account_id));
    Json json = to_json(account);
    json["session_id"] = call.session->id;
    return json_answer(json);
}

net::Response visitor() {
    return json_answer({{"account", nullptr}});
}

// What a page asks first. Nobody signed in is an answer here and no failure, so that a visitor's browser has
// nothing to complain of.
Outcome get_session(const Call& call) {
    const std::string_view token = call.request.cookie(kSessionCookie);
    if (token.empty()) return visitor();
    const auto session = accounts::look_up(call.context.registry, token, accounts::Activity::counts);
    if (session) {
        Json json = to_json(TRY(accounts::account_by_id(call.context.database, session->account_id)));
        json["session_id"] = session->id;
        return json_answer({{"account", json}});
    }
    const base::Kind kind = session.error().kind;
    if (kind != base::Kind::not_signed_in && kind != base::Kind::not_allowed)
        return tl::unexpected(session.error());
    auto response = visitor();
    net::CookieSettings gone;
    gone.secure = call.context.is_secure();
    gone.max_age_seconds = 0;
    response.headers.add("Set-Cookie", net::set_cookie(kSessionCookie, "", gone));
    return response;
}

Outcome patch_me(const Call& call) {
    if (call.has("display_name"))
        TRY(accounts::rename(call.context.registry, *call.session, call.text("display_name")));
    return get_me(call);
}

Outcome change_password(const Call& call) {
    TRY_VOID(accounts::change_password(call.context.registry, *call.session, call.text("current_password"),
                                       call.text("password")));
    return net::Response::empty(204);
}

Outcome change_email(const Call& call) {
    TRY_VOID(accounts::change_email(call.context.registry, *call.session, call.text("password"),
                                    call.text("email")));
    return json_answer(
        {{"message", "A link was sent to the new address; nothing changes before it is used."}}, 202);
}

Outcome confirm_email(const Call& call) {
    return json_answer(to_json(TRY(accounts::confirm_email(call.context.registry, call.text("token")))));
}

Outcome list_sessions(const Call& call) {
    Json list = Json::array();
    for (const auto& row : TRY(accounts::list_sessions(call.context.registry, call.session->account_id)))
        list.push_back({{"id", row.id},
                        {"agent", row.agent},
                        {"current", row.id == call.session->id},
                        {"created_at", time_text(row.created_at)},
                        {"last_active_at", time_text(row.last_active_at)},
                        {"ends_at", time_text(row.ends_at)}});
    return json_answer({{"sessions", list}});
}

Outcome end_others(const Call& call) {
    return json_answer({{"ended", TRY(accounts::end_other_sessions(call.context.registry, *call.session))}});
}

Outcome end_one(const Call& call) {
    TRY_VOID(accounts::end_session(call.context.registry, call.session->account_id, call.id()));
    return net::Response::empty(204);
}

Json count_json(const billing::Count& count) {
    return {{"used", count.used},
            {"limit", count.limit},
            {"left", count.left()},
            {"resets_at", time_text(count.resets_at_ms)}};
}

Outcome get_usage(const Call& call) {
    const auto plan = plan_of(call);
    const std::string& account = call.session->account_id;
    const auto usage = TRY(billing::usage(call.context.database, account, plan));
    const auto stored = TRY(call.context.database.read(
        [&](store::Transaction& transaction) { return library::stored_bytes(transaction, account); }));
    return json_answer({{"plan", plan.id},
                        {"plan_name", plan.name},
                        {"today", count_json(usage.day)},
                        {"month", count_json(usage.month)},
                        {"credits",
                         {{"balance", usage.credits},
                          {"granted_monthly", usage.monthly_credits},
                          {"next_grant_at", time_text(usage.credits_at_ms)}}},
                        {"storage", {{"used_bytes", stored}, {"limit_bytes", plan.storage_bytes}}},
                        {"longest_song_seconds", plan.longest_song_seconds},
                        {"parallel_jobs", plan.parallel_jobs},
                        {"formats", plan.formats}});
}

Outcome get_credits(const Call& call) {
    std::optional<std::int64_t> before;
    if (const auto given = call.query_integer("before", 0); given > 0) before = given;
    const int limit = static_cast<int>(call.query_integer("limit", 50));
    const auto entries =
        TRY(billing::ledger_page(call.context.database, call.session->account_id, before, limit));
    Json list = Json::array();
    for (const auto& entry : entries)
        list.push_back({{"seq", entry.seq},
                        {"kind", billing::name_of(entry.kind)},
                        {"amount", entry.amount},
                        {"subject", entry.subject},
                        {"reason", entry.reason},
                        {"at", time_text(entry.at_ms)}});
    const auto usage = TRY(billing::usage(call.context.database, call.session->account_id, plan_of(call)));
    const bool more = static_cast<int>(entries.size()) == limit;
    return json_answer({{"balance", usage.credits},
                        {"entries", list},
                        {"next_before", more ? Json(entries.back().seq) : Json()}});
}

}  // namespace

void add_me_routes(std::vector<Endpoint>& rows) {
    const auto get = [&](std::string_view path, std::string_view summary, std::vector<Field> query,
                         std::string_view answers, auto run) {
        rows.push_back({"GET",
                        path,
                        "account",
                        summary,
                        Needs::session,
                        Rate::reading,
                        {},
                        std::move(query),
                        200,
                        answers,
                        run});
    };
    const auto change = [&](std::string_view method, std::string_view path, std::string_view summary,
                            std::vector<Field> body, int status, std::string_view answers, auto run,
                            net::Pool pool = net::Pool::database) {
        rows.push_back({method,
                        path,
                        "account",
                        summary,
                        Needs::session,
                        pool == net::Pool::hashing ? Rate::signing_in : Rate::changing,
                        std::move(body),
                        {},
                        status,
                        answers,
                        run,
                        pool});
    };
    const Field new_password{"password", Type::text, true,
                             1,          1024,       "10 to 1024 bytes, none of the common ones"};
    rows.push_back({"GET",
                    "/api/v1/session",
                    "account",
                    "Who is signed in, or null",
                    Needs::nothing,
                    Rate::reading,
                    {},
                    {},
                    200,
                    "Visitor",
                    get_session});
    get("/api/v1/me", "The account", {}, "Account", get_me);
    change("PATCH", "/api/v1/me", "Change the display name",
           {{"display_name", Type::text, false, 1, 60, "the name that others may see"}}, 200, "Account",
           patch_me);
    change("POST", "/api/v1/me/password", "Change the password; ends the other sessions",
           {{"current_password", Type::text, true, 1, 1024, "the present one"}, new_password}, 204, "",
           change_password, net::Pool::hashing);
    change("POST", "/api/v1/me/email", "Change the address; the new one gets a link",
           {{"password", Type::text, true, 1, 1024, "the account's password"},
            {"email", Type::text, true, 1, 254, "the new address"}},
           202, "Message", change_email, net::Pool::hashing);
    rows.push_back({"POST",
                    "/api/v1/me/email/confirm",
                    "account",
                    "Confirm the new address with the mail's link",
                    Needs::nothing,
                    Rate::signing_in,
                    {{"token", Type::text, true, 1, 200, "from the link, behind #token="}},
                    {},
                    200,
                    "Account",
                    confirm_email});
    get("/api/v1/me/sessions", "Every living session", {}, "Sessions", list_sessions);
    change("DELETE", "/api/v1/me/sessions", "End all other sessions", {}, 200, "Ended", end_others);
    change("DELETE", "/api/v1/me/sessions/{id}", "End one session", {}, 204, "", end_one);
    get("/api/v1/me/usage", "What is used and what is left", {}, "Usage", get_usage);
    get("/api/v1/me/credits", "The credit ledger, newest first",
        {{"before", Type::integer, false, 1, 9e15, "seq of the last entry of the page before"},
         {"limit", Type::integer, false, 1, 200, "entries a page"}},
        "Credits", get_credits);
}

}  // namespace mmx::api
