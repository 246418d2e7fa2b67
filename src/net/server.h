// The HTTP/1.1 server: sockets, deadlines and limits outside, plain functions inside.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/http.h"

namespace mmx::net {

struct ServerSettings {
    std::string listen = "127.0.0.1:8420";  // HOST:PORT; port 0 picks a free one
    int io_threads = 1;
    int database_threads = 8, database_queue = 256;  // more waiting: 503
    int hashing_threads = 1, hashing_queue = 16;
    int reading_threads = 2;                            // for the bodies that are read while they are sent
    std::chrono::milliseconds header_deadline{10'000};  // from the first byte to the end of the head
    std::chrono::milliseconds body_deadline{30'000};
    std::chrono::milliseconds idle_deadline{60'000};       // between requests of one connection
    std::chrono::milliseconds write_deadline{30'000};      // without any progress of the client
    std::chrono::milliseconds heartbeat_interval{15'000};  // of an event stream's silence
    std::size_t most_stream_backlog_bytes = 1024 * 1024;   // more: the stream ends
    std::size_t most_header_bytes = 16 * 1024;             // more: 431
    int most_connections = 10'000;                         // beyond: the one idle longest is closed
    std::vector<std::string> trusted_proxies;  // addresses or CIDR ranges whose X-Forwarded-For is believed
    std::vector<std::string> allowed_hosts;    // Host values answered ("music.example", with port where not
                                               // the default); empty: any. Others: 421
    // Paths answered under any Host: health checks know machines by their number.
    std::vector<std::string> any_host_paths;
};

// One line of the access log (P36): the route's template, never the path.
struct Access {
    std::string address, method, route, user_agent;
    int status = 0;
    std::int64_t at_ms = 0;  // system clock
    double seconds = 0;
};

struct ServerCounts {
    std::int64_t connections_open = 0, requests = 0, refused_busy = 0, streams_open = 0;
};

struct ServerHooks {
    // After each answer, on an I/O thread: must not block.
    std::function<void(const Access&)> on_access;
    // Answers made by the server itself (400, 404, 405, 408, 413, 421, 431, 503) and thrown handlers (500):
    // gives them their body and headers. `why` is safe to show.
    std::function<Response(int status, std::string_view why, std::string_view request_id)> make_error;
    // Added to every answer that lacks them: security headers.
    std::function<void(const Request&, Response&)> finish;
};

class Server {
  public:
    static base::Result<std::unique_ptr<Server>> start(const ServerSettings& settings, Router router,
                                                       ServerHooks hooks);
    virtual ~Server() = default;
    virtual int port() const = 0;
    virtual ServerCounts counts() const = 0;
    // Stops listening, closes idle connections, ends event streams, lets running requests finish for at most
    // the given time, then closes the rest. Blocks; called once.
    virtual void drain(std::chrono::milliseconds at_most) = 0;
};

}  // namespace mmx::net
