#include "fill.h"

#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>
#include <vector>

#include "library/words.h"

namespace mmx::library {
namespace {

using store::Dialect;
using store::Transaction;

constexpr std::int64_t kBatch = 2000;
constexpr std::int64_t kSmallAccounts = 1000;
constexpr std::array<const char*, 8> kGenres = {"pop",  "rock",      "jazz",         "techno",
                                                "folk", "classical", "lofi-hip-hop", "ambient"};

// A word of a vocabulary of 20,000 where low numbers are common, as in language.
std::string word(std::mt19937& random) {
    const double even = static_cast<double>(random()) / 4294967296.0;
    const auto number = static_cast<unsigned>(20000.0 * even * even * even);
    constexpr std::string_view kStarts = "bcdfghjklmnprstv", kVowels = "aeiou";
    std::string text;
    for (unsigned left = number + 80; left > 0; left /= 80) {
        text += kStarts[left % 16];
        text += kVowels[left / 16 % 5];
    }
    return text;
}

std::string lyrics(std::mt19937& random, int words) {
    std::string text;
    if (random() % 2) text += "half ";
    if (random() % 2) text += "other ";
    if (random() % 1000 == 0) text += "seldom ";
    if (random() % 3 == 0) text += "some" + word(random) + " ";
    for (int i = 0; i < words; ++i) text += word(random) + " ";
    return text;
}

nlohmann::json song(std::mt19937& random, std::int64_t seq, bool own, std::int64_t number) {
    const std::string title = word(random) + " " + word(random);
    const std::string text = lyrics(random, own ? 40 : 12);
    const std::string genre = kGenres[random() % kGenres.size()];
    const auto luck = random() % 100;
    const SongState state = luck < 1    ? SongState::failed
                            : luck < 50 ? SongState::archived
                            : luck < 52 ? SongState::cancelled
                                        : SongState::ready;
    const bool pinned = random() % 500 == 0;
    const std::string prompt = genre + " with " + word(random);
    Indexed indexed{number, title, prompt, text, genre, state, pinned};
    return {seq,
            own ? kOwner : "small" + std::to_string(number),
            state_name(state),
            title,
            title_key(title),
            genre,
            40'000 + random() % 200'000,
            pinned ? 1 : 0,
            prompt,
            text,
            words_of_song(indexed)};
}

constexpr std::string_view kSongs =
    "INSERT INTO songs (seq, id, account_id, state, title, title_key, genre, bpm, musical_key, metre, "
    "duration_ms, pinned, generation_id, seed, engine, engine_version, created_at, updated_at, prompt, "
    "lyrics, "
    "request) ";
// A request of usual size, so that rows are as wide as they are in life.
constexpr std::string_view kRequest =
    "{\"prompt\": \"a calm song for the evening, with soft drums\", \"bpm\": 82, \"key\": \"D minor\", "
    "\"time_signature\": \"4/4\", \"preset\": \"streaming\", \"seed\": 7}";

base::Status insert(Transaction& t, Dialect dialect, const std::string& songs) {
    const auto part = [&](int i) {
        const std::string at = std::to_string(i);
        if (dialect == Dialect::sqlite) return "json_extract(e.value, '$[" + at + "]')";
        return i == 0 || i == 6 || i == 7 ? "CAST(e.value ->> " + at + " AS BIGINT)"
                                          : "(e.value ->> " + at + ")";
    };
    const std::string from = dialect == Dialect::sqlite
                                 ? " FROM json_each(?) e"
                                 : " FROM json_array_elements(CAST(? AS json)) e(value)";
    std::string sql(kSongs);
    sql += "SELECT " + part(0) + ", 'song' || " + part(0) + ", " + part(1) + ", " + part(2) + ", " + part(3) +
           ", " + part(4) + ", " + part(5) + ", 120, 'D minor', '4/4', " + part(6) + ", " + part(7) +
           ", 'g' || " + part(0) + ", '1', 'embedded', '1', " + part(0) + ", " + part(0) + ", " + part(8) +
           ", " + part(9) + ", '" + std::string(kRequest) + "'" + from;
    if (dialect == Dialect::postgresql)
        TRY_VOID(t.query("SELECT set_config('statement_timeout', '0', true)"));
    TRY_VOID(t.execute(sql, {songs}));
    const std::string words =
        dialect == Dialect::sqlite
            ? "INSERT INTO song_words (rowid, words) SELECT " + part(0) + ", " + part(10)
            : "INSERT INTO song_words (seq, words) SELECT " + part(0) +
                  ", array_to_tsvector(string_to_array(" + part(10) + ", ' '))";
    TRY_VOID(t.execute(words + from, {songs}));
    return {};
}

// Indexes are built faster at once than row by row: what is dropped here is made again by the same text.
base::Result<std::vector<std::string>> drop_indexes(store::Database& database, Dialect dialect) {
    const store::Rows rows = TRY(database.query(
        dialect == Dialect::sqlite
            ? "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'songs' AND sql IS "
              "NOT NULL"
            : "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('songs', 'song_words') AND "
              "indexname NOT LIKE '%key'"));
    std::vector<std::string> texts;
    for (const store::Row& row : rows) {
        TRY_VOID(database.execute("DROP INDEX " + row.text(0)));
        texts.push_back(row.text(1));
    }
    return texts;
}

base::Status add_accounts(Transaction& t) {
    for (std::int64_t i = 0; i <= kSmallAccounts; ++i) {
        const std::string id = i == 0 ? kOwner : "small" + std::to_string(i + 1);
        TRY_VOID(
            t.execute("INSERT INTO accounts (id, email, display_name, password_hash, plan, terms_version, "
                      "created_at) VALUES (?, ?, 'x', '-', 'free', '1', now_ms())",
                      {id, id + "@example.com"}));
        TRY_VOID(t.execute("INSERT INTO library_accounts (number, account_id) VALUES (?, ?)", {i + 1, id}));
    }
    return {};
}

}  // namespace

base::Status fill(const store::FreshDatabase& fresh, Dialect dialect, const Size& size) {
    store::Database& database = *fresh;
    TRY_VOID(database.write(add_accounts));
    const std::vector<std::string> indexes = TRY(drop_indexes(database, dialect));
    std::mt19937 random(1);
    const std::int64_t all = size.own + size.others;
    for (std::int64_t first = 1; first <= all; first += kBatch) {
        nlohmann::json songs = nlohmann::json::array();
        for (std::int64_t seq = first; seq < first + kBatch && seq <= all; ++seq) {
            // Spread evenly among the others, as songs of one year are.
            const bool own = seq * size.own / all != (seq - 1) * size.own / all;
            songs.push_back(song(random, seq, own, own ? 1 : 2 + seq % kSmallAccounts));
        }
        const std::string text = songs.dump();
        TRY_VOID(database.write([&](Transaction& t) { return insert(t, dialect, text); }));
    }
    for (const std::string& index : indexes)
        TRY_VOID(database.write([&](Transaction& t) -> base::Status {
            if (dialect == Dialect::postgresql)
                TRY_VOID(
                    t.query("SELECT set_config('maintenance_work_mem', '512MB', true), "
                            "set_config('statement_timeout', '0', true)"));
            TRY_VOID(t.execute(index));
            return {};
        }));
    // What a running server's autovacuum does within a minute.
    if (dialect == Dialect::postgresql) {
        const std::string command =
            "/usr/lib/postgresql/15/bin/vacuumdb --analyze --quiet -d '" + fresh.address() + "'";
        if (std::system(command.c_str()) != 0)
            return base::fail(base::Kind::internal, "vacuumdb failed", command);
    }
    return {};
}

}  // namespace mmx::library
