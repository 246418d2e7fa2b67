// The HTTP API under /api/v1: routes and the checks before them; each handler is a few lines over a room.
#pragma once

#include <string>
#include <vector>

#include "api/context.h"
#include "net/http.h"
#include "net/server.h"

namespace mmx::store {
class AccessLog;
}

namespace mmx::api {

// Every route: the API, health, the OpenAPI document and the pages. The context must outlive the router.
net::Router make_router(const Context& context);
// Error answers and security headers for what the server answers by itself.
net::ServerHooks make_hooks(const Context& context, store::AccessLog& access_log);

// The OpenAPI 3.1 document, from the rows that validate.
std::string openapi_json(const Context& context);

// Values of Host that belong to public_url: with the port where it is not the scheme's own.
std::vector<std::string> hosts_of(const std::string& public_url);

}  // namespace mmx::api
