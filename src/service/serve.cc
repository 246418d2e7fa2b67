// mmx serve: everything opened, the server started, and taken down in the opposite order.
#include <fmt/format.h>

#include <cstdio>
#include <functional>

#include "accounts/administration.h"
#include "accounts/set_up.h"
#include "api/api.h"
#include "api/event_hub.h"
#include "api/read_limits.h"
#include "billing/ledger.h"
#include "log/log.h"
#include "net/server.h"
#include "service/commands.h"
#include "service/metrics.h"
#include "service/node.h"
#include "service/runtime.h"
#include "service/stop_signal.h"
#include "service/worker.h"
#include "store/access_log.h"
#include "work/first_songs.h"

namespace mmx::service {
namespace {

constexpr std::chrono::seconds kDrain{25};  // systemd waits 90 s, Kubernetes 30 s

// The first administrator can order at once: the largest plan, credits, and three songs to hear.
base::Status welcome(Runtime& runtime, const Settings& settings, const std::string& account_id) {
    const auto plans = runtime.plans().current();
    const std::string largest = plans->largest().id;
    TRY(accounts::set_plan(runtime.registry(), std::string(accounts::kCommandLine), account_id, largest));
    return runtime.database().write([&](store::Transaction& transaction) -> base::Status {
        if (settings.welcome_credits > 0)
            TRY(billing::grant(transaction, account_id, settings.welcome_credits, "welcome", ""));
        return work::order_first_songs(transaction, account_id, *plans, largest, runtime.runs(),
                                       static_cast<int>(settings.welcome_songs));
    });
}

// A port of 0 is known once it listens, and links need it: a throwaway look is not enough, so the server that
// serves is started with a router that is filled before anybody can know the port.
base::Result<int> free_port(const std::string& listen) {
    net::ServerSettings settings;
    settings.listen = listen;
    const auto server = TRY(net::Server::start(settings, net::Router(), {}));
    const int port = server->port();
    server->drain(std::chrono::milliseconds(0));
    return port;
}

api::Operator operator_of(const Settings& settings) {
    return {settings.operator_name,   settings.operator_address, settings.privacy_contact,
            settings.support_contact, settings.dmca_contact,     settings.authority,
            settings.data_region,     settings.access_log_days};
}

net::ServerSettings server_settings(const Settings& settings, const std::string& public_url, int port) {
    net::ServerSettings server;
    server.listen = settings.listen.substr(0, settings.listen.rfind(':')) + ":" + std::to_string(port);
    server.trusted_proxies = settings.trusted_proxies;
    server.allowed_hosts = api::hosts_of(public_url);
    server.any_host_paths = {"/healthz", "/readyz"};
    return server;
}

void set_limits(const Settings& settings, api::Limits& limits, api::ReadLimits& read_limits) {
    limits.sign_ins_per_10_minutes = settings.sign_ins_per_10_minutes;
    limits.changes_per_minute = settings.changes_per_minute;
    limits.orders_per_minute = settings.orders_per_minute;
    read_limits.set(settings.reads_per_minute);
}

base::Status print_link(Runtime& runtime) {
    const auto link = TRY(accounts::make_setup_link(runtime.registry()));
    if (!link) return {};
    fmt::print("Set-up link (valid for one hour): {}\n", *link);
    std::fflush(stdout);
    return {};
}

base::Result<std::unique_ptr<net::Server>> start_metrics(const Settings& settings, net::Server& server,
                                                         store::AccessLog& access_log, Runtime& runtime) {
    if (settings.metrics_listen.empty()) return std::unique_ptr<net::Server>();
    net::Router router;
    router.add("GET", "/metrics", net::Pool::database, [&](const net::Request&) {
        return net::Response::text(200, "text/plain; version=0.0.4",
                                   metrics_text(server.counts(), access_log, runtime.database()));
    });
    net::ServerSettings metrics;
    metrics.listen = settings.metrics_listen;
    metrics.database_threads = 1;
    metrics.most_connections = 16;
    return net::Server::start(metrics, std::move(router), {});
}

}  // namespace

std::optional<Settings> reload_plans(Runtime& runtime,
                                     const std::function<base::Result<Settings>()>& reload) {
    const auto settings = reload();
    if (!settings) {
        log::failure("the settings were not read anew", settings.error());
        return std::nullopt;
    }
    const auto plans = billing::load_plans(settings->plans_file);
    if (!plans) {
        log::failure("the plans were not read anew", plans.error());
        return std::nullopt;
    }
    runtime.plans().replace(*plans);
    log::info("plans read anew");
    return *settings;
}

base::Result<std::unique_ptr<store::AccessLog>> open_access_log(const Settings& settings) {
    return store::AccessLog::open(settings.database.empty() || settings.database.starts_with("sqlite:")
                                      ? "sqlite:" + settings.data + "/access-log.db"
                                      : settings.database);
}

base::Status serve(const Settings& settings, const std::function<base::Result<Settings>()>& reload) {
    Signals signals;
    const std::string port_text = settings.listen.substr(settings.listen.rfind(':') + 1);
    const int port = port_text == "0" ? TRY(free_port(settings.listen)) : std::atoi(port_text.c_str());
    const std::string public_url = public_url_of(settings, port);
    const auto runtime = TRY(Runtime::open(settings, public_url, Schema::bring_up_to_date));
    const auto access_log = TRY(open_access_log(settings));
    const auto presence = TRY(NodePresence::announce(
        runtime->database(), {process_name(), store::NodeKind::server, runtime->runs().engine_version,
                              TRY(runtime->objects().place_id())}));

    api::EventHub events(runtime->database(), runtime->registry());
    api::ReadLimits read_limits(settings.reads_per_minute);
    api::Limits limits;
    set_limits(settings, limits, read_limits);
    const api::Context context{
        runtime->database(),
        runtime->objects(),
        runtime->registry(),
        runtime->plans(),
        runtime->runs(),
        events,
        read_limits,
        limits,
        public_url,
        settings.terms_version,
        operator_of(settings),
        runtime->secrets().key(store::purpose::kAddresses),
        [&](const std::string& account_id) { return welcome(*runtime, settings, account_id); }};
    const auto server =
        TRY(net::Server::start(server_settings(settings, public_url, port), api::make_router(context),
                               api::make_hooks(context, *access_log)));
    const auto metrics = TRY(start_metrics(settings, *server, *access_log, *runtime));
    const std::string host = settings.listen.substr(0, settings.listen.rfind(':'));
    log::info("listening",
              {{"address", host + ":" + std::to_string(server->port())}, {"public_url", public_url}});
    TRY_VOID(print_link(*runtime));
    {
        // Also without songs to make, this process carries mail and sweeps.
        const auto worker = TRY(RunningWorker::start(*runtime, settings, settings.workers, *access_log));
        while (signals.wait() == Signals::What::reload)
            if (const auto now = reload_plans(*runtime, reload)) set_limits(*now, limits, read_limits);
        log::info("stopping");
        events.stop();
        server->drain(kDrain);
        if (metrics) metrics->drain(std::chrono::milliseconds(100));
        runtime->database().stop_waiting();
    }
    log::info("stopped");
    return {};
}

}  // namespace mmx::service
