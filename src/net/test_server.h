// A running server and raw sockets against it: what the tests of this room share.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "net/server.h"

namespace mmx::net {

using namespace std::chrono_literals;

struct RawAnswer {
    int status = 0;
    std::string head, body;
    std::string header(const std::string& name) const {  // as written by the server
        const auto at = head.find("\r\n" + name + ": ");
        if (at == std::string::npos) return {};
        const auto first = at + 2 + name.size() + 2;
        return head.substr(first, head.find("\r\n", first) - first);
    }
};

// A blocking client that sends exactly what it is told. Reads wait for 5 s at most.
class RawClient {
  public:
    explicit RawClient(int port, int receive_buffer_bytes = 0) {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (receive_buffer_bytes > 0)
            setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
        const int yes = 1;
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    }
    ~RawClient() { close(); }
    RawClient(RawClient&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), read_(std::move(other.read_)) {}
    RawClient& operator=(RawClient&&) = delete;

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void close() {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }
    // Reads more; false at the end of the connection or after the limit.
    bool read_more(std::chrono::milliseconds limit = 5000ms) {
        pollfd wait{socket_, POLLIN, 0};
        if (::poll(&wait, 1, static_cast<int>(limit.count())) != 1) return false;
        char part[65536];
        const ssize_t count = ::recv(socket_, part, sizeof part, 0);
        if (count <= 0) return false;
        read_.append(part, static_cast<std::size_t>(count));
        return true;
    }
    // Reads until the text has come, and gives all up to its end; empty if it does not come.
    std::string read_until(std::string_view text) {
        for (;;) {
            const auto at = read_.find(text);
            if (at != std::string::npos) return take(at + text.size());
            if (!read_more()) return {};
        }
    }
    // One answer by its Content-Length; status 0 if none came. HEAD and 304 have no body.
    enum class Body { follows, none };
    RawAnswer answer(Body body = Body::follows) {
        RawAnswer answer;
        answer.head = read_until("\r\n\r\n");
        if (answer.head.size() < 12) return answer;
        answer.status = std::stoi(answer.head.substr(9, 3));
        const std::string length = answer.header("Content-Length");
        if (body == Body::none || length.empty()) return answer;
        const auto bytes = static_cast<std::size_t>(std::stoull(length));
        while (read_.size() < bytes)
            if (!read_more()) break;
        answer.body = take(std::min(bytes, read_.size()));
        return answer;
    }
    RawAnswer ask(std::string_view bytes, Body body = Body::follows) {
        send(bytes);
        return answer(body);
    }
    RawAnswer get(std::string_view target, std::string_view headers = {}) {
        return ask("GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n");
    }
    // The server has closed, after nothing but what was read already.
    bool is_closed() {
        while (read_more())
            if (!read_.empty()) return false;
        pollfd wait{socket_, POLLIN, 0};
        char byte;
        return ::poll(&wait, 1, 0) == 1 && ::recv(socket_, &byte, 1, MSG_PEEK) <= 0;
    }
    const std::string& unread() const { return read_; }

  private:
    std::string take(std::size_t bytes) {
        std::string text = read_.substr(0, bytes);
        read_.erase(0, bytes);
        return text;
    }
    int socket_ = -1;
    std::string read_;
};

// A door that handlers wait at until the test opens it.
class Gate {
  public:
    void wait() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait_for(lock, 10s, [this] { return open_; });
    }
    void wait_for_arrivals(int count) {
        std::unique_lock lock(mutex_);
        EXPECT_TRUE(changed_.wait_for(lock, 10s, [&] { return waiting_ >= count; }));
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool open_ = false;
};

inline ServerSettings test_settings() {
    ServerSettings settings;
    settings.listen = "127.0.0.1:0";
    return settings;
}

inline std::unique_ptr<Server> start(Router router, const ServerSettings& settings = test_settings(),
                                     ServerHooks hooks = {}) {
    auto server = Server::start(settings, std::move(router), std::move(hooks));
    if (!server) ADD_FAILURE() << server.error().tell_user << server.error().tell_log;
    return server ? std::move(*server) : nullptr;
}

template <class Condition>
bool eventually(Condition condition, std::chrono::milliseconds limit = 5000ms) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(2ms);
    }
    return true;
}

}  // namespace mmx::net
