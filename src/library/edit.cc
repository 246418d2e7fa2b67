#include "library/edit.h"

#include "billing/usage.h"
#include "jobs/queue.h"
#include "library/rows.h"
#include "library/song_row.h"
#include "library/words.h"
#include "music/fields.h"

namespace mmx::library {
namespace {

using store::Transaction;

base::Status touch(Transaction& transaction, const Song& song) {
    TRY_VOID(index_song(transaction, song.seq));
    return tell_song(transaction, song.id);
}

// Everything of the song but its objects, which follow by the sweep.
base::Status take_out(Transaction& transaction, const Song& song) {
    TRY_VOID(jobs::cancel(transaction, song.account_id, song.id));
    if (song.record_json.empty())
        TRY_VOID(billing::refund(transaction, song.id, "deleted before it was made"));
    TRY_VOID(drop_renditions(transaction, song.account_id, song.id));
    TRY_VOID(add_stored_bytes(transaction, song.account_id, -song.audio_bytes));
    if (!song.objects.empty()) TRY_VOID(remove_later(transaction, song.objects + "/"));
    if (!song.making_objects.empty())
        TRY_VOID(remove_later(transaction, song.making_objects + "/", kWriterGone_ms));
    TRY_VOID(transaction.execute("UPDATE songs SET parent_id = '' WHERE parent_id = ? AND parent_id <> ''",
                                 {song.id}));
    TRY_VOID(unindex_song(transaction, song.seq));
    TRY_VOID(transaction.execute("DELETE FROM songs WHERE seq = ?", {song.seq}));
    return {};
}

}  // namespace

base::Status rename(Transaction& transaction, const std::string& account_id, const std::string& song_id,
                    std::string_view title) {
    music::SongRequest checked;
    TRY_VOID(music::set_field(checked, *music::find_field("title"), std::string(title)));
    if (checked.title.empty())
        return base::fail_field("title", "title: empty; up to 200 characters are allowed");
    const Song song = TRY(get_locked(transaction, account_id, song_id));
    if (song.title == checked.title) return {};
    TRY_VOID(
        transaction.execute("UPDATE songs SET title = ?, title_key = ?, updated_at = now_ms() WHERE seq = ?",
                            {checked.title, title_key(checked.title), song.seq}));
    // Their tags bear the old title.
    TRY_VOID(drop_renditions(transaction, account_id, song_id));
    return touch(transaction, song);
}

base::Status pin(Transaction& transaction, const std::string& account_id, const std::string& song_id,
                 bool pinned) {
    const Song song = TRY(get_locked(transaction, account_id, song_id));
    if (song.pinned == pinned) return {};
    TRY_VOID(transaction.execute("UPDATE songs SET pinned = ?, updated_at = now_ms() WHERE seq = ?",
                                 {pinned, song.seq}));
    return touch(transaction, song);
}

base::Status hold(Transaction& transaction, const std::string& song_id, bool held) {
    const Song song = TRY(get_any(transaction, song_id, Lock::yes));
    TRY_VOID(transaction.execute("UPDATE songs SET held = ?, updated_at = now_ms() WHERE seq = ?",
                                 {held, song.seq}));
    return {};
}

base::Status remove(Transaction& transaction, const std::string& account_id, const std::string& song_id) {
    const Song song = TRY(get_locked(transaction, account_id, song_id));
    if (song.held)
        return base::fail(
            base::Kind::conflict,
            "This song is kept for a legal reason and cannot be deleted now; write to the support "
            "address for details.");
    TRY_VOID(take_out(transaction, song));
    return tell_removed(transaction, song);
}

base::Result<int> remove_some(Transaction& transaction, const std::string& account_id, int most) {
    const store::Rows rows = TRY(transaction.query(
        "SELECT s.id FROM songs s WHERE s.account_id = ? AND s.held = 0 ORDER BY s.seq LIMIT ?",
        {account_id, most}));
    for (const store::Row& row : rows) {
        const Song song = TRY(get_any(transaction, row.text(0), Lock::yes));
        TRY_VOID(take_out(transaction, song));
    }
    return static_cast<int>(rows.size());
}

base::Status forget_account(Transaction& transaction, const std::string& account_id) {
    TRY_VOID(transaction.execute("DELETE FROM library_accounts WHERE account_id = ?", {account_id}));
    return {};
}

}  // namespace mmx::library
