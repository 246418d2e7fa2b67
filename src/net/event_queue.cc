#include "net/event_queue.h"

#include <utility>

namespace mmx::net {
namespace {

std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : text)
        if (c != '\r' && c != '\n' && c != '\0') line += c;
    return line;
}

}  // namespace

std::string format_event(std::string_view id, std::string_view event, std::string_view data) {
    std::string text;
    if (!id.empty()) text += "id: " + one_line(id) + "\n";
    if (!event.empty()) text += "event: " + one_line(event) + "\n";
    for (;;) {
        const auto end = data.find_first_of("\r\n");
        text += "data: ";
        text += data.substr(0, end);
        text += "\n";
        if (end == std::string_view::npos) break;
        data.remove_prefix(end + (data.substr(end).starts_with("\r\n") ? 2 : 1));
    }
    return text + "\n";
}

bool EventQueue::send(std::string_view id, std::string_view event, std::string_view data) {
    const std::string text = format_event(id, event, data);
    const std::lock_guard lock(mutex_);
    if (state_ != State::open) return false;
    if (waiting_.size() + text.size() > most_bytes_) {
        // This client does not keep up. It connects again and learns by Last-Event-ID what it missed.
        state_ = State::closing;
        waiting_.clear();
        wake_();
        return false;
    }
    if (waiting_.empty()) wake_();
    waiting_ += text;
    return true;
}

bool EventQueue::is_open() const {
    const std::lock_guard lock(mutex_);
    return state_ == State::open;
}

void EventQueue::close() {
    const std::lock_guard lock(mutex_);
    if (state_ != State::open) return;
    state_ = State::closing;
    wake_();
}

std::string EventQueue::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
}

bool EventQueue::is_done() const {
    const std::lock_guard lock(mutex_);
    return state_ != State::open && waiting_.empty();
}

void EventQueue::shut() {
    const std::lock_guard lock(mutex_);
    state_ = State::shut;
    waiting_.clear();
    wake_ = nullptr;
}

}  // namespace mmx::net
