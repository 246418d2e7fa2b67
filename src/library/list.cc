#include "library/list.h"

#include <algorithm>

#include "library/list_sql.h"
#include "library/song_row.h"
#include "library/words.h"
#include "music/fields.h"

namespace mmx::library {
namespace {

using store::Transaction;

constexpr std::size_t kLongestQuestion = 200;  // signs

struct Found {
    Summary song;
    std::int64_t seq = 0;
    std::string title_key;
};

bool comes_before(const ListRequest& request, const Found& a, const Found& b) {
    const bool up = request.direction == Direction::ascending;
    const Found& first = up ? a : b;
    const Found& second = up ? b : a;
    switch (request.sort) {
        case Sort::title:
            if (const int order = first.title_key.compare(second.title_key); order != 0) return order < 0;
            break;
        case Sort::duration:
            if (first.song.duration_ms != second.song.duration_ms)
                return first.song.duration_ms < second.song.duration_ms;
            break;
        case Sort::created:
            break;
    }
    return first.seq < second.seq;
}

// PostgreSQL plans for typical accounts; these keep it on the paths that stay fast for the largest.
enum class Path { walk, gather };
base::Status prefer(Transaction& transaction, Path path) {
    if (transaction.dialect() == store::Dialect::sqlite) return {};
    TRY_VOID(transaction.query(
        path == Path::walk
            ? "SELECT set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true), "
              "set_config('jit', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true)"
            : "SELECT set_config('enable_sort', 'on', true), set_config('enable_seqscan', 'off', true), "
              "set_config('jit', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true)"));
    return {};
}

// The statements give the right songs; joining their rows may have moved them.
base::Result<std::vector<Found>> run(Transaction& transaction, Path path, const Statement& statement,
                                     const ListRequest& request) {
    TRY_VOID(prefer(transaction, path));
    std::vector<Found> found;
    found.reserve(static_cast<std::size_t>(request.limit) + 1);
    TRY_VOID(transaction.each(statement.sql, statement.parameters, [&](const store::Row& row) {
        Found& one = found.emplace_back();
        read_summary(row, one.song);
        one.seq = row.integer(0);
        if (request.sort == Sort::title) one.title_key = row.text(17);
    }));
    const auto before = [&](const Found& a, const Found& b) { return comes_before(request, a, b); };
    if (!std::is_sorted(found.begin(), found.end(), before)) std::sort(found.begin(), found.end(), before);
    return found;
}

base::Result<std::vector<Found>> search(Transaction& transaction, const Asked& asked, bool are_few) {
    const bool sqlite = asked.dialect == store::Dialect::sqlite;
    if (sqlite && asked.request.sort == Sort::created)
        return run(transaction, Path::walk, stream_matches(asked), asked.request);
    if (are_few) return run(transaction, Path::gather, sort_matches(asked), asked.request);
    auto found = TRY(run(transaction, Path::walk, test_along_order(asked), asked.request));
    if (sqlite || found.size() >= static_cast<std::size_t>(asked.rows)) return found;
    return run(transaction, Path::gather, sort_matches(asked), asked.request);
}

struct Total {
    std::int64_t songs = 0;
    bool is_exact = true;
};

base::Result<Total> count_all(Transaction& transaction, const Asked& asked) {
    if (asked.after) return Total{asked.after->total, asked.after->total_is_exact};
    TRY_VOID(prefer(transaction, Path::walk));
    const Statement counting = count(asked);
    const store::Rows rows = TRY(transaction.query(counting.sql, counting.parameters));
    const std::int64_t songs = rows.at(0).integer(0);
    if (songs > exact_up_to(asked)) return Total{exact_up_to(asked), false};
    return Total{songs, true};
}

Page page_of(std::vector<Found> found, const ListRequest& request, Total total) {
    Page page;
    page.total = total.songs;
    page.total_is_exact = total.is_exact;
    if (found.size() > static_cast<std::size_t>(request.limit)) {
        found.resize(static_cast<std::size_t>(request.limit));
        const Found& last = found.back();
        page.next_cursor = write_cursor({request.sort, request.direction, last.seq, last.song.duration_ms,
                                         last.title_key, total.songs, total.is_exact});
    }
    page.songs.reserve(found.size());
    for (Found& one : found) page.songs.push_back(std::move(one.song));
    return page;
}

base::Status check(const ListRequest& request) {
    const auto signs = music::count_code_points(request.q);
    if (!signs || *signs > kLongestQuestion)
        return base::fail_field(
            "q", "q: text of at most " + std::to_string(kLongestQuestion) + " characters is allowed");
    if (request.limit < 1 || request.limit > 100)
        return base::fail_field("limit", "limit: " + std::to_string(request.limit) +
                                             " is not allowed; a whole number from 1 to 100");
    const bool is_id = std::all_of(request.genre.begin(), request.genre.end(), [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '-' || sign == '_';
    });
    if (!is_id || request.genre.size() > 64)
        return base::fail_field("genre", "genre: not a genre's id; see the vocabulary");
    return {};
}

bool asks_for_all(const ListRequest& request) {
    return !request.state && request.genre.empty() && !request.pinned;
}

base::Result<Page> read_page(Transaction& transaction, Asked asked) {
    const ListRequest& request = asked.request;
    const store::Rows account = TRY(transaction.query(
        "SELECT number, songs FROM library_accounts WHERE account_id = ?", {asked.account_id}));
    if (account.empty()) return Page{};  // never ordered a song
    asked.match = match_text(
        asked.dialect, {account[0].integer(0), request.q, request.state, request.genre, request.pinned});

    if (asked.match.empty()) {
        std::vector<Found> found = TRY(run(transaction, Path::walk, walk_songs(asked), request));
        if (asks_for_all(request)) return page_of(std::move(found), request, {account[0].integer(1), true});
        // A first page that is not full has counted everything.
        if (!asked.after && found.size() < static_cast<std::size_t>(asked.rows)) {
            const Total total{static_cast<std::int64_t>(found.size()), true};
            return page_of(std::move(found), request, total);
        }
        return page_of(std::move(found), request, TRY(count_all(transaction, asked)));
    }
    const Total total = TRY(count_all(transaction, asked));
    const bool are_few = total.is_exact && total.songs <= few(asked.dialect);
    return page_of(TRY(search(transaction, asked, are_few)), request, total);
}

}  // namespace

base::Status set_sort(ListRequest& request, std::string_view text) {
    if (text.empty()) text = "-created";
    const bool down = text.front() == '-';
    const std::string_view name = down ? text.substr(1) : text;
    if (name == "created")
        request.sort = Sort::created;
    else if (name == "title")
        request.sort = Sort::title;
    else if (name == "duration")
        request.sort = Sort::duration;
    else
        return base::fail_field("sort",
                                "sort: created, title or duration is allowed, with a - before it for "
                                "the other way round");
    request.direction = down ? Direction::descending : Direction::ascending;
    return {};
}

base::Result<Page> list(Transaction& transaction, const std::string& account_id, const ListRequest& request) {
    TRY_VOID(check(request));
    Asked asked{transaction.dialect(), account_id, request, {}, {}, request.limit + 1};
    if (!request.cursor.empty())
        asked.after = TRY(read_cursor(request.cursor, request.sort, request.direction));
    return read_page(transaction, asked);
}

base::Result<Page> list(store::Database& database, const std::string& account_id,
                        const ListRequest& request) {
    return database.read([&](Transaction& transaction) { return list(transaction, account_id, request); });
}

}  // namespace mmx::library
