#include "api/problem.h"

#include <nlohmann/json.hpp>

#include "log/log.h"

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

std::string_view title_of(int status) {
    switch (status) {
        case 400:
            return "The request cannot be read";
        case 401:
            return "Not signed in";
        case 402:
            return "The plan's limit is reached";
        case 403:
            return "Not allowed";
        case 404:
            return "Not found";
        case 405:
            return "Not done this way";
        case 408:
            return "Too slow";
        case 409:
            return "It contradicts what is there";
        case 413:
            return "Too large";
        case 415:
            return "This kind of content is not taken";
        case 416:
            return "No such part";
        case 421:
            return "Not this service's address";
        case 422:
            return "A field is wrong";
        case 429:
            return "Too often";
        case 431:
            return "Headers too large";
        case 503:
            return "Busy for the moment";
        default:
            return status >= 500 ? "Something went wrong on our side" : "Not possible";
    }
}

net::Response answer(int status, Json body, int retry_after_seconds) {
    auto response = net::Response::text(status, "application/problem+json",
                                        body.dump(-1, ' ', false, Json::error_handler_t::replace));
    if (retry_after_seconds > 0) response.headers.set("Retry-After", std::to_string(retry_after_seconds));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Json body_of(int status, std::string_view detail, std::string_view request_id) {
    Json body = {
        {"type", "about:blank"}, {"title", title_of(status)}, {"status", status}, {"detail", detail}};
    if (!request_id.empty()) body["request_id"] = request_id;
    return body;
}

}  // namespace

int status_of(const base::Error& error) {
    switch (error.kind) {
        case base::Kind::invalid_request:
            return error.field.empty() ? 400 : 422;
        case base::Kind::not_found:
            return 404;
        case base::Kind::not_signed_in:
            return 401;
        case base::Kind::not_allowed:
            return 403;
        case base::Kind::conflict:
            return 409;
        case base::Kind::cancelled:
            return 409;
        case base::Kind::over_quota:
            return 402;
        case base::Kind::too_many:
            return 429;
        case base::Kind::unavailable:
            return 503;
        case base::Kind::io:
            return 503;
        case base::Kind::missing_part:
            return 503;
        case base::Kind::unreadable:
            return 500;
        case base::Kind::internal:
            return 500;
    }
    return 500;
}

net::Response problem(const base::Error& error, std::string_view request_id) {
    const int status = status_of(error);
    if (status >= 500) log::failure("request failed", error, {{"request", std::string(request_id)}});
    // What broke inside is the log's business; "busy" errors carry a text of their own that is safe.
    Json body = body_of(status,
                        status == 500 ? "Something went wrong on our side. It has been logged; please try "
                                        "again, and quote the request id if it stays."
                                      : error.tell_user,
                        request_id);
    if (!error.field.empty()) {
        body["field"] = error.field;
        body["errors"] = Json::array({{{"field", error.field}, {"detail", error.tell_user}}});
    }
    const int again = error.retry_after_seconds > 0 ? error.retry_after_seconds : status == 503 ? 2 : 0;
    return answer(status, std::move(body), again);
}

net::Response problem(const std::vector<base::Error>& errors, std::string_view request_id) {
    const base::Error& first = errors.front();
    Json body = body_of(status_of(first), first.tell_user, request_id);
    body["field"] = first.field;
    body["errors"] = Json::array();
    for (const base::Error& error : errors)
        body["errors"].push_back({{"field", error.field}, {"detail", error.tell_user}});
    return answer(status_of(first), std::move(body), 0);
}

net::Response problem(int status, std::string_view detail, std::string_view request_id) {
    return answer(status, body_of(status, detail, request_id), status == 503 ? 2 : 0);
}

}  // namespace mmx::api
