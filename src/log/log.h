// The application log: one JSON object a line on standard error, for the operator. It holds no personal data:
// no address of mail or network, no prompt, no token; ids of rows are fine.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace mmx::log {

enum class Level { debug, info, warning, error };
using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;

// {"time":"2031-05-04T12:00:00.123Z","level":"info","event":"job finished","job":"..."}. Any thread.
void write(Level level, std::string_view event, Fields fields = {});
inline void info(std::string_view event, Fields fields = {}) {
    write(Level::info, event, fields);
}
inline void warn(std::string_view event, Fields fields = {}) {
    write(Level::warning, event, fields);
}
inline void error(std::string_view event, Fields fields = {}) {
    write(Level::error, event, fields);
}
// Kind and tell_log of an error, with what was being done.
void failure(std::string_view event, const base::Error& error, Fields fields = {});

// Lines below it are not written; info at first.
void set_level(Level level);

}  // namespace mmx::log
