#include "log/log.h"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>

namespace mmx::log {
namespace {

std::atomic<Level> lowest{Level::info};

std::string_view name_of(Level level) {
    switch (level) {
        case Level::debug:
            return "debug";
        case Level::info:
            return "info";
        case Level::warning:
            return "warning";
        case Level::error:
            return "error";
    }
    return "error";
}

std::string_view name_of(base::Kind kind) {
    switch (kind) {
        case base::Kind::invalid_request:
            return "invalid_request";
        case base::Kind::not_found:
            return "not_found";
        case base::Kind::missing_part:
            return "missing_part";
        case base::Kind::unreadable:
            return "unreadable";
        case base::Kind::io:
            return "io";
        case base::Kind::cancelled:
            return "cancelled";
        case base::Kind::not_signed_in:
            return "not_signed_in";
        case base::Kind::not_allowed:
            return "not_allowed";
        case base::Kind::conflict:
            return "conflict";
        case base::Kind::over_quota:
            return "over_quota";
        case base::Kind::too_many:
            return "too_many";
        case base::Kind::unavailable:
            return "unavailable";
        case base::Kind::internal:
            return "internal";
    }
    return "internal";
}

std::string now_text() {
    const auto now = std::chrono::system_clock::now();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40], whole[48];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(whole, sizeof whole, "%s.%03dZ", text, static_cast<int>(ms % 1000));
    return whole;
}

void put(nlohmann::ordered_json&& line) {
    std::string text = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    // One write a line, so that lines of several threads and processes stay whole. A full disk or a closed
    // terminal must not stop the service.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

nlohmann::ordered_json begin(Level level, std::string_view event) {
    return {{"time", now_text()}, {"level", name_of(level)}, {"event", event}};
}

}  // namespace

void write(Level level, std::string_view event, Fields fields) {
    if (level < lowest.load(std::memory_order_relaxed)) return;
    auto line = begin(level, event);
    for (const auto& [name, value] : fields) line[std::string(name)] = value;
    put(std::move(line));
}

void failure(std::string_view event, const base::Error& error, Fields fields) {
    const Level level = error.kind == base::Kind::internal ? Level::error : Level::warning;
    if (level < lowest.load(std::memory_order_relaxed)) return;
    auto line = begin(level, event);
    line["kind"] = name_of(error.kind);
    line["why"] = error.tell_log.empty() ? error.tell_user : error.tell_log;
    for (const auto& [name, value] : fields) line[std::string(name)] = value;
    put(std::move(line));
}

void set_level(Level level) {
    lowest.store(level, std::memory_order_relaxed);
}

}  // namespace mmx::log
