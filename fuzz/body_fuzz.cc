// Any bytes as the body of a call: read or refused, and what is read passes or names its faults.
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "api/endpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace mmx::api;
    static const Endpoint row{"POST",
                              "/x",
                              "",
                              "",
                              Needs::nothing,
                              Rate::none,
                              {{"amount", Type::integer, true, -10, 10, ""},
                               {"reason", Type::text, true, 1, 200, ""},
                               {"silent", Type::flag, false, 0, 0, ""}},
                              {},
                              200,
                              "",
                              nullptr};
    const auto body = parse_body({reinterpret_cast<const char*>(data), size});
    if (!body) return 0;
    if (!body->is_object()) std::abort();
    for (const auto& error : check_body(row, *body))
        if (error.tell_user.empty()) std::abort();
    return 0;
}
