// A Response made ready for the wire: conditions and ranges decided, the head written.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "net/http.h"

namespace mmx::net {

struct Slice {  // of a source
    std::shared_ptr<Source> source;
    std::uint64_t first = 0, length = 0;
};

enum class After { keep_alive, close };

struct Answer {
    int status = 200;
    std::string head;  // status line, headers and the empty line
    std::variant<std::string, std::shared_ptr<const std::string>, Slice, OnStreamOpen> body;
    After after = After::keep_alive;
    // What is sent at once behind the head; empty for slices and streams.
    std::string_view text() const;
};

// A GET or HEAD whose ETag the client has: 304. A source: 206 or 416 for one range. HEAD: no body. A header
// that could split the answer (CR, LF, control characters) is left out and logged. A stream ends by closing.
Answer make_answer(const Request& request, Response response, After after);

std::string_view reason_of(int status);

}  // namespace mmx::net
