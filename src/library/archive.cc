#include "library/archive.h"

#include "library/rows.h"
#include "library/song_row.h"

namespace mmx::library {
namespace {

using store::Transaction;

constexpr int kMostAtOnce = 200;

// The account's row is the lock: one archiving of an account at a time, and none beside another's counting.
base::Result<std::int64_t> locked_bytes(Transaction& transaction, const std::string& account_id) {
    const store::Rows rows =
        TRY(transaction.query("SELECT stored_bytes FROM library_accounts WHERE account_id = ?" +
                                  std::string(store::for_update(transaction.dialect())),
                              {account_id}));
    return rows.empty() ? 0 : rows[0].integer(0);
}

// Longest ago first, pinned last. The newest is left out by its place at the other end.
base::Result<store::Rows> candidates(Transaction& transaction, const std::string& account_id) {
    const store::Rows newest =
        TRY(transaction.query("SELECT seq FROM songs WHERE account_id = ? AND audio_made_at IS NOT NULL "
                              "ORDER BY audio_made_at DESC, seq DESC LIMIT 1",
                              {account_id}));
    if (newest.empty()) return store::Rows{};
    return transaction.query(
        "SELECT seq, id, objects, audio_bytes FROM songs WHERE account_id = ? AND audio_made_at IS NOT NULL "
        "AND state = 'ready' AND held = 0 AND seq <> ? ORDER BY pinned, audio_made_at, seq LIMIT ?",
        {account_id, newest[0].integer(0), kMostAtOnce});
}

base::Result<Archived> archive(Transaction& transaction, const std::string& account_id,
                               std::int64_t storage_bytes) {
    Archived archived;
    std::int64_t excess = TRY(locked_bytes(transaction, account_id)) - storage_bytes;
    if (excess <= 0) return archived;
    for (const store::Row& row : TRY(candidates(transaction, account_id))) {
        if (excess <= 0) break;
        const std::int64_t seq = row.integer(0), bytes = row.integer(3);
        // What changed since it was looked at (pinned, held, being made again) stays.
        const std::int64_t changed =
            TRY(transaction.execute("UPDATE songs SET state = 'archived', audio_bytes = 0, audio_made_at = "
                                    "NULL, updated_at = now_ms() "
                                    "WHERE seq = ? AND state = 'ready' AND held = 0 AND audio_bytes = ?",
                                    {seq, bytes}));
        if (changed == 0) continue;
        const std::string key = keys_in(row.text(2)).audio;
        TRY_VOID(remove_later(transaction, key));
        TRY_VOID(drop_renditions(transaction, account_id, row.text(1)));
        TRY_VOID(index_song(transaction, seq));
        TRY_VOID(tell_song(transaction, row.text(1)));
        archived.song_ids.push_back(row.text(1));
        archived.object_keys.push_back(key);
        archived.freed_bytes += bytes;
        excess -= bytes;
    }
    TRY_VOID(add_stored_bytes(transaction, account_id, -archived.freed_bytes));
    return archived;
}

}  // namespace

base::Result<Archived> archive_over_limit(store::Database& database, const std::string& account_id,
                                          std::int64_t storage_bytes) {
    return database.write(
        [&](Transaction& transaction) { return archive(transaction, account_id, storage_bytes); });
}

base::Result<std::int64_t> stored_bytes(Transaction& transaction, const std::string& account_id) {
    const store::Rows rows = TRY(
        transaction.query("SELECT stored_bytes FROM library_accounts WHERE account_id = ?", {account_id}));
    return rows.empty() ? 0 : rows[0].integer(0);
}

base::Result<std::vector<std::string>> wrong_counters(store::Database& database) {
    const store::Rows rows = TRY(database.query(
        "SELECT a.account_id FROM library_accounts a WHERE a.stored_bytes <> "
        "(SELECT COALESCE(SUM(s.audio_bytes), 0) FROM songs s WHERE s.account_id = a.account_id) "
        "OR a.songs <> (SELECT count(*) FROM songs s WHERE s.account_id = a.account_id) ORDER BY "
        "a.account_id"));
    std::vector<std::string> wrong;
    for (const store::Row& row : rows) wrong.push_back(row.text(0));
    return wrong;
}

}  // namespace mmx::library
