#include "api/event_hub.h"

#include <algorithm>
#include <chrono>

#include "accounts/sessions.h"
#include "log/log.h"

namespace mmx::api {
namespace {

constexpr int kBatch = 500;
constexpr std::chrono::milliseconds kLookAgain{1000};
constexpr std::chrono::seconds kSessionCheck{5};

bool pass_on(net::EventStream& stream, const jobs::Event& event) {
    return stream.send(event.position.text(), event.kind, event.body);
}

}  // namespace

EventHub::EventHub(store::Database& database, const accounts::Registry& registry)
    : database_(database), registry_(registry), thread_([this] { run(); }) {}

EventHub::~EventHub() {
    stop();
}

void EventHub::add(std::shared_ptr<net::EventStream> stream, std::string account_id,
                   std::string session_token, jobs::Position last) {
    {
        const std::lock_guard lock(mutex_);
        if (!stopping_) {
            newcomers_.push_back({std::move(stream), std::move(account_id), std::move(session_token), last});
            wake_.notify_all();
            return;
        }
    }
    stream->close();
}

void EventHub::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        wake_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
}

void EventHub::run() {
    auto sessions_checked = std::chrono::steady_clock::now();
    std::uint64_t sessions_seen = database_.signals(accounts::kSessionsEnded);
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            // Nobody listens: no query runs.
            if (listeners_.empty()) wake_.wait(lock, [this] { return stopping_ || !newcomers_.empty(); });
            if (stopping_) break;
        }
        const std::uint64_t seen = database_.signals(jobs::kEventChannel);
        take_newcomers();
        const bool quiet = hand_out();
        const auto now = std::chrono::steady_clock::now();
        const std::uint64_t sessions = database_.signals(accounts::kSessionsEnded);
        if (sessions != sessions_seen || now - sessions_checked >= kSessionCheck) {
            sessions_seen = sessions;
            sessions_checked = now;
            end_dead_sessions();
        }
        std::erase_if(listeners_, [](const Listener& listener) { return !listener.stream->is_open(); });
        // An event may become readable a little after its notification, so a look each second stays.
        if (quiet) database_.wait(jobs::kEventChannel, seen, kLookAgain);
    }
    for (Listener& listener : listeners_) listener.stream->close();
    const std::lock_guard lock(mutex_);
    for (Listener& listener : newcomers_) listener.stream->close();
}

void EventHub::take_newcomers() {
    std::vector<Listener> newcomers;
    {
        const std::lock_guard lock(mutex_);
        newcomers.swap(newcomers_);
    }
    if (newcomers.empty()) return;
    if (listeners_.empty()) {
        if (const auto newest = jobs::newest_position(database_)) position_ = *newest;
    }
    for (Listener& newcomer : newcomers) listeners_.push_back(std::move(newcomer));
}

// What the account missed before this hub's position.
bool EventHub::catch_up(Listener& listener) {
    while (listener.last < position_) {
        const auto missed = jobs::events_of(database_, listener.account_id, listener.last, kBatch);
        if (!missed) return false;
        for (const jobs::Event& event : *missed) {
            if (event.position > position_) break;
            pass_on(*listener.stream, event);
            listener.last = event.position;
        }
        if (missed->size() < kBatch || missed->back().position > position_) break;
    }
    listener.joined = true;
    return true;
}

// True when nothing is left to read for the moment.
bool EventHub::hand_out() {
    for (Listener& listener : listeners_)
        if (!listener.joined && !catch_up(listener)) return true;
    const auto events = jobs::events_after(database_, position_, kBatch);
    if (!events) {
        log::failure("events cannot be read", events.error());
        return true;
    }
    for (const jobs::Event& event : *events) {
        position_ = event.position;
        for (Listener& listener : listeners_)
            if (listener.account_id == event.account_id && listener.last < event.position)
                pass_on(*listener.stream, event);
    }
    return events->size() < kBatch;
}

void EventHub::end_dead_sessions() {
    for (Listener& listener : listeners_) {
        const auto session =
            accounts::look_up(registry_, listener.session_token, accounts::Activity::does_not_count);
        if (session || session.error().kind != base::Kind::not_signed_in) continue;
        listener.stream->send("", "end", "{\"reason\":\"the session has ended\"}");
        listener.stream->close();
    }
}

}  // namespace mmx::api
