// Songs: ordering, the library, and what their owner does with them.
#include <nlohmann/json.hpp>

#include "api/context.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "base/secrets.h"
#include "jobs/idempotency.h"
#include "jobs/queue.h"
#include "library/edit.h"
#include "library/list.h"
#include "library/order.h"
#include "music/record_json.h"

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

billing::Plan plan_of(const Call& call) {
    return call.context.plans.current()->of(call.session->plan);
}

// The song with what its job is doing.
base::Result<Json> song_json(const Call& call, store::Transaction& transaction, const std::string& id) {
    return to_json(TRY(library::get(transaction, call.session->account_id, id)));
}

base::Result<Json> with_work(const Call& call, Json json) {
    const std::string state = json["state"];
    if (state != "queued" && state != "making") return json;
    const std::string id = json["id"];
    const auto job = TRY(jobs::find_by_subject(call.context.database, call.session->account_id, id));
    if (job) {
        json["stage"] = job->stage;
        json["progress"] = job->progress;
        json["cancel_asked"] = job->cancel_asked;
    }
    if (state == "queued") {
        const auto position = TRY(jobs::queue_position(call.context.database, call.session->account_id, id));
        if (position) json["queue_position"] = *position;
    }
    return json;
}

// Runs the order in one transaction; with an Idempotency-Key, the same order sent again gets the same answer.
template <class Order>
Outcome once(const Call& call, Order order) {
    const std::string key(call.request.headers.get("Idempotency-Key"));
    const std::string& account = call.session->account_id;
    const auto stored = TRY(
        call.context.database.write([&](store::Transaction& transaction) -> base::Result<jobs::StoredAnswer> {
            if (!key.empty()) {
                const std::string hash = base::to_hex(
                    base::sha256(call.request.method + "\n" + call.request.path + "\n" + call.request.body));
                if (auto before = TRY(jobs::begin(transaction, account, key, hash)))
                    return std::move(*before);
            }
            const library::Ordered ordered = TRY(order(transaction));
            const Json song = TRY(song_json(call, transaction, ordered.song_id));
            jobs::StoredAnswer answer{202, song.dump(-1, ' ', false, Json::error_handler_t::replace)};
            if (!key.empty()) TRY_VOID(jobs::remember(transaction, account, key, answer));
            return answer;
        }));
    const Json song = Json::parse(stored.answer);
    auto response = json_answer(song, stored.status);
    response.headers.set("Location", "/api/v1/songs/" + song.value("id", ""));
    return response;
}

base::Result<library::Draft> draft_of(const Call& call) {
    return library::draft(TRY(music::parse_record(call.request.body.empty() ? "{}" : call.request.body)));
}

Outcome order_song(const Call& call) {
    const auto draft = TRY(draft_of(call));
    const auto plans = call.context.plans.current();
    return once(call, [&](store::Transaction& transaction) {
        return library::order(transaction, call.session->account_id, *plans, call.session->plan, draft,
                              call.context.runs);
    });
}

Outcome estimate(const Call& call) {
    const auto draft = TRY(draft_of(call));
    const auto plans = call.context.plans.current();
    const auto estimate = TRY(library::estimate(call.context.database, call.session->account_id, *plans,
                                                call.session->plan, draft));
    return json_answer({{"reading", Json::parse(library::reading_json(draft.plan))},
                        {"duration_seconds", static_cast<double>(estimate.duration_ms) / 1000},
                        {"storage_bytes", estimate.storage_bytes},
                        {"cost_credits", estimate.cost_credits},
                        {"left",
                         {{"credits", estimate.credits_left},
                          {"today", estimate.today_left},
                          {"month", estimate.month_left},
                          {"storage_bytes", estimate.storage_left_bytes}}},
                        {"refusal", estimate.refusal.empty() ? Json() : Json(estimate.refusal)}});
}

Outcome list_songs(const Call& call, store::Transaction& transaction) {
    const auto& request = call.request;
    library::ListRequest wanted;
    wanted.q = request.query_value("q");
    if (const auto state = request.query_value("state"); !state.empty())
        wanted.state = library::parse_state(state);
    wanted.genre = request.query_value("genre");
    if (const auto pinned = request.query_value("pinned"); !pinned.empty()) wanted.pinned = pinned == "true";
    TRY_VOID(library::set_sort(wanted, request.query_value("sort")));
    wanted.cursor = request.query_value("cursor");
    wanted.limit = static_cast<int>(call.query_integer("limit", 20));
    const auto page = TRY(library::list(transaction, call.session->account_id, wanted));
    JsonText json(256 + 400 * page.songs.size());
    json.open('{').name("songs").open('[');
    for (const library::Summary& song : page.songs) write(json, song);
    json.close(']');
    json.name("next_cursor").text_or_null(page.next_cursor);
    json.name("total").number(page.total);
    json.name("total_is_exact").flag(page.total_is_exact);
    json.close('}');
    return text_answer(json.take());
}

Outcome get_song(const Call& call) {
    const Json song = TRY(call.context.database.read(
        [&](store::Transaction& transaction) { return song_json(call, transaction, call.id()); }));
    return json_answer(TRY(with_work(call, song)));
}

