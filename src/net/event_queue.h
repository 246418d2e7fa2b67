// Server-sent events between those who push them and the connection that writes them.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "net/http.h"

namespace mmx::net {

// One event on the wire. Line breaks in id and event, which would forge fields, are left out; each line of
// `data` becomes a field of its own. Empty id or event: no such field.
std::string format_event(std::string_view id, std::string_view event, std::string_view data);

// Any thread.
class EventQueue : public EventStream {
  public:
    // `wake` tells the writer that there is something to do: called under the queue's lock, must not block,
    // never called after shut().
    EventQueue(std::size_t most_bytes, std::function<void()> wake)
        : most_bytes_(most_bytes), wake_(std::move(wake)) {}

    bool send(std::string_view id, std::string_view event, std::string_view data) override;
    bool is_open() const override;
    void close() override;

    // For the writer:
    std::string take();    // all that waits, or empty
    bool is_done() const;  // closed, and nothing waits
    void shut();           // the client has gone, or everything is written

  private:
    enum class State { open, closing, shut };
    mutable std::mutex mutex_;
    State state_ = State::open;
    std::string waiting_;
    std::size_t most_bytes_;
    std::function<void()> wake_;
};

}  // namespace mmx::net
