// How a song's row is read: the columns in the order that song_of() expects.
#pragma once

#include <string>
#include <string_view>

#include "library/song.h"

namespace mmx::library {

// Of "songs s". The first 17 are a summary's; lists by title read its key as well.
inline constexpr std::string_view kSummaryColumns =
    "s.seq, s.id, s.state, s.title, s.prompt, s.genre, s.bpm, s.musical_key, s.metre, s.duration_ms, "
    "s.audio_bytes, s.pinned, s.held, s.error_user, s.parent_id, s.created_at, s.updated_at";
inline constexpr std::string_view kTitleKeyColumn = ", s.title_key";
inline constexpr std::string_view kSongColumns =
    "s.seq, s.id, s.state, s.title, s.prompt, s.genre, s.bpm, s.musical_key, s.metre, s.duration_ms, "
    "s.audio_bytes, s.pinned, s.held, s.error_user, s.parent_id, s.created_at, s.updated_at, s.title_key, "
    "s.account_id, s.lyrics, s.request, s.record, s.generation_id, s.seed, s.engine, s.engine_version, "
    "s.sounds_hash, s.samples_sha256, s.objects, s.making_objects, s.audio_sha256, s.audio_made_at, "
    "s.remake_exact";

void read_summary(const store::Row& row, Summary& song);
Song song_of(const store::Row& row);

// As get(), and the row keeps from changing until the transaction ends.
base::Result<Song> get_locked(store::Transaction& transaction, const std::string& account_id,
                              const std::string& song_id);

}  // namespace mmx::library
