// The SQL of a list's page and of its total.
#pragma once

#include <optional>
#include <string>

#include "library/cursor.h"
#include "library/list.h"
#include "store/database.h"

namespace mmx::library {

struct Statement {
    std::string sql;
    store::Parameters parameters;
};

// What all statements of one list share.
struct Asked {
    store::Dialect dialect;
    std::string account_id;
    const ListRequest& request;
    std::optional<Cursor> after;
    std::string match;  // of the index, filters included; empty when q has no word
    int rows = 0;       // one more than the page, to see whether another follows
};

// Without words: a walk along the index of the order, filters tested in the index.
Statement walk_songs(const Asked& asked);
// With words, SQLite, by creation: the word's own list is in that order.
Statement stream_matches(const Asked& asked);
// With words, when few songs match: all of them, sorted.
Statement sort_matches(const Asked& asked);
// With words, when many match: a walk along the order, each song tested. On PostgreSQL it ends after
// kTested songs whether the page is full or not, since the songs found may all lie at the far end.
Statement test_along_order(const Asked& asked);
inline constexpr int kTested = 3000;
// SQLite's walk stays within the index, so it pays sooner.
inline std::int64_t few(store::Dialect dialect) {
    return dialect == store::Dialect::sqlite ? 300 : 2000;
}

// What the total is exact up to; count() goes one further.
inline std::int64_t exact_up_to(const Asked& asked) {
    return asked.match.empty() ? kExactTotal : kExactMatches;
}
Statement count(const Asked& asked);

}  // namespace mmx::library
