#include "library/rows.h"

#include <nlohmann/json.hpp>

#include "base/secrets.h"
#include "jobs/events.h"
#include "library/words.h"

namespace mmx::library {

using store::Transaction;

base::Result<std::int64_t> account_number(Transaction& transaction, const std::string& account_id) {
    constexpr std::string_view kLook = "SELECT number FROM library_accounts WHERE account_id = ?";
    store::Rows rows = TRY(transaction.query(kLook, {account_id}));
    if (rows.empty()) {
        TRY_VOID(transaction.execute(
            "INSERT INTO library_accounts (account_id) VALUES (?) ON CONFLICT (account_id) DO NOTHING",
            {account_id}));
        rows = TRY(transaction.query(kLook, {account_id}));
    }
    return rows.at(0).integer(0);
}

base::Status add_stored_bytes(Transaction& transaction, const std::string& account_id, std::int64_t bytes) {
    if (bytes == 0) return {};
    TRY_VOID(account_number(transaction, account_id));
    TRY_VOID(transaction.execute(
        "UPDATE library_accounts SET stored_bytes = stored_bytes + ? WHERE account_id = ?",
        {bytes, account_id}));
    return {};
}

base::Status index_song(Transaction& transaction, std::int64_t seq) {
    const store::Rows rows = TRY(transaction.query(
        "SELECT a.number, s.title, s.prompt, s.lyrics, s.genre, s.state, s.pinned FROM songs s "
        "JOIN library_accounts a ON a.account_id = s.account_id WHERE s.seq = ?",
        {seq}));
    if (rows.empty())
        return base::fail(base::Kind::internal, "Something went wrong on our side; please try again.",
                          "no song with seq " + std::to_string(seq) + " to index");
    const store::Row& row = rows[0];
    Indexed song;
    song.account_number = row.integer(0);
    song.title = row.text(1);
    song.prompt = row.text(2);
    song.lyrics = row.text(3);
    song.genre = row.text(4);
    song.state = parse_state(row.text(5)).value_or(SongState::queued);
    song.pinned = row.flag(6);
    const std::string words = words_of_song(song);
    if (transaction.dialect() == store::Dialect::sqlite) {
        TRY_VOID(transaction.execute("INSERT OR REPLACE INTO song_words (rowid, words) VALUES (?, ?)",
                                     {seq, words}));
    } else {
        TRY_VOID(transaction.execute(
            "INSERT INTO song_words (seq, words) VALUES (?, array_to_tsvector(string_to_array(?, ' '))) "
            "ON CONFLICT (seq) DO UPDATE SET words = excluded.words",
            {seq, words}));
    }
    return {};
}

base::Status unindex_song(Transaction& transaction, std::int64_t seq) {
    TRY_VOID(transaction.execute(transaction.dialect() == store::Dialect::sqlite
                                     ? "DELETE FROM song_words WHERE rowid = ?"
                                     : "DELETE FROM song_words WHERE seq = ?",
                                 {seq}));
    return {};
}

base::Status tell_song(Transaction& transaction, const std::string& song_id) {
    const Song song = TRY(get_any(transaction, song_id));
    const nlohmann::json body = {{"id", song.id},
                                 {"state", state_name(song.state)},
                                 {"has_audio", song.has_audio},
                                 {"title", song.title}};
    return jobs::append(transaction, song.account_id, "song", body.dump());
}

base::Status tell_removed(Transaction& transaction, const Song& song) {
    const nlohmann::json body = {{"id", song.id}, {"state", "removed"}};
    return jobs::append(transaction, song.account_id, "song", body.dump());
}

base::Status remove_later(Transaction& transaction, const std::string& key, std::int64_t delay_ms) {
    if (key.empty()) return {};
    TRY_VOID(
        transaction.execute("INSERT INTO object_deletions (key, due_at) VALUES (?, now_ms() + ?) "
                            "ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at WHERE "
                            "object_deletions.due_at < excluded.due_at",
                            {key, delay_ms}));
    return {};
}

std::string new_folder(std::string_view kind) {
    const std::string name = base::random_id();
    return std::string(kind) + "/" + name.substr(0, 2) + "/" + name;
}

base::Result<std::int64_t> now_ms(Transaction& transaction) {
    return TRY(transaction.query("SELECT now_ms()")).at(0).integer(0);
}

}  // namespace mmx::library
