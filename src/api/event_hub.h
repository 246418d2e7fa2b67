// Server-sent events of all accounts: one thread reads the journal and hands each event to the account's
// streams, so that a thousand open pages cost one query a second.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "accounts/registry.h"
#include "jobs/events.h"
#include "net/http.h"
#include "store/database.h"

namespace mmx::api {

class EventHub {
  public:
    EventHub(store::Database& database, const accounts::Registry& registry);
    ~EventHub();
    // The stream starts after `last` (Last-Event-ID, or the newest when it was opened). It ends with its
    // session: event "end", then the stream closes. Any thread.
    void add(std::shared_ptr<net::EventStream> stream, std::string account_id, std::string session_token,
             jobs::Position last);
    // Closes every stream; the thread ends.
    void stop();

  private:
    struct Listener {
        std::shared_ptr<net::EventStream> stream;
        std::string account_id, session_token;
        jobs::Position last;
        bool joined = false;
    };
    void run();
    void take_newcomers();
    bool catch_up(Listener& listener);
    bool hand_out();
    void end_dead_sessions();

    store::Database& database_;
    const accounts::Registry& registry_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Listener> newcomers_;
    bool stopping_ = false;
    // The thread's own:
    std::vector<Listener> listeners_;
    jobs::Position position_;
    std::thread thread_;
};

}  // namespace mmx::api
