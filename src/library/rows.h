// What the library's own files share: the account's row, the index, events, and objects that are to go.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "library/song.h"
#include "store/database.h"

namespace mmx::library {

// The account's short number; makes its row when it has none.
base::Result<std::int64_t> account_number(store::Transaction& transaction, const std::string& account_id);
base::Status add_stored_bytes(store::Transaction& transaction, const std::string& account_id,
                              std::int64_t bytes);

// Writes the song's words anew from its row: after whatever changes title, genre, state or pin.
base::Status index_song(store::Transaction& transaction, std::int64_t seq);
base::Status unindex_song(store::Transaction& transaction, std::int64_t seq);

// A "song" event: {"id", "state", "has_audio", "title"}, or {"id", "state": "removed"}.
base::Status tell_song(store::Transaction& transaction, const std::string& song_id);
base::Status tell_removed(store::Transaction& transaction, const Song& song);

// Removes the objects once the transaction has committed and the delay is over. A folder ends with '/'; empty
// is nothing to do. Work that may still be writing gets kWriterGone_ms to notice.
inline constexpr std::int64_t kWriterGone_ms = 15 * 60 * 1000;
base::Status remove_later(store::Transaction& transaction, const std::string& key, std::int64_t delay_ms = 0);

// "songs/3f/<random>": no one can guess it, and it lies beside few others.
std::string new_folder(std::string_view kind);

// Takes the song's renditions away: their rows and jobs now, their objects later.
base::Status drop_renditions(store::Transaction& transaction, const std::string& account_id,
                             const std::string& song_id);

base::Result<std::int64_t> now_ms(store::Transaction& transaction);

}  // namespace mmx::library