Outcome patch_song(const Call& call) {
    const Json song =
        TRY(call.context.database.write([&](store::Transaction& transaction) -> base::Result<Json> {
            const std::string& account = call.session->account_id;
            if (call.has("title"))
                TRY_VOID(library::rename(transaction, account, call.id(), call.text("title")));
            if (call.has("pinned"))
                TRY_VOID(library::pin(transaction, account, call.id(), call.body.value("pinned", false)));
            return song_json(call, transaction, call.id());
        }));
    return json_answer(song);
}

Outcome delete_song(const Call& call) {
    TRY_VOID(call.context.database.write([&](store::Transaction& transaction) {
        return library::remove(transaction, call.session->account_id, call.id());
    }));
    return net::Response::empty(204);
}

Outcome regenerate(const Call& call) {
    const auto newer = call.body.value("newer_engine", false) ? library::NewerEngine::accepted
                                                              : library::NewerEngine::not_accepted;
    return once(call, [&](store::Transaction& transaction) {
        return library::regenerate(transaction, call.session->account_id, plan_of(call), call.id(),
                                   call.context.runs, newer);
    });
}

Outcome variation(const Call& call) {
    const auto draft =
        TRY(library::variation_draft(call.context.database, call.session->account_id, call.id()));
    const auto plans = call.context.plans.current();
    return once(call, [&](store::Transaction& transaction) {
        return library::order(transaction, call.session->account_id, *plans, call.session->plan, draft,
                              call.context.runs, call.id());
    });
}

Outcome cancel(const Call& call) {
    const Json song =
        TRY(call.context.database.write([&](store::Transaction& transaction) -> base::Result<Json> {
            TRY_VOID(library::cancel(transaction, call.session->account_id, call.id()));
            return song_json(call, transaction, call.id());
        }));
    return json_answer(song, 202);
}

}  // namespace

void add_song_routes(std::vector<Endpoint>& rows) {
    const Field record{"", Type::record, true, 0, 0, "a song request; see Vocabulary.fields"};
    rows.push_back({"POST",
                    "/api/v1/songs/estimate",
                    "songs",
                    "What a request would become, cost, and leave",
                    Needs::session,
                    Rate::reading,
                    {record},
                    {},
                    200,
                    "Estimate",
                    estimate});
    rows.push_back({"POST",
                    "/api/v1/songs",
                    "songs",
                    "Order a song; an Idempotency-Key makes it safe to send again",
                    Needs::session,
                    Rate::ordering,
                    {record},
                    {},
                    202,
                    "Song",
                    order_song});
    rows.push_back({"GET",
                    "/api/v1/songs",
                    "songs",
                    "The song history",
                    Needs::session,
                    Rate::reading,
                    {},
                    {{"q", Type::text, false, 0, 200, "words to find; the last may be a beginning"},
                     {"state",
                      Type::text,
                      false,
                      1,
                      20,
                      "only songs in this state",
                      {"queued", "making", "ready", "failed", "cancelled", "archived"}},
                     {"genre", Type::text, false, 1, 60, "only this genre's id"},
                     {"pinned", Type::text, false, 1, 5, "only pinned, or only others", {"true", "false"}},
                     {"sort",
                      Type::text,
                      false,
                      1,
                      20,
                      "order; newest first when left out",
                      {"created", "-created", "title", "-title", "duration", "-duration"}},
                     {"cursor", Type::text, false, 1, 1000, "next_cursor of the page before"},
                     {"limit", Type::integer, false, 1, 100, "songs a page"}},
                    200,
                    "SongPage",
                    {}});
    rows.back().look = list_songs;
    rows.push_back({"GET",
                    "/api/v1/songs/{id}",
                    "songs",
                    "One song with its record",
                    Needs::session,
                    Rate::reading,
                    {},
                    {},
                    200,
                    "Song",
                    get_song});
    rows.push_back({"PATCH",
                    "/api/v1/songs/{id}",
                    "songs",
                    "Rename or pin",
                    Needs::session,
                    Rate::changing,
                    {{"title", Type::text, false, 1, 200, "a new title"},
                     {"pinned", Type::flag, false, 0, 0, "pinned audio is archived last"}},
                    {},
                    200,
                    "Song",
                    patch_song});
    rows.push_back({"DELETE",
                    "/api/v1/songs/{id}",
                    "songs",
                    "Delete the song with everything of it",
                    Needs::session,
                    Rate::changing,
                    {},
                    {},
                    204,
                    "",
                    delete_song});
    rows.push_back({"POST",
                    "/api/v1/songs/{id}/regenerate",
                    "songs",
                    "Make it again from its record; costs nothing",
                    Needs::session,
                    Rate::ordering,
                    {{"newer_engine", Type::flag, false, 0, 0,
                      "go on although this release makes songs with another engine version"}},
                    {},
                    202,
                    "Song",
                    regenerate});
    rows.push_back({"POST",
                    "/api/v1/songs/{id}/variation",
                    "songs",
                    "The same request with a new seed",
                    Needs::session,
                    Rate::ordering,
                    {},
                    {},
                    202,
                    "Song",
                    variation});
    rows.push_back({"POST",
                    "/api/v1/songs/{id}/cancel",
                    "songs",
                    "Take the order back; credits return",
                    Needs::session,
                    Rate::changing,
                    {},
                    {},
                    202,
                    "Song",
                    cancel});
}

}  // namespace mmx::api
