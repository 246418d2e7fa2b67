#include "library/song.h"

#include <array>

#include "library/song_row.h"

namespace mmx::library {
namespace {

constexpr std::array<std::string_view, 6> kSongStates = {"queued", "making",    "ready",
                                                         "failed", "cancelled", "archived"};

tl::unexpected<base::Error> no_such_song() {
    return base::fail(base::Kind::not_found, "There is no such song in this account.");
}

base::Result<Song> one(const store::Rows& rows) {
    if (rows.empty()) return no_such_song();
    return song_of(rows[0]);
}

std::string select(std::string_view where) {
    return "SELECT " + std::string(kSongColumns) + " FROM songs s WHERE " + std::string(where);
}

}  // namespace

std::string_view state_name(SongState state) {
    return kSongStates[static_cast<std::size_t>(state)];
}

std::optional<SongState> parse_state(std::string_view name) {
    for (std::size_t i = 0; i < kSongStates.size(); ++i)
        if (kSongStates[i] == name) return static_cast<SongState>(i);
    return std::nullopt;
}

ObjectKeys keys_in(const std::string& objects) {
    return {objects + "/audio.flac", objects + "/peaks.json", objects + "/score.json", objects + "/song.mid",
            objects + "/song.lrc"};
}

void read_summary(const store::Row& row, Summary& song) {
    song.id = row.text(1);
    song.state = parse_state(row.text(2)).value_or(SongState::failed);
    song.title = row.text(3);
    song.prompt = row.text(4);
    song.genre = row.text(5);
    song.bpm = row.real(6);
    song.key = row.text(7);
    song.metre = row.text(8);
    song.duration_ms = row.integer(9);
    song.has_audio = row.integer(10) > 0;
    song.pinned = row.flag(11);
    song.held = row.flag(12);
    song.error_user = row.text(13);
    song.parent_id = row.text(14);
    song.created_at = row.integer(15);
    song.updated_at = row.integer(16);
}

Song song_of(const store::Row& row) {
    Song song;
    read_summary(row, song);
    song.seq = row.integer(0);
    std::size_t at = 18;
    song.account_id = row.text(at++);
    song.lyrics = row.text(at++);
    song.request_json = row.text(at++);
    song.record_json = row.text(at++);
    song.generation_id = row.text(at++);
    song.seed = row.text(at++);
    song.engine = row.text(at++);
    song.engine_version = row.text(at++);
    song.sounds_hash = row.text(at++);
    song.samples_sha256 = row.text(at++);
    song.objects = row.text(at++);
    song.making_objects = row.text(at++);
    song.audio_bytes = row.integer(10);
    song.audio_sha256 = row.text(at++);
    song.audio_made_at = row.maybe_integer(at++).value_or(0);
    if (const auto exact = row.maybe_integer(at++)) song.remake_exact = *exact != 0;
    return song;
}

base::Result<Song> get(store::Transaction& transaction, const std::string& account_id,
                       const std::string& song_id) {
    return one(TRY(transaction.query(select("s.id = ? AND s.account_id = ?"), {song_id, account_id})));
}

base::Result<Song> get_any(store::Transaction& transaction, const std::string& song_id, Lock lock) {
    std::string sql = select("s.id = ?");
    if (lock == Lock::yes) sql += store::for_update(transaction.dialect());
    return one(TRY(transaction.query(sql, {song_id})));
}

base::Result<Song> get_locked(store::Transaction& transaction, const std::string& account_id,
                              const std::string& song_id) {
    Song song = TRY(get_any(transaction, song_id, Lock::yes));
    if (song.account_id != account_id) return no_such_song();
    return song;
}

base::Result<Song> get_by_generation(store::Transaction& transaction, std::string_view generation_id) {
    return one(TRY(transaction.query(select("s.generation_id = ?"), {generation_id})));
}

}  // namespace mmx::library
