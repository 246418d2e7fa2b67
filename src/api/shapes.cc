#include "api/shapes.h"

#include <nlohmann/json.hpp>

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

}  // namespace

Json time_text(std::int64_t at_ms) {
    return at_ms == 0 ? Json() : Json(iso_time(at_ms));
}

Json to_json(const accounts::Account& account) {
    return {{"id", account.id},
            {"email", account.email},
            {"display_name", account.display_name},
            {"role", accounts::to_text(account.role)},
            {"state", accounts::to_text(account.state)},
            {"plan", account.plan},
            {"terms_version", account.terms_version},
            {"created_at", time_text(account.created_at)}};
}

Json to_json(const accounts::Session& session) {
    return {{"id", session.account_id},
            {"email", session.email},
            {"display_name", session.display_name},
            {"role", accounts::to_text(session.role)},
            {"state", accounts::to_text(session.state)},
            {"plan", session.plan},
            {"session_id", session.id}};
}

void write(JsonText& json, const library::Summary& song) {
    json.open('{');
    json.name("id").text(song.id);
    json.name("state").text(library::state_name(song.state));
    json.name("title").text(song.title);
    json.name("prompt").text(song.prompt);
    json.name("genre").text_or_null(song.genre);
    json.name("bpm");
    song.bpm > 0 ? json.real(song.bpm) : json.null();
    json.name("key").text_or_null(song.key);
    json.name("time_signature").text_or_null(song.metre);
    json.name("duration_seconds");
    song.duration_ms > 0 ? json.real(static_cast<double>(song.duration_ms) / 1000) : json.null();
    json.name("has_audio").flag(song.has_audio);
    json.name("pinned").flag(song.pinned);
    json.name("held").flag(song.held);
    json.name("error").text_or_null(song.error_user);
    json.name("variation_of").text_or_null(song.parent_id);
    json.name("created_at").time(song.created_at);
    json.name("updated_at").time(song.updated_at);
    json.close('}');
}

Json to_json(const library::Song& song) {
    JsonText summary;
    write(summary, song);
    Json json = Json::parse(summary.take());
    json["lyrics"] = song.lyrics;
    json["generation_id"] = song.generation_id;
    json["seed"] = song.seed;  // 64 bits do not fit a JSON number, so it is text
    json["engine"] = text_or_null(song.engine);
    json["engine_version"] = text_or_null(song.engine_version);
    json["sounds_hash"] = text_or_null(song.sounds_hash);
    json["sha256"] = text_or_null(song.samples_sha256);
    json["audio_bytes"] = song.audio_bytes;
    json["audio_sha256"] = text_or_null(song.audio_sha256);
    json["audio_made_at"] = time_text(song.audio_made_at);
    json["remake_exact"] = song.remake_exact ? Json(*song.remake_exact) : Json();
    json["request"] = parsed_or_null(song.request_json);
    const Json record = parsed_or_null(song.record_json);
    json["decided"] = record.is_object() && record.contains("decided") ? record["decided"] : Json();
    json["record"] = record;
    return json;
}

Json to_json(const library::Rendition& rendition) {
    return {{"format", rendition.what},
            {"state", library::rendition_state_name(rendition.state)},
            {"bytes", rendition.bytes},
            {"contents", parsed_or_null(rendition.contents_json)},
            {"error", text_or_null(rendition.error_user)},
            {"remark", text_or_null(rendition.remark)},
            {"made_at", time_text(rendition.made_at)}};
}

Json parsed_or_null(const std::string& json) {
    Json parsed = Json::parse(json, nullptr, false);
    return parsed.is_discarded() ? Json() : parsed;
}

}  // namespace mmx::api
