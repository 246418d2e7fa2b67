#include "net/server.h"

#include <sys/resource.h>

#include <charconv>
#include <future>

#include "log/log.h"
#include "net/connection.h"
#include "net/house.h"
#include "net/loop.h"

namespace mmx::net {
namespace {

using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using base::Kind;

constexpr std::chrono::milliseconds kAcceptPause{20};

Address address_of(const asio::ip::address& from) {
    Address address;
    const asio::ip::address_v6 v6 =
        from.is_v4() ? asio::ip::make_address_v6(asio::ip::v4_mapped, from.to_v4()) : from.to_v6();
    address.bytes = v6.to_bytes();
    return address;
}

base::Result<tcp::endpoint> endpoint_of(const std::string& listen, asio::io_context& context) {
    const auto wrong = [&](std::string_view why) {
        return base::fail_field("listen", "Cannot listen on \"" + listen + "\": " + std::string(why));
    };
    const auto colon = listen.rfind(':');
    if (colon == std::string::npos) return wrong("give HOST:PORT, for example 127.0.0.1:8420.");
    std::string host = listen.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    std::uint16_t port = 0;
    const char* last = listen.data() + listen.size();
    const auto [end, error] = std::from_chars(listen.data() + colon + 1, last, port);
    if (error != std::errc{} || end != last) return wrong("the port is a number from 0 to 65535.");
    ErrorCode failed;
    tcp::resolver resolver(context);
    const auto found = resolver.resolve(host, std::to_string(port), tcp::resolver::passive, failed);
    if (failed || found.empty()) return wrong("that host has no address here.");
    return found.begin()->endpoint();
}

// Each connection takes a file descriptor; the rest of the program needs some too.
std::size_t connections_allowed(int wanted) {
    constexpr rlim_t kOthers = 256;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return static_cast<std::size_t>(wanted);
    const rlim_t needed = static_cast<rlim_t>(wanted) + kOthers;
    if (limit.rlim_cur < needed) {
        limit.rlim_cur = std::min(needed, limit.rlim_max);
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= needed) return static_cast<std::size_t>(wanted);
    const rlim_t allowed = limit.rlim_cur > 2 * kOthers ? limit.rlim_cur - kOthers : limit.rlim_cur / 2;
    log::warn("fewer connections than set: the limit of open files is low",
              {{"connections", std::to_string(allowed)}});
    return static_cast<std::size_t>(allowed);
}

base::Result<InquiryRules> rules_of(const ServerSettings& settings) {
    InquiryRules rules;
    for (const std::string& text : settings.trusted_proxies) {
        const auto range = parse_address_range(text);
        if (!range)
            return base::fail_field("trusted_proxies",
                                    "\"" + text + "\" is neither an address nor a range such as 10.0.0.0/8.");
        rules.trusted_proxies.push_back(*range);
    }
    rules.any_host_paths = settings.any_host_paths;
    for (const std::string& host : settings.allowed_hosts) rules.allowed_hosts.push_back(normal_host(host));
    return rules;
}

class RunningServer final : public Server {
  public:
    RunningServer(const ServerSettings& settings, Router router, ServerHooks hooks, InquiryRules rules)
        : house_(settings, std::move(router), std::move(hooks), std::move(rules)) {
        const auto threads = static_cast<std::size_t>(std::max(1, settings.io_threads));
        const std::size_t share = connections_allowed(settings.most_connections) / threads;
        for (std::size_t i = 0; i < threads; ++i)
            loops_.push_back(std::make_unique<Loop>(house_, std::max<std::size_t>(1, share)));
        acceptor_.emplace(loops_.front()->context());
    }

    ~RunningServer() override {
        if (port_ == 0) return;  // it never ran
        if (!house_.draining) drain(std::chrono::milliseconds(0));
        // Handlers that still run are waited for; then no one holds a connection any more.
        house_.database.leave();
        house_.hashing.leave();
        house_.reading.leave();
        for (auto& loop : loops_) loop->let_go();
    }

    base::Status open(const std::string& listen) {
        const tcp::endpoint endpoint = TRY(endpoint_of(listen, loops_.front()->context()));
        ErrorCode error;
        acceptor_->open(endpoint.protocol(), error);
        if (!error) acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
        if (!error && endpoint.protocol() == tcp::v6())
            acceptor_->set_option(asio::ip::v6_only(false), error);
        if (!error) acceptor_->bind(endpoint, error);
        if (!error) acceptor_->listen(4096, error);
        if (error)
            return base::fail(Kind::io, "Cannot listen on " + listen + ": " + error.message() + ".",
                              "listening on " + listen + ": " + error.message());
        port_ = acceptor_->local_endpoint(error).port();
        asio::co_spawn(
            loops_.front()->context().get_executor(), [this] { return accept(); }, asio::detached);
        for (auto& loop : loops_) loop->run();
        return {};
    }

    int port() const override { return port_; }

    ServerCounts counts() const override {
        return {house_.connections_open, house_.requests, house_.refused_busy, house_.streams_open};
    }

    void drain(std::chrono::milliseconds at_most) override {
        const auto until = SteadyClock::now() + at_most;
        house_.draining = true;
        asio::post(loops_.front()->context(), [this] {
            ErrorCode ignored;
            acceptor_->close(ignored);
        });
        on_all_loops([](Loop& loop) { loop.drain(); });
        while (house_.connections_open > 0 && SteadyClock::now() < until)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        on_all_loops([](Loop& loop) { loop.abort(); });
    }

  private:
    void on_all_loops(void (*work)(Loop&)) {
        for (auto& loop : loops_) {
            std::promise<void> done;
            asio::post(loop->context(), [&] {
                work(*loop);
                done.set_value();
            });
            done.get_future().wait();
        }
    }

    Task<void> accept() {
        Timer pause(loops_.front()->context());
        for (std::size_t next = 0; acceptor_->is_open(); next = (next + 1) % loops_.size()) {
            Loop& loop = *loops_[next];
            Socket socket(loop.context());
            auto [error] = co_await acceptor_->async_accept(socket, kAsTuple);
            if (!acceptor_->is_open()) break;
            ErrorCode no_peer;
            const tcp::endpoint peer = error ? tcp::endpoint() : socket.remote_endpoint(no_peer);
            if (error) {  // most likely no descriptor is left: some will be
                pause.expires_after(kAcceptPause);
                static_cast<void>(co_await pause.async_wait(kAsTuple));
            } else if (!no_peer) {
                asio::dispatch(loop.context(), [&loop, socket = std::move(socket),
                                                from = address_of(peer.address())]() mutable {
                    loop.take(std::move(socket), from);
                });
            }
        }
    }

    House house_;
    std::vector<std::unique_ptr<Loop>> loops_;
    std::optional<Acceptor> acceptor_;
    int port_ = 0;
};

}  // namespace

base::Result<std::unique_ptr<Server>> Server::start(const ServerSettings& settings, Router router,
                                                    ServerHooks hooks) {
    InquiryRules rules = TRY(rules_of(settings));
    try {
        auto server =
            std::make_unique<RunningServer>(settings, std::move(router), std::move(hooks), std::move(rules));
        TRY_VOID(server->open(settings.listen));
        return server;
    } catch (const std::exception& failure) {
        return base::fail(Kind::io, "The server could not start.", failure.what());
    }
}

}  // namespace mmx::net
