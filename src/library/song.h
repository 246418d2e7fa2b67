// A song in the library: what is kept of it, whether or not its audio is there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace mmx::library {

// queued -> making -> ready -> archived (its audio went; it can be made again), or failed, or cancelled.
// A remake goes through queued and making too; when it comes to nothing the song is again what it was.
enum class SongState { queued, making, ready, failed, cancelled, archived };
std::string_view state_name(SongState state);  // "queued"
std::optional<SongState> parse_state(std::string_view name);

// What a list shows.
struct Summary {
    std::string id;
    SongState state = SongState::queued;
    std::string title, prompt, genre;  // genre: a style's id
    double bpm = 0;
    std::string key, metre;        // "D minor" or "none", "3/4"
    std::int64_t duration_ms = 0;  // as planned until the song is made, then as it is
    bool has_audio = false;        // the kept original is there: also while it is being made again
    bool pinned = false;
    bool held = false;       // under a legal hold: nothing of it is deleted
    std::string error_user;  // why it failed, or why its last remake did; safe to show
    std::string parent_id;   // the song it is a variation of, or empty
    std::int64_t created_at = 0, updated_at = 0;
};

// Everything. Empty text and 0 stand for what is not there (yet).
struct Song : Summary {
    std::int64_t seq = 0;  // grows with creation
    std::string account_id;
    std::string lyrics;
    std::string request_json;   // music::write_request, with its seed
    std::string record_json;    // music::write_stored_record, once made
    std::string generation_id;  // 16 hex digits: what the watermark carries
    std::string seed;           // decimal; 64 bits
    std::string engine, engine_version, sounds_hash;
    std::string samples_sha256;
    std::string objects;         // the folder of its objects, keys_in(objects); empty without audio
    std::string making_objects;  // of a making under way
    std::int64_t audio_bytes = 0;
    std::string audio_sha256;
    std::int64_t audio_made_at = 0;
    std::optional<bool> remake_exact;  // of the last remake: the same samples as before?
};

// The objects of one making, all in one folder whose name holds 128 random bits.
struct ObjectKeys {
    std::string audio;  // the kept original, FLAC: what storage counts
    std::string peaks;  // JSON for the waveform
    std::string score;  // JSON: sections, chords, lyric times
    std::string midi;
    std::string lrc;
};
ObjectKeys keys_in(const std::string& objects);

// Kind::not_found for a song that does not exist and for another account's alike.
base::Result<Song> get(store::Transaction& transaction, const std::string& account_id,
                       const std::string& song_id);
// Whoever's it is: for the worker and for administrators. `lock` keeps it from changing until the end.
enum class Lock { no, yes };
base::Result<Song> get_any(store::Transaction& transaction, const std::string& song_id, Lock lock = Lock::no);
// By what the watermark carries; Kind::not_found.
base::Result<Song> get_by_generation(store::Transaction& transaction, std::string_view generation_id);

}  // namespace mmx::library
