#include "store/postgres_listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "store/postgres_connection.h"

namespace mmx::store {

PostgresListener::PostgresListener(std::string address, Signals& signals)
    : address_(std::move(address)),
      signals_(signals),
      leave_(::eventfd(0, EFD_CLOEXEC)),
      thread_([this] { listen(); }) {}

PostgresListener::~PostgresListener() {
    ::eventfd_write(leave_, 1);
    thread_.join();
    ::close(leave_);
}

void PostgresListener::wait_until_listening() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(2), [&] { return listening_; });
}

// True when it is time to go.
bool PostgresListener::pause(int milliseconds) {
    pollfd leaving{leave_, POLLIN, 0};
    return ::poll(&leaving, 1, milliseconds) > 0;
}

void PostgresListener::listen() {
    constexpr int shortest_ms = 50, longest_ms = 2000;
    for (int pause_ms = shortest_ms; !pause(0);) {
        pause_ms = listen_once() ? shortest_ms : std::min(2 * pause_ms, longest_ms);
        if (pause(pause_ms)) return;
    }
}

bool PostgresListener::listen_once() {
    auto opened = PostgresConnection::open(address_);
    if (!opened) return false;
    PostgresConnection& connection = **opened;
    if (!connection.run_script(std::string("LISTEN ") + kChannel)) return false;
    signals_.raise_all();
    {
        const std::lock_guard lock(mutex_);
        listening_ = true;
    }
    changed_.notify_all();
    for (;;) {
        const auto payloads = connection.notifications();
        if (!payloads) return true;
        for (const auto& channel : *payloads) signals_.raise(channel);
        std::array<pollfd, 2> waiting{{{leave_, POLLIN, 0}, {connection.socket(), POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) > 0 && waiting[0].revents != 0) return true;
    }
}

}  // namespace mmx::store
