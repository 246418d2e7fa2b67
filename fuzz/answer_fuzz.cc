// Any bytes as headers of an answer: whatever a handler puts there, no line begins that the server did not
// mean.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "net/answer.h"
#include "net/text.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    namespace net = mmx::net;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const std::size_t half = size / 2;
    net::Request request;
    request.method = "GET";
    request.headers.add("Range", text);
    request.headers.add("If-None-Match", text);
    net::Response response = net::Response::text(200, "text/plain", "body");
    // What splits is left out with a line in the log, so only what does not is tried as a name.
    const bool is_fine = net::is_token(text.substr(0, half)) && net::is_header_value(text.substr(half));
    if (is_fine) response.headers.add(text.substr(0, half), text.substr(half));
    response.headers.add("ETag", "\"tag\"");
    const net::Answer answer = net::make_answer(request, std::move(response), net::After::keep_alive);
    if (!answer.head.ends_with("\r\n\r\n")) std::abort();
    if (answer.head.find("\r\n\r\n") != answer.head.size() - 4) std::abort();
    for (std::size_t i = 0; i < answer.head.size(); ++i)
        if ((answer.head[i] == '\n') != (i > 0 && answer.head[i - 1] == '\r')) std::abort();
    if (answer.status == 200 && answer.head.find("Content-Length: 4\r\n") == std::string::npos) std::abort();
    if (answer.status != 200 && answer.status != 304) std::abort();
    return 0;
}
