// What a song consists of: audio with ranges, waveform, score, MIDI, lyrics, other formats, stems.
#include <nlohmann/json.hpp>

#include "api/context.h"
#include "api/object_source.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "base/secrets.h"
#include "codec/flac_title.h"
#include "library/renditions.h"
#include "library/song.h"

namespace mmx::api {
namespace {

using Json = nlohmann::ordered_json;

base::Result<library::Song> song_of(const Call& call) {
    return call.context.database.read([&](store::Transaction& transaction) {
        return library::get(transaction, call.session->account_id, call.id());
    });
}

base::Result<library::Song> song_with_audio(const Call& call) {
    auto song = TRY(song_of(call));
    if (song.has_audio) return song;
    if (song.state == library::SongState::archived)
        return base::fail(base::Kind::conflict, "This song is archived; make it again to hear it.");
    return base::fail(base::Kind::conflict, "This song has no audio yet.");
}

// RFC 6266: a plain name for old programs, the real one for all others.
std::string attachment(const std::string& title, std::string_view ending) {
    std::string plain, coded;
    for (const char c : title) {
        const auto byte = static_cast<unsigned char>(c);
        const bool simple = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                            c == '-' || c == '_';
        if (simple) {
            plain += c;
            coded += c;
        } else {
            constexpr char digits[] = "0123456789ABCDEF";
            if (c == ' ') plain += ' ';
            coded += '%';
            coded += digits[byte >> 4];
            coded += digits[byte & 15];
        }
    }
    if (plain.empty()) plain = "song";
    if (coded.empty()) coded = "song";
    return "attachment; filename=\"" + plain + std::string(ending) + "\"; filename*=UTF-8''" + coded +
           std::string(ending);
}

Outcome source_answer(ObjectSource source, std::string_view content_type, const std::string& etag,
                      const std::string& disposition) {
    net::Response response;
    response.headers.set("Content-Type", std::string(content_type));
    response.headers.set("ETag", "\"" + etag + "\"");
    // The browser may keep it, but asks each time whether it is still its own to hear.
    response.headers.set("Cache-Control", "private, no-cache");
    if (!disposition.empty()) response.headers.set("Content-Disposition", disposition);
    response.body = std::shared_ptr<net::Source>(std::make_shared<ObjectSource>(std::move(source)));
    return response;
}

Outcome object_answer(const Call& call, const std::string& key, std::string_view content_type,
                      const std::string& etag, const std::string& disposition) {
    return source_answer(ObjectSource(TRY(call.context.objects.open(key))), content_type, etag, disposition);
}

// The kept original under the song's title of now; a song that was never renamed is sent as it lies there.
Outcome titled_original(const Call& call, const library::Song& song, std::string_view content_type,
                        const std::string& disposition) {
    auto reader = TRY(call.context.objects.open(library::keys_in(song.objects).audio));
    auto head = codec::flac_head_titled(TRY(reader->read(0, codec::kFlacHeadBytes)), song.title);
    if (!head)
        return source_answer(ObjectSource(std::move(reader)), content_type, song.audio_sha256, disposition);
    const std::string etag =
        song.audio_sha256.substr(0, 32) + base::to_hex(base::sha256(song.title)).substr(0, 32);
    return source_answer(ObjectSource(std::move(reader), std::move(head->bytes), head->replaced),
                         content_type, etag, disposition);
}

Outcome get_audio(const Call& call) {
    const auto song = TRY(song_with_audio(call));
    return object_answer(call, library::keys_in(song.objects).audio, "audio/flac", song.audio_sha256, {});
}

// Small objects beside the audio; they exist as long as it does.
Outcome part(const Call& call, std::string library::ObjectKeys::*which, std::string_view content_type,
             std::string_view ending, std::string_view what) {
    const auto song = TRY(song_with_audio(call));
    const std::string name = ending.empty() ? std::string() : attachment(song.title, ending);
    const std::string key = library::keys_in(song.objects).*which;
    auto answer = object_answer(call, key, content_type,
                                song.audio_sha256.substr(0, 32) + key.substr(key.rfind('/') + 1), name);
    if (!answer && answer.error().kind == base::Kind::not_found)
        return base::fail(base::Kind::not_found, "This song has no " + std::string(what) + ".");
    return answer;
}

struct Format {
    std::string_view name;       // in the API
    std::string_view rendition;  // in the library; empty: the kept original
    std::string_view plan_name;  // what a plan calls it
    std::string_view content_type, ending;
};
constexpr Format kFormats[] = {
    {"flac", "", "flac", "audio/flac", ".flac"},    {"wav", "wav", "wav", "audio/wav", ".wav"},
    {"mp3", "mp3_v0", "mp3", "audio/mpeg", ".mp3"}, {"mp3_320", "mp3_320", "mp3", "audio/mpeg", ".mp3"},
    {"opus", "opus", "opus", "audio/ogg", ".opus"},
};
const std::vector<std::string_view> kFormatNames = {"flac", "wav", "mp3", "mp3_320", "opus"};

base::Result<const Format*> format_of(const Call& call, std::string_view name) {
    for (const Format& format : kFormats) {
        if (format.name != name) continue;
        const auto plans = call.context.plans.current();
        if (!plans->of(call.session->plan).allows_format(format.plan_name))
            return base::fail(base::Kind::not_allowed, "Your plan does not include downloads as " +
                                                           std::string(format.plan_name) + ".");
        return &format;
    }
    return base::fail_field("format", "format: there is no such format.");
}

Outcome ask_rendition(const Call& call, std::string_view what) {
    const auto plans = call.context.plans.current();
    const auto rendition = TRY(call.context.database.write([&](store::Transaction& transaction) {
        return library::request_rendition(transaction, call.session->account_id, call.id(), what,
                                          plans->of(call.session->plan).parallel_jobs);
    }));
    return json_answer(to_json(rendition), rendition.state == library::RenditionState::ready ? 200 : 202);
}

Outcome post_rendition(const Call& call) {
    const Format* format = TRY(format_of(call, call.text("format")));
    if (!format->rendition.empty()) return ask_rendition(call, format->rendition);
    const auto song = TRY(song_with_audio(call));
    return json_answer({{"format", "flac"},
                        {"state", "ready"},
                        {"bytes", song.audio_bytes},
                        {"contents", Json()},
                        {"error", Json()},
                        {"remark", Json()},
                        {"made_at", time_text(song.audio_made_at)}});
}

base::Result<library::Rendition> ready_rendition(const Call& call, std::string_view what) {
    auto found = TRY(call.context.database.read([&](store::Transaction& transaction) {
        return library::find_rendition(transaction, call.session->account_id, call.id(), what);
    }));
    if (!found || found->state != library::RenditionState::ready)
        return base::fail(base::Kind::conflict, found && found->state == library::RenditionState::failed
                                                    ? "It could not be made: " + found->error_user
                                                    : "It is not made yet; ask for it first.");
    TRY_VOID(library::touch_rendition(call.context.database, found->id));
    return std::move(*found);
}

Outcome download(const Call& call) {
    const std::string_view asked = call.request.query_value("format");
    const Format* format = TRY(format_of(call, asked.empty() ? "flac" : asked));
    const auto song = TRY(song_with_audio(call));
    const std::string name = attachment(song.title, format->ending);
    if (format->rendition.empty()) return titled_original(call, song, format->content_type, name);
    const auto rendition = TRY(ready_rendition(call, format->rendition));
    return object_answer(call, library::rendition_key(rendition), format->content_type, rendition.id, name);
}

Outcome post_stems(const Call& call) {
    return ask_rendition(call, "stems");
}

Outcome get_stem(const Call& call) {
    const auto rendition = TRY(ready_rendition(call, "stems"));
    const std::string stem(call.request.parameter("name"));
    const Json names = parsed_or_null(rendition.contents_json);
    bool known = false;
    for (const Json& one : names) known |= one.is_string() ? one == stem : one.value("id", "") == stem;
    if (!known) return base::fail(base::Kind::not_found, "This song has no such stem.");
    return object_answer(call, library::stem_key(rendition, stem), "audio/flac", rendition.id + "-" + stem,
                         {});
}

Outcome get_stems_zip(const Call& call) {
    const auto song = TRY(song_of(call));
    const auto rendition = TRY(ready_rendition(call, "stems"));
    return object_answer(call, library::stems_zip_key(rendition), "application/zip", rendition.id,
                         attachment(song.title + " stems", ".zip"));
}

}  // namespace

void add_media_routes(std::vector<Endpoint>& rows) {
    const auto get = [&](std::string_view path, std::string_view summary, std::string_view content_type,
                         auto run, std::vector<Field> query = {}) {
        Endpoint row{"GET", path, "media", summary, Needs::session, Rate::reading, {}, std::move(query),
                     200,   "",   run};
        row.content_type = content_type;
        rows.push_back(std::move(row));
    };
    get("/api/v1/songs/{id}/audio", "The kept original, with ranges", "audio/flac", get_audio);
    get("/api/v1/songs/{id}/peaks", "The waveform in numbers", "application/json", [](const Call& call) {
        return part(call, &library::ObjectKeys::peaks, "application/json", "", "waveform");
    });
    get("/api/v1/songs/{id}/score", "Sections, chords and notes", "application/json", [](const Call& call) {
        return part(call, &library::ObjectKeys::score, "application/json", "", "score");
    });
    get("/api/v1/songs/{id}/midi", "The score as a MIDI file", "audio/midi", [](const Call& call) {
        return part(call, &library::ObjectKeys::midi, "audio/midi", ".mid", "MIDI file");
    });
    get("/api/v1/songs/{id}/lrc", "Synced lyrics", "text/plain", [](const Call& call) {
        return part(call, &library::ObjectKeys::lrc, "text/plain; charset=utf-8", ".lrc", "synced lyrics");
    });
    rows.push_back({"POST",
                    "/api/v1/songs/{id}/renditions",
                    "media",
                    "Ask for another format; send again to see how far it is",
                    Needs::session,
                    Rate::changing,
                    {{"format", Type::text, true, 1, 10, "which", kFormatNames}},
                    {},
                    202,
                    "Rendition",
                    post_rendition});
    get("/api/v1/songs/{id}/download", "The song as a file", "audio/*", download,
        {{"format", Type::text, false, 1, 10, "flac when left out", kFormatNames}});
    rows.push_back({"POST",
                    "/api/v1/songs/{id}/stems",
                    "media",
                    "Ask for the stems; send again to see how far they are",
                    Needs::session,
                    Rate::changing,
                    {},
                    {},
                    202,
                    "Rendition",
                    post_stems});
    get("/api/v1/songs/{id}/stems/{name}", "One stem, with ranges", "audio/flac", get_stem);
    get("/api/v1/songs/{id}/stems.zip", "All stems in one file", "application/zip", get_stems_zip);
}

}  // namespace mmx::api
