#include "library/renditions.h"

#include <algorithm>
#include <array>

#include "base/secrets.h"
#include "jobs/events.h"
#include "library/rendition_row.h"
#include "library/rows.h"
#include "library/song_row.h"

namespace mmx::library {
namespace {

using store::Transaction;

struct Kind {
    std::string_view what, file;
};
constexpr std::array<Kind, 5> kKinds = {{{"wav", "song.wav"},
                                         {"mp3_v0", "song.mp3"},
                                         {"mp3_320", "song.mp3"},
                                         {"opus", "song.opus"},
                                         {"stems", "stems.zip"}}};
constexpr std::array<std::string_view, 4> kStates = {"queued", "making", "ready", "failed"};
constexpr std::string_view kColumns =
    "r.id, r.song_id, r.what, r.state, r.objects, r.bytes, r.contents, r.error_user, r.made_at, "
    "r.last_used_at, r.remark";

Rendition rendition_of(const store::Row& row) {
    Rendition rendition;
    rendition.id = row.text(0);
    rendition.song_id = row.text(1);
    rendition.what = row.text(2);
    const auto state = std::find(kStates.begin(), kStates.end(), row.text(3));
    rendition.state = static_cast<RenditionState>(std::min<std::ptrdiff_t>(state - kStates.begin(), 3));
    rendition.objects = row.text(4);
    rendition.bytes = row.integer(5);
    rendition.contents_json = row.text(6);
    rendition.error_user = row.text(7);
    rendition.made_at = row.maybe_integer(8).value_or(0);
    rendition.last_used_at = row.integer(9);
    rendition.remark = row.text(10);
    return rendition;
}

base::Result<std::optional<Rendition>> find_where(Transaction& transaction, std::string_view where,
                                                  const store::Parameters& parameters) {
    const store::Rows rows = TRY(transaction.query(
        "SELECT " + std::string(kColumns) + " FROM renditions r WHERE " + std::string(where), parameters));
    if (rows.empty()) return std::optional<Rendition>();
    return std::optional(rendition_of(rows[0]));
}

base::Result<std::optional<Rendition>> by_id(Transaction& transaction, const std::string& id) {
    return find_where(transaction, "r.id = ?" + std::string(store::for_update(transaction.dialect())), {id});
}

base::Status set_state(Transaction& transaction, const std::string& id, RenditionState state,
                       std::string_view error_user) {
    TRY_VOID(transaction.execute("UPDATE renditions SET state = ?, error_user = ? WHERE id = ?",
                                 {rendition_state_name(state), error_user, id}));
    return {};
}

// A "rendition" event, so that a page that waits for its download needs no polling.
base::Status tell(Transaction& transaction, const Rendition& rendition, RenditionState state) {
    const store::Rows rows =
        TRY(transaction.query("SELECT account_id FROM songs WHERE id = ?", {rendition.song_id}));
    if (rows.empty()) return {};
    return jobs::append(transaction, rows[0].text(0), "rendition",
                        R"({"song_id":")" + rendition.song_id + R"(","what":")" + rendition.what +
                            R"(","state":")" + std::string(rendition_state_name(state)) + R"("})");
}

base::Status take_out(Transaction& transaction, const Rendition& rendition, std::int64_t delay_ms) {
    TRY_VOID(remove_later(transaction, rendition.objects + "/", delay_ms));
    TRY_VOID(transaction.execute("DELETE FROM renditions WHERE id = ?", {rendition.id}));
    return {};
}

base::Status enqueue(Transaction& transaction, const std::string& account_id, const std::string& rendition_id,
                     int parallel_jobs) {
    jobs::NewJob job;
    job.kind = kMakeRendition;
    job.unique_key = "rendition:" + rendition_id;
    job.account_id = account_id;
    job.subject = rendition_id;
    job.parallel = parallel_jobs;
    job.priority = 5;  // somebody waits at a download link; it is short work besides a song
    TRY_VOID(jobs::ensure(transaction, job));
    return {};
}

}  // namespace

std::string_view rendition_state_name(RenditionState state) {
    return kStates[static_cast<std::size_t>(state)];
}

bool is_rendition(std::string_view what) {
    return std::any_of(kKinds.begin(), kKinds.end(), [&](const Kind& kind) { return kind.what == what; });
}

std::string rendition_key(const Rendition& rendition) {
    for (const Kind& kind : kKinds)
        if (kind.what == rendition.what) return rendition.objects + "/" + std::string(kind.file);
    return {};
}
std::string stem_key(const Rendition& rendition, std::string_view stem_id) {
    return rendition.objects + "/stems/" + std::string(stem_id) + ".flac";
}
std::string stems_zip_key(const Rendition& rendition) {
    return rendition.objects + "/stems.zip";
}

base::Result<std::optional<Rendition>> find_rendition(Transaction& transaction, const std::string& account_id,
                                                      const std::string& song_id, std::string_view what) {
    TRY_VOID(get(transaction, account_id, song_id));
    return find_where(transaction, "r.song_id = ? AND r.what = ?", {song_id, what});
}

