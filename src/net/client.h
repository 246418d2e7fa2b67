// HTTP requests of ours to others, on libcurl: certificates checked, everything bounded.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace mmx::net {

struct ClientRequest {
    std::string method = "GET", url;  // http only to loopback, https elsewhere
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::chrono::milliseconds connect_limit{10'000}, total_limit{60'000};
    std::size_t most_answer_bytes = 16 * 1024 * 1024;
    std::string extra_ca_file;  // a private authority's certificate, or empty
};
struct ClientResponse {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;
};

// Blocks. Errors are Kind::unavailable (Retry::may_help for time-outs and refused connections, useless for
// bad certificates); statuses of 400 and more are answers, not errors.
base::Result<ClientResponse> send(const ClientRequest& request);

}  // namespace mmx::net
