// Hears PostgreSQL's notifications on a connection and a thread of its own.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "store/signals.h"

namespace mmx::store {

// All of the service's channels travel as payloads of one channel of PostgreSQL. When the connection was
// lost nobody knows what was missed: then everybody who waits is woken.
class PostgresListener {
  public:
    inline static constexpr const char* kChannel = "mmx";

    PostgresListener(std::string address, Signals& signals);
    ~PostgresListener();
    PostgresListener(const PostgresListener&) = delete;
    PostgresListener& operator=(const PostgresListener&) = delete;

    // Returns when it listens; after a while also without, since it goes on trying.
    void wait_until_listening();

  private:
    void listen();
    bool listen_once();  // until the connection is lost; says whether there ever was one
    bool pause(int milliseconds);

    const std::string address_;
    Signals& signals_;
    int leave_ = -1;  // readable when it is time to go
    std::mutex mutex_;
    std::condition_variable changed_;
    bool listening_ = false;
    std::thread thread_;
};

}  // namespace mmx::store