base::Result<Rendition> request_rendition(Transaction& transaction, const std::string& account_id,
                                          const std::string& song_id, std::string_view what,
                                          int parallel_jobs) {
    if (!is_rendition(what))
        return base::fail_field("format",
                                "format: this one is not made here; wav, mp3_v0, mp3_320, opus or "
                                "stems is allowed");
    const Song song = TRY(get_locked(transaction, account_id, song_id));
    if (!song.has_audio)
        return base::fail(base::Kind::conflict,
                          song.state == SongState::archived
                              ? "This song is archived; make it again first, then download it."
                              : "This song has no audio yet.");
    auto there = TRY(find_where(transaction, "r.song_id = ? AND r.what = ?", {song_id, what}));
    if (there && there->state == RenditionState::ready) {
        TRY_VOID(
            transaction.execute("UPDATE renditions SET last_used_at = now_ms() WHERE id = ?", {there->id}));
        return *there;
    }
    // Who asks again and again hears of the failure instead of causing the next one.
    if (there && there->state == RenditionState::failed) {
        const store::Rows recent =
            TRY(transaction.query("SELECT 1 FROM renditions WHERE id = ? AND last_used_at > now_ms() - ?",
                                  {there->id, kFailureStays_ms}));
        if (!recent.empty()) return *there;
    }
    if (!there) {
        TRY_VOID(transaction.execute(
            "INSERT INTO renditions (id, song_id, what, state, objects, created_at, last_used_at) "
            "VALUES (?, ?, ?, 'queued', ?, now_ms(), now_ms())",
            {base::random_id(), song_id, what, new_folder("renditions")}));
    } else if (there->state == RenditionState::failed) {
        TRY_VOID(set_state(transaction, there->id, RenditionState::queued, ""));
    }
    there = TRY(find_where(transaction, "r.song_id = ? AND r.what = ?", {song_id, what}));
    TRY_VOID(enqueue(transaction, account_id, there->id, parallel_jobs));
    return *there;
}

base::Result<Rendition> begin_rendition(Transaction& transaction, const jobs::Claim& claim) {
    std::optional<Rendition> rendition = TRY(by_id(transaction, claim.subject));
    if (!rendition || rendition->state == RenditionState::ready || rendition->state == RenditionState::failed)
        return base::fail(base::Kind::cancelled, "This file is not wanted any more.", claim.subject);
    TRY_VOID(set_state(transaction, rendition->id, RenditionState::making, ""));
    rendition->state = RenditionState::making;
    return *rendition;
}

base::Status finish_rendition(Transaction& transaction, const jobs::Claim& claim, std::int64_t bytes,
                              std::string_view contents_json, std::string_view remark) {
    const std::optional<Rendition> rendition = TRY(by_id(transaction, claim.subject));
    TRY_VOID(jobs::finish(transaction, claim));
    if (!rendition) return {};  // the song changed or went; its folder is queued for removal
    TRY_VOID(transaction.execute(
        "UPDATE renditions SET state = 'ready', error_user = '', bytes = ?, contents = ?, "
        "remark = ?, made_at = now_ms(), last_used_at = now_ms() WHERE id = ?",
        {bytes, contents_json, remark, rendition->id}));
    return tell(transaction, *rendition, RenditionState::ready);
}

base::Result<jobs::State> fail_rendition(Transaction& transaction, const jobs::Claim& claim,
                                         const base::Error& error) {
    const jobs::State state = TRY(jobs::fail(transaction, claim, error));
    TRY_VOID(end_rendition(transaction, claim.subject, state, error.tell_user));
    return state;
}

base::Status end_rendition(Transaction& transaction, const std::string& rendition_id, jobs::State end,
                           std::string_view error_user) {
    const std::optional<Rendition> rendition = TRY(by_id(transaction, rendition_id));
    if (!rendition) return {};
    switch (end) {
        case jobs::State::queued:
            return set_state(transaction, rendition_id, RenditionState::queued, "");
        case jobs::State::failed:
        case jobs::State::dead:
            TRY_VOID(set_state(transaction, rendition_id, RenditionState::failed, error_user));
            TRY_VOID(transaction.execute("UPDATE renditions SET last_used_at = now_ms() WHERE id = ?",
                                         {rendition_id}));
            return tell(transaction, *rendition, RenditionState::failed);
        case jobs::State::cancelled:
            return take_out(transaction, *rendition, kWriterGone_ms);
        case jobs::State::running:
        case jobs::State::done:
            return {};
    }
    return {};
}

base::Status drop_renditions(Transaction& transaction, const std::string& account_id,
                             const std::string& song_id) {
    const store::Rows rows = TRY(transaction.query(
        "SELECT " + std::string(kColumns) + " FROM renditions r WHERE r.song_id = ?", {song_id}));
    for (const store::Row& row : rows) {
        const Rendition rendition = rendition_of(row);
        const bool at_work =
            rendition.state == RenditionState::queued || rendition.state == RenditionState::making;
        if (at_work) TRY_VOID(jobs::cancel(transaction, account_id, rendition.id));
        TRY_VOID(take_out(transaction, rendition, at_work ? kWriterGone_ms : 0));
    }
    return {};
}

base::Status touch_rendition(store::Database& database, const std::string& rendition_id) {
    TRY_VOID(database.execute("UPDATE renditions SET last_used_at = now_ms() WHERE id = ?", {rendition_id}));
    return {};
}

base::Result<int> evict_renditions(store::Database& database, std::int64_t bound_bytes) {
    return database.write([&](Transaction& transaction) -> base::Result<int> {
        std::int64_t excess =
            TRY(transaction.query("SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM renditions "
                                  "WHERE state = 'ready'"))
                .at(0)
                .integer(0) -
            bound_bytes;
        if (excess <= 0) return 0;
        int gone = 0;
        const store::Rows rows = TRY(transaction.query(
            "SELECT " + std::string(kColumns) +
                " FROM renditions r WHERE r.state = 'ready' AND r.last_used_at < now_ms() - ? "
                "ORDER BY r.last_used_at LIMIT 500" +
                std::string(store::for_update(transaction.dialect())),
            {kInUse_ms}));
        for (const store::Row& row : rows) {
            if (excess <= 0) break;
            const Rendition rendition = rendition_of(row);
            TRY_VOID(take_out(transaction, rendition, 0));
            excess -= rendition.bytes;
            ++gone;
        }
        return gone;
    });
}

}  // namespace mmx::library
