#include "net/house.h"

#include <exception>
#include <typeinfo>

#include "log/log.h"

namespace mmx::net {
namespace {

// Only the kind of exception is logged: its words may quote what a user sent.
void log_exception(std::string_view event, const Request& request) {
    std::string type = "unknown";
    try {
        throw;
    } catch (const std::exception& exception) {
        type = typeid(exception).name();
    } catch (...) {
    }
    log::error(event, {{"request", request.request_id}, {"route", request.route}, {"exception", type}});
}

}  // namespace

Response House::refuse(const Request& request, const Refusal& refusal) const {
    if (hooks.make_error) {
        try {
            return hooks.make_error(refusal.status, refusal.why, request.request_id);
        } catch (...) {
            log_exception("the error page failed", request);
        }
    }
    return Response::text(refusal.status, "text/plain; charset=utf-8", std::string(refusal.why) + "\n");
}

Response House::call(const Handler& handler, const Request& request) const {
    try {
        return handler(request);
    } catch (...) {
        log_exception("a handler failed", request);
    }
    return refuse(request, {500, "Something went wrong on our side. Please try again."});
}

void House::finish(const Request& request, Response& response) const {
    if (!hooks.finish) return;
    try {
        hooks.finish(request, response);
    } catch (...) {
        log_exception("finishing an answer failed", request);
    }
}

}  // namespace mmx::net
