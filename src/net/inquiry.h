// What a request's head says before anything is done about it: the checks every request must pass.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/address.h"
#include "net/http.h"

namespace mmx::net {

// Why the server itself answers. `why` is safe to show and lives as long as the program.
struct Refusal {
    int status = 400;
    std::string_view why;
};

struct InquiryRules {
    std::vector<AddressRange> trusted_proxies;
    std::vector<std::string> allowed_hosts;  // by normal_host(); empty: any
    std::vector<std::string> any_host_paths;
};
// Lower case, without a default port or a final dot.
std::string normal_host(std::string_view host);

enum class Version { http_1_0, http_1_1 };

// `request` comes with method, target and headers; path, query, cookies and client_address are filled in.
// A refusal of 400 means that the bytes that follow cannot be trusted: the connection ends.
std::optional<Refusal> inquire(Request& request, Version version, const Address& peer,
                               const InquiryRules& rules);

}  // namespace mmx::net
