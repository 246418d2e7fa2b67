// What a request and an answer are, free of any HTTP library: the api room speaks these.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace mmx::net {

// In the order they came or go; names are compared without regard to case.
class Headers {
  public:
    void add(std::string name, std::string value) { list_.emplace_back(std::move(name), std::move(value)); }
    void set(std::string_view name, std::string value);  // replaces all of that name
    std::string_view get(std::string_view name) const;   // the first, or empty
    bool has(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>>& all() const { return list_; }

  private:
    std::vector<std::pair<std::string, std::string>> list_;
};

struct Request {
    std::string method;  // "GET"; HEAD is answered by the GET handler, its body left out by the server
    std::string path;    // decoded, normal: no "..", no NUL, valid UTF-8 (else 400 before any handler)
    std::string target;  // as it came
    std::string route;   // the template that matched: "/api/v1/songs/{id}", or empty
    std::map<std::string, std::string, std::less<>> parameters;  // of the route: {"id", "..."}
    std::map<std::string, std::string, std::less<>> query;       // decoded; the last of a name counts
    std::map<std::string, std::string, std::less<>> cookies;
    Headers headers;
    std::string body;
    std::string client_address;  // behind trusted proxies, the one they name
    std::string request_id;      // for the application log only: never stored beside an address

    std::string_view parameter(std::string_view name) const;  // or empty
    std::string_view query_value(std::string_view name) const;
    std::string_view cookie(std::string_view name) const;
};

// A body that is read while it is sent. read() may block (it is called on a pool thread), by one thread at a
// time.
class Source {
  public:
    virtual ~Source() = default;
    virtual std::uint64_t size() const = 0;
    virtual base::Result<std::string> read(std::uint64_t offset, std::size_t at_most) = 0;
};

// One client's stream of server-sent events. The holder pushes from any thread; the server writes, sends a
// heartbeat comment every 15 s of silence, and drops a client whose backlog exceeds 1 MB.
class EventStream {
  public:
    virtual ~EventStream() = default;
    // One event; `data` may have several lines. Returns false once the client has gone.
    virtual bool send(std::string_view id, std::string_view event, std::string_view data) = 0;
    virtual bool is_open() const = 0;
    virtual void close() = 0;  // after what is queued has been written
};
// Called once, on a pool thread, when the head of the answer is out.
using OnStreamOpen = std::function<void(std::shared_ptr<EventStream>)>;

struct Response {
    int status = 200;
    Headers headers;
    // Text; a shared constant (static files); a source with range support (Accept-Ranges, If-Range, 206,
    // 416 are the server's work; ETag and Content-Type are the handler's); or an event stream.
    std::variant<std::string, std::shared_ptr<const std::string>, std::shared_ptr<Source>, OnStreamOpen> body;

    static Response text(int status, std::string content_type, std::string body);
    static Response empty(int status);
};

struct CookieSettings {
    bool http_only = true;
    bool secure = true;
    std::string same_site = "Lax";
    std::string path = "/";
    std::optional<std::int64_t> max_age_seconds;  // 0 removes it
};
std::string set_cookie(std::string_view name, std::string_view value, const CookieSettings& settings);

// Where the handler runs. none: on the I/O thread, for what never blocks; database: queries; hashing:
// passwords (few threads, so that they cannot starve the rest). A full pool answers 503 with Retry-After.
enum class Pool { none, database, hashing };

using Handler = std::function<Response(const Request&)>;

struct RouteLimits {
    std::size_t most_body_bytes = 64 * 1024;  // more: 413 before it is read to the end
};

// Routes by method and path. A path that exists under another method: 405 with Allow.
class Router {
  public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    // "/api/v1/songs/{id}/audio"; a step in braces takes one step, "{rest...}" at the end takes all.
    void add(std::string_view method, std::string_view path, Pool pool, Handler handler,
             RouteLimits limits = {});

    struct Match {
        const Handler* handler = nullptr;  // null: see status
        int status = 404;                  // 404 or 405
        std::string allow;                 // for 405
        std::string route;
        Pool pool = Pool::none;
        RouteLimits limits;
        std::map<std::string, std::string, std::less<>> parameters;
    };
    Match find(std::string_view method, std::string_view path) const;

  private:
    struct Tree;
    std::unique_ptr<Tree> tree_;
};

}  // namespace mmx::net
