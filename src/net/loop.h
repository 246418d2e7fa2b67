// One I/O thread and the connections that live on it. Needs Boost: for this room's server files only.
#pragma once

#include <list>
#include <thread>
#include <unordered_set>

#include "net/asio.h"
#include "net/house.h"

namespace mmx::net {

class Connection;

// A connection never leaves its loop, so nothing of it needs a lock. Only start, post, and the destructor may
// be called from other threads.
class Loop {
  public:
    Loop(House& house, std::size_t most_connections);
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    asio::io_context& context() { return context_; }
    void run() {
        thread_ = std::thread([this] { serve(); });
    }
    // Ends once its connections have ended.
    void let_go();

    // On the loop's thread:
    void take(Socket socket, const Address& peer);
    void drain();  // idle connections and streams end
    void abort();  // all others too

    // For connections: those with no whole request yet stand in line, the longest first.
    using Place = std::list<Connection*>::iterator;
    Place stand_in_line(Connection& connection) { return line_.insert(line_.end(), &connection); }
    void leave_line(Place place) { line_.erase(place); }
    void enter(Connection& connection) { connections_.insert(&connection); }
    void leave(Connection& connection) { connections_.erase(&connection); }

  private:
    void serve();
    void sweep();

    House& house_;
    std::size_t most_connections_;
    asio::io_context context_{1};
    asio::executor_work_guard<Executor> guard_;
    Timer sweep_timer_;
    std::chrono::milliseconds sweep_interval_;
    bool leaving_ = false;
    std::list<Connection*> line_;
    std::unordered_set<Connection*> connections_;
    std::thread thread_;
};

}  // namespace mmx::net
