#include "net/loop.h"

#include <algorithm>

#include "log/log.h"
#include "net/connection.h"

namespace mmx::net {
namespace {

// Deadlines are looked at in sweeps, so that setting one costs a store and no timer. They end late by an
// eighth of the shortest at most.
std::chrono::milliseconds sweep_interval_for(const ServerSettings& settings) {
    const auto shortest = std::min(
        {settings.header_deadline, settings.body_deadline, settings.idle_deadline, settings.write_deadline});
    return std::clamp<std::chrono::milliseconds>(shortest / 8, std::chrono::milliseconds(5),
                                                 std::chrono::milliseconds(250));
}

}  // namespace

Loop::Loop(House& house, std::size_t most_connections)
    : house_(house),
      most_connections_(most_connections),
      guard_(context_.get_executor()),
      sweep_timer_(context_),
      sweep_interval_(sweep_interval_for(house.settings)) {}

Loop::~Loop() {
    let_go();
}

void Loop::serve() {
    sweep();
    for (;;) {
        try {
            context_.run();
            return;
        } catch (const std::exception&) {
            log::error("an I/O thread went on after an exception");
        }
    }
}

void Loop::sweep() {
    const auto now = SteadyClock::now();
    for (Connection* connection : connections_) connection->check_deadline(now);
    if (leaving_ && connections_.empty()) return;
    sweep_timer_.expires_at(now + sweep_interval_);
    sweep_timer_.async_wait([this](ErrorCode) { sweep(); });
}

void Loop::take(Socket socket, const Address& peer) {
    if (connections_.size() >= most_connections_) {
        if (line_.empty()) return;  // everybody is being served: the newcomer is turned away
        line_.front()->abort();
    }
    Connection::start(std::make_shared<Connection>(house_, *this, std::move(socket), peer));
}

// Ending a connection may change the set, so a copy is walked.
void Loop::drain() {
    const std::vector<Connection*> all(connections_.begin(), connections_.end());
    for (Connection* connection : all) connection->drain();
}

void Loop::abort() {
    const std::vector<Connection*> all(connections_.begin(), connections_.end());
    for (Connection* connection : all) connection->abort();
}

void Loop::let_go() {
    if (!thread_.joinable()) return;
    asio::post(context_, [this] {
        abort();
        leaving_ = true;
        guard_.reset();
        sweep_timer_.cancel();
    });
    thread_.join();
}

}  // namespace mmx::net
