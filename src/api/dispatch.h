// The checks that every call passes before its handler: origin, rate, session, role, body.
#pragma once

#include "api/context.h"
#include "api/endpoint.h"

namespace mmx::api {

net::Response dispatch(const Context& context, const Endpoint& endpoint, const net::Request& request);

}  // namespace mmx::api
