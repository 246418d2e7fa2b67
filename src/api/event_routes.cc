// One event stream for the whole account: songs, progress, credits.
#include <nlohmann/json.hpp>

#include "api/context.h"
#include "api/event_hub.h"
#include "api/routes.h"

namespace mmx::api {
namespace {

Outcome open_events(const Call& call) {
    // EventSource sends the header when it connects again; the parameter is for the first connection of a
    // page that was reloaded.
    std::string_view last = call.request.headers.get("Last-Event-ID");
    if (last.empty()) last = call.request.query_value("last_event_id");
    // Where the stream starts is settled before the client hears of it: what happens from now on is seen.
    const jobs::Position newest = TRY(jobs::newest_position(call.context.database));
    auto position = jobs::Position::parse(last);
    // Ahead of the newest it is of a database before a restore: waiting for it would miss what comes.
    if (!position || newest < *position) position = newest;
    net::Response response;
    response.headers.set("Content-Type", "text/event-stream");
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("X-Accel-Buffering", "no");
    response.body = net::OnStreamOpen([&hub = call.context.events, account = call.session->account_id,
                                       token = std::string(call.request.cookie(kSessionCookie)),
                                       at = *position](std::shared_ptr<net::EventStream> stream) {
        stream->send(at.text(), "hello", "{}");
        hub.add(std::move(stream), account, token, at);
    });
    return response;
}

}  // namespace

void add_event_routes(std::vector<Endpoint>& rows) {
    Endpoint row{"GET",
                 "/api/v1/events",
                 "events",
                 "Server-sent events of the account: song, progress; ends with the session",
                 Needs::session,
                 Rate::reading,
                 {},
                 {{"last_event_id", Type::text, false, 1, 60, "where to go on, as Last-Event-ID"}},
                 200,
                 "",
                 open_events};
    row.counts_as_activity = false;
    row.content_type = "text/event-stream";
    rows.push_back(std::move(row));
}

}  // namespace mmx::api
