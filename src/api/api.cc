#include "api/api.h"

#include "api/dispatch.h"
#include "api/pages.h"
#include "api/problem.h"
#include "api/routes.h"
#include "store/access_log.h"
#include "store/database.h"

namespace mmx::api {
namespace {

// What the browser may do with our pages: only what they need, nothing from elsewhere (P30).
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

void add_security_headers(const Context& context, const net::Request&, net::Response& response) {
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!response.headers.has(name)) response.headers.add(std::string(name), std::string(value));
    };
    add("Content-Security-Policy", kContentSecurityPolicy);
    add("X-Content-Type-Options", "nosniff");
    add("Referrer-Policy", "no-referrer");
    add("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
    add("Cross-Origin-Opener-Policy", "same-origin");
    add("Cross-Origin-Resource-Policy", "same-origin");
    add("Cache-Control", "no-store");
    if (context.is_secure()) add("Strict-Transport-Security", "max-age=31536000");
}

void add_health(net::Router& router, const Context& context) {
    // The process answers.
    router.add("GET", "/healthz", net::Pool::none,
               [](const net::Request&) { return net::Response::text(200, "text/plain", "ok\n"); });
    // And it can work: its database answers.
    router.add("GET", "/readyz", net::Pool::database, [&context](const net::Request& request) {
        const auto rows = context.database.query("SELECT 1");
        return rows ? net::Response::text(200, "text/plain", "ready\n")
                    : problem(503, "The database does not answer.", request.request_id);
    });
}

}  // namespace

const std::vector<Endpoint>& endpoints() {
    static const std::vector<Endpoint> rows = [] {
        std::vector<Endpoint> all;
        add_sign_in_routes(all);
        add_me_routes(all);
        add_catalogue_routes(all);
        add_song_routes(all);
        add_media_routes(all);
        add_event_routes(all);
        add_admin_routes(all);
        return all;
    }();
    return rows;
}

net::Router make_router(const Context& context) {
    net::Router router;
    for (const Endpoint& endpoint : endpoints()) {
        net::RouteLimits limits;
        // Lyrics of 8,000 characters of any script, escaped, fit; the record's reader has its own bound.
        if (!endpoint.body.empty() && endpoint.body[0].type == Type::record)
            limits.most_body_bytes = 128 * 1024;
        router.add(
            endpoint.method, endpoint.path, endpoint.pool,
            [&context, &endpoint](const net::Request& request) {
                return dispatch(context, endpoint, request);
            },
            limits);
    }
    const auto document = std::make_shared<const std::string>(openapi_json(context));
    router.add("GET", "/api/openapi.json", net::Pool::none, [document](const net::Request&) {
        net::Response response;
        response.headers.set("Content-Type", "application/json");
        response.headers.set("Cache-Control", "no-cache");
        response.body = document;
        return response;
    });
    add_health(router, context);
    add_pages(router);
    return router;
}

net::ServerHooks make_hooks(const Context& context, store::AccessLog& access_log) {
    net::ServerHooks hooks;
    hooks.on_access = [&access_log](const net::Access& access) {
        access_log.add(
            {access.address, access.at_ms, access.method, access.route, access.status, access.user_agent});
    };
    hooks.make_error = [](int status, std::string_view why, std::string_view request_id) {
        return problem(status, why, request_id);
    };
    hooks.finish = [&context](const net::Request& request, net::Response& response) {
        show_not_found(request, response);
        add_security_headers(context, request, response);
    };
    return hooks;
}

std::vector<std::string> hosts_of(const std::string& public_url) {
    const std::size_t start = public_url.find("://");
    if (start == std::string::npos) return {};
    const std::string host = public_url.substr(start + 3);
    std::vector<std::string> hosts = {host};
    const std::string_view own_port = public_url.starts_with("https") ? ":443" : ":80";
    if (host.find(':', host.find(']') == std::string::npos ? 0 : host.find(']')) == std::string::npos)
        hosts.push_back(host + std::string(own_port));
    return hosts;
}

}  // namespace mmx::api
