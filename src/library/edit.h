// What an owner does to a song: rename, pin, delete; and an administrator: hold.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"
#include "store/objects.h"

namespace mmx::library {

// All: Kind::not_found as in get().
// 1-200 characters, no control characters; errors name the field "title". The record keeps its own title.
base::Status rename(store::Transaction& transaction, const std::string& account_id,
                    const std::string& song_id, std::string_view title);
base::Status pin(store::Transaction& transaction, const std::string& account_id, const std::string& song_id,
                 bool pinned);
// The row, its renditions and its words go now, its objects by sweep_deletions(); work on it is cancelled and
// its reservation given back. Kind::conflict for a song under hold.
base::Status remove(store::Transaction& transaction, const std::string& account_id,
                    const std::string& song_id);
base::Status hold(store::Transaction& transaction, const std::string& song_id, bool held);

// Removes up to `most` of an account's songs, whatever their state but held ones; says how many went. Call
// until 0 when an account is erased, then forget_account().
base::Result<int> remove_some(store::Transaction& transaction, const std::string& account_id, int most = 200);
base::Status forget_account(store::Transaction& transaction, const std::string& account_id);

// Objects whose rows are gone wait in a table, so a crash leaves neither an orphan nor a row without its
// audio. Removes those that are due, `most` at a time; says how many. Any number of servers at once.
base::Result<int> sweep_deletions(store::Database& database, store::Objects& objects, int most = 500);

// Folders with objects that no row owns, left by work that went on after its song had been given up and
// swept: queues them for removal and says how many. They stay a week, so that nothing is lost when a program
// is started on the wrong database, or on one from a backup older than the objects: the queue is that
// database's own.
base::Result<int> queue_orphans(store::Database& database, store::Objects& objects);
inline constexpr std::int64_t kOrphanStays_ms = 7LL * 24 * 3600 * 1000;

}  // namespace mmx::library
