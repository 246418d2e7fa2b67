#include "library/making.h"

#include "billing/usage.h"
#include "library/archive.h"
#include "library/rendition_row.h"
#include "library/renditions.h"
#include "library/rows.h"
#include "library/song_row.h"

namespace mmx::library {
namespace {

using store::Transaction;

bool is_remake(const Song& song) {
    return !song.record_json.empty();
}

bool under_way(const Song& song) {
    return song.state == SongState::queued || song.state == SongState::making;
}

// The song if it is still there, kept from changing. Locked before its job, here as in cancel() and
// regenerate(), so that no two wait for each other.
base::Result<std::optional<Song>> find_locked(Transaction& transaction, const std::string& song_id) {
    auto song = get_any(transaction, song_id, Lock::yes);
    if (song) return std::optional(std::move(*song));
    if (song.error().kind == base::Kind::not_found) return std::optional<Song>();
    return tl::unexpected(song.error());
}

base::Status set_state(Transaction& transaction, const Song& song, SongState state,
                       std::string_view error_user) {
    TRY_VOID(
        transaction.execute("UPDATE songs SET state = ?, error_user = ?, updated_at = now_ms() WHERE seq = ?",
                            {state_name(state), error_user, song.seq}));
    TRY_VOID(index_song(transaction, song.seq));
    return tell_song(transaction, song.id);
}

// The making came to nothing: credits go back, and what was put goes.
base::Status unmake(Transaction& transaction, const Song& song, jobs::State end,
                    std::string_view error_user) {
    const bool cancelled = end == jobs::State::cancelled;
    SongState state = cancelled ? SongState::cancelled : SongState::failed;
    if (is_remake(song))
        state = song.has_audio ? SongState::ready : SongState::archived;
    else
        TRY_VOID(billing::refund(transaction, song.id, cancelled ? "cancelled" : "generation failed"));
    TRY_VOID(transaction.execute("UPDATE songs SET making_objects = '' WHERE seq = ?", {song.seq}));
    if (!song.making_objects.empty())
        TRY_VOID(remove_later(transaction, song.making_objects + "/", kWriterGone_ms));
    return set_state(transaction, song, state, error_user);
}

base::Status queue_again(Transaction& transaction, const Song& song) {
    if (song.making_objects.empty())
        TRY_VOID(transaction.execute("UPDATE songs SET making_objects = ? WHERE seq = ?",
                                     {new_folder("songs"), song.seq}));
    return set_state(transaction, song, SongState::queued, "");
}

base::Status end_as(Transaction& transaction, const Song& song, jobs::State state,
                    std::string_view error_user) {
    switch (state) {
        case jobs::State::queued:
            return queue_again(transaction, song);
        case jobs::State::failed:
        case jobs::State::dead:
        case jobs::State::cancelled:
            // Twice told is once done.
            return under_way(song) ? unmake(transaction, song, state, error_user) : base::Status{};
        case jobs::State::running:
        case jobs::State::done:
            return {};
    }
    return {};
}

base::Status keep_within_plan(Transaction& transaction, const std::string& account_id,
                              std::int64_t plan_storage_bytes) {
    if (TRY(stored_bytes(transaction, account_id)) <= plan_storage_bytes) return {};
    jobs::NewJob job;
    job.kind = kArchive;
    job.unique_key = "archive:" + account_id;
    job.subject = account_id;
    TRY_VOID(jobs::ensure(transaction, job));
    return {};
}

base::Status store_made(Transaction& transaction, const Song& song, const Made& made) {
    const music::StoredRecord& record = made.record;
    const music::SongRequest& decided = record.decided;
    std::optional<int> exact;
    if (is_remake(song)) exact = record.samples_sha256 == song.samples_sha256 ? 1 : 0;
    TRY_VOID(transaction.execute(
        "UPDATE songs SET state = 'ready', error_user = '', objects = making_objects, making_objects = '', "
        "record = ?, engine = ?, engine_version = ?, sounds_hash = ?, samples_sha256 = ?, genre = ?, "
        "bpm = ?, musical_key = ?, metre = ?, duration_ms = ?, audio_bytes = ?, audio_sha256 = ?, "
        "audio_made_at = now_ms(), remake_exact = ?, updated_at = now_ms() WHERE seq = ?",
        {music::write_stored_record(record), record.engine, record.engine_version, record.sounds_hash,
         record.samples_sha256, record.genre, decided.bpm.value_or(song.bpm),
         decided.key ? (decided.key->key ? decided.key->key->name() : "none") : song.key,
         decided.time_signature ? decided.time_signature->name() : song.metre, made.duration_ms,
         static_cast<std::int64_t>(made.audio.bytes), made.audio.sha256, exact, song.seq}));
    return {};
}

}  // namespace

base::Result<Making> begin(Transaction& transaction, const jobs::Claim& claim) {
    const std::optional<Song> song = TRY(find_locked(transaction, claim.subject));
    if (!song || !under_way(*song))
        return base::fail(base::Kind::cancelled, "This song is not wanted any more.", claim.subject);
    TRY_VOID(set_state(transaction, *song, SongState::making, ""));
    Making making;
    making.song = TRY(get_any(transaction, claim.subject));
    making.request = TRY(music::parse_record(song->request_json));
    making.keys = keys_in(song->making_objects);
    making.remake = is_remake(*song);
    return making;
}

base::Status ready(Transaction& transaction, const jobs::Claim& claim, const Made& made,
                   std::int64_t plan_storage_bytes) {
    const std::optional<Song> song = TRY(find_locked(transaction, claim.subject));
    TRY_VOID(jobs::finish(transaction, claim));
    if (!song || !under_way(*song)) return {};  // deleted meanwhile: remove() saw to credits and objects
    TRY_VOID(store_made(transaction, *song, made));
    if (!is_remake(*song)) TRY_VOID(billing::commit(transaction, song->id));
    TRY_VOID(add_stored_bytes(transaction, song->account_id,
                              static_cast<std::int64_t>(made.audio.bytes) - song->audio_bytes));
    if (!song->objects.empty()) TRY_VOID(remove_later(transaction, song->objects + "/"));
    TRY_VOID(drop_renditions(transaction, song->account_id, song->id));
    TRY_VOID(index_song(transaction, song->seq));
    TRY_VOID(tell_song(transaction, song->id));
    return keep_within_plan(transaction, song->account_id, plan_storage_bytes);
}

base::Result<jobs::State> failed(Transaction& transaction, const jobs::Claim& claim,
                                 const base::Error& error) {
    const std::optional<Song> song = TRY(find_locked(transaction, claim.subject));
    const jobs::State state = TRY(jobs::fail(transaction, claim, error));
    if (song)
        TRY_VOID(end_as(transaction, *song, state, state == jobs::State::cancelled ? "" : error.tell_user));
    return state;
}

base::Status given_back(Transaction& transaction, const jobs::Claim& claim) {
    if (claim.kind == kMakeRendition) {
        TRY_VOID(jobs::give_back(transaction, claim));
        return end_rendition(transaction, claim.subject, jobs::State::queued, "");
    }
    const std::optional<Song> song = TRY(find_locked(transaction, claim.subject));
    TRY_VOID(jobs::give_back(transaction, claim));
    if (song && under_way(*song)) return queue_again(transaction, *song);
    return {};
}

base::Status settle(Transaction& transaction, const jobs::Touched& touched) {
    constexpr std::string_view kGivenUp =
        "Making this stopped several times without an answer, so it was given up.";
    const std::string_view why = touched.state == jobs::State::dead ? kGivenUp : std::string_view{};
    if (touched.kind == kMakeRendition)
        return end_rendition(transaction, touched.subject, touched.state, why);
    if (touched.kind != kMakeSong) return {};
    const std::optional<Song> song = TRY(find_locked(transaction, touched.subject));
    return song ? end_as(transaction, *song, touched.state, why) : base::Status{};
}

}  // namespace mmx::library
