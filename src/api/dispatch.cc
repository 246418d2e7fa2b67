#include "api/dispatch.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "api/problem.h"
#include "api/read_limits.h"
#include "store/audit.h"
#include "store/rate_limits.h"

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

bool changes_something(const net::Request& request) {
    return request.method != "GET" && request.method != "HEAD";
}

// Cookies travel with requests that other sites cause; Origin and a header of our own do not (checks 8-11).
base::Status check_origin(const Context& context, const net::Request& request) {
    if (!changes_something(request)) return {};
    if (request.headers.get("Origin") != context.public_url)
        return base::fail(base::Kind::not_allowed, "This call must come from " + context.public_url + ".");
    if (request.headers.get("X-Requested-With") != "mmx")
        return base::fail(base::Kind::not_allowed, "The header X-Requested-With: mmx is missing.");
    return {};
}

struct Allowance {
    std::string_view what;
    int times, window_seconds;
};

base::Status check_rate(const Context& context, Rate rate, const net::Request& request) {
    Allowance allowance{};
    switch (rate) {
        case Rate::none:
            return {};
        case Rate::reading: {
            const int wait = context.read_limits.take(network_of(request.client_address));
            if (wait == 0) return {};
            return base::fail_for_now(base::Kind::too_many, "Too many requests; please wait a moment.", {},
                                      wait);
        }
        case Rate::changing:
            allowance = {"changing", context.limits.changes_per_minute, 60};
            break;
        case Rate::ordering:
            allowance = {"ordering", context.limits.orders_per_minute, 60};
            break;
        case Rate::signing_in:
            allowance = {"signing_in", context.limits.sign_ins_per_10_minutes, 600};
            break;
    }
    const auto wait = TRY(store::take(
        context.database, rate_key(context.address_secret, allowance.what, request.client_address),
        allowance.times, allowance.window_seconds));
    if (!wait) return {};
    return base::fail_for_now(
        base::Kind::too_many,
        "Too many tries from this network; please wait " + std::to_string(*wait) + " s.", {}, *wait);
}

// A page that only looks again now and then says so, and does not keep the session alive.
bool counts_as_activity(const Endpoint& endpoint, const net::Request& request) {
    return endpoint.counts_as_activity && request.headers.get("X-Mmx-Polling") != "1";
}

base::Result<std::optional<accounts::Session>> find_session(const Context& context, const Endpoint& endpoint,
                                                            const net::Request& request) {
    if (endpoint.needs == Needs::nothing) return std::optional<accounts::Session>();
    const std::string_view token = request.cookie(kSessionCookie);
    if (token.empty()) return base::fail(base::Kind::not_signed_in, "Please sign in first.");
    auto session =
        TRY(accounts::look_up(context.registry, token,
                              counts_as_activity(endpoint, request) ? accounts::Activity::counts
                                                                    : accounts::Activity::does_not_count));
    if (endpoint.needs == Needs::administrator && session.role != accounts::Role::administrator) {
        TRY_VOID(context.database.write([&](store::Transaction& transaction) {
            return store::append_audit(transaction, {0, 0, session.account_id, "refused", "administration",
                                                     Json{{"route", endpoint.path}}.dump()});
        }));
        return base::fail(base::Kind::not_allowed, "Only administrators may do this.");
    }
    return std::optional(std::move(session));
}

bool is_json(std::string_view content_type) {
    std::string type(content_type.substr(0, content_type.find(';')));
    while (!type.empty() && type.back() == ' ') type.pop_back();
    for (char& c : type)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return type == "application/json";
}

// The session and the answer in one look at the database.
Outcome look(const Context& context, const Endpoint& endpoint, const net::Request& request) {
    const std::string_view token = request.cookie(kSessionCookie);
    if (token.empty()) return base::fail(base::Kind::not_signed_in, "Please sign in first.");
    bool activity_is_due = false;
    auto outcome = context.database.read([&](store::Transaction& transaction) -> Outcome {
        const accounts::Seen seen = TRY(accounts::look_up(transaction, token));
        activity_is_due = seen.activity_is_due;
        const auto faults = check_query(endpoint, request);
        if (!faults.empty()) return problem(faults, request.request_id);
        const Json no_body = Json::object();
        return endpoint.look(Call{request, context, &seen.session, no_body}, transaction);
    });
    if (activity_is_due && counts_as_activity(endpoint, request))
        TRY_VOID(accounts::note_activity(context.registry, token));
    return outcome;
}

net::Response checked(const Context& context, const Endpoint& endpoint, const net::Request& request) {
    const auto refuse = [&](const base::Error& error) { return problem(error, request.request_id); };
    if (const auto status = check_origin(context, request); !status) return refuse(status.error());
    if (const auto status = check_rate(context, endpoint.rate, request); !status)
        return refuse(status.error());
    if (endpoint.look) {
        auto outcome = look(context, endpoint, request);
        return outcome ? std::move(*outcome) : refuse(outcome.error());
    }
    const auto session = find_session(context, endpoint, request);
    if (!session) return refuse(session.error());

    Json body = Json::object();
    if (changes_something(request) && !request.body.empty()) {
        // P01: nothing but JSON is taken; audio least of all.
        if (!is_json(request.headers.get("Content-Type")))
            return problem(415, "Only application/json is taken; songs are made from words.",
                           request.request_id);
        auto parsed = parse_body(request.body);
        if (!parsed) return refuse(parsed.error());
        body = std::move(*parsed);
    }
    auto faults = check_body(endpoint, body);
    if (faults.empty()) faults = check_query(endpoint, request);
    if (!faults.empty()) return problem(faults, request.request_id);

    const Call call{request, context, *session ? &**session : nullptr, body};
    auto outcome = endpoint.run(call);
    return outcome ? std::move(*outcome) : refuse(outcome.error());
}

}  // namespace

net::Response dispatch(const Context& context, const Endpoint& endpoint, const net::Request& request) {
    auto response = checked(context, endpoint, request);
    // A session that has ended leaves the browser too.
    if (response.status == 401 && !request.cookie(kSessionCookie).empty()) {
        net::CookieSettings settings;
        settings.secure = context.is_secure();
        settings.max_age_seconds = 0;
        response.headers.add("Set-Cookie", net::set_cookie(kSessionCookie, "", settings));
    }
    return response;
}

}  // namespace mmx::api
