// The song history, page by page: filters, search, sort; as fast at a hundred thousand songs as at ten (P05).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "library/song.h"
#include "store/database.h"

namespace mmx::library {

enum class Sort { created, title, duration };
enum class Direction { ascending, descending };

struct ListRequest {
    std::string q;  // words in title, prompt, lyrics or genre; all must occur, the last may be a beginning.
                    // At most 200 characters; signs, quotes and accents count for nothing
    std::optional<SongState> state;
    std::string genre;  // a style's id, or empty
    std::optional<bool> pinned;
    Sort sort = Sort::created;
    Direction direction = Direction::descending;
    std::string cursor;  // Page::next_cursor of the same request, or empty
    int limit = 20;      // 1-100
};
// "created", "-created" (newest first), "title", "-title", "duration", "-duration"; empty: "-created".
// Sets sort and direction. Errors name the field "sort".
base::Status set_sort(ListRequest& request, std::string_view text);

struct Page {
    std::vector<Summary> songs;
    std::string next_cursor;     // empty on the last page
    std::int64_t total = 0;      // of all pages, exact without filters, else up to exact_up_to()
    bool total_is_exact = true;  // otherwise there are at least `total`
};
// Songs that filters leave are counted to 10,000; songs that words find, which cost a look at each, to 1,000.
inline constexpr std::int64_t kExactTotal = 10'000, kExactMatches = 1'000;

// Pages are keyset pages: a song that is there throughout appears exactly once, whatever is added meanwhile.
// Errors: invalid_request naming "q", "cursor", "limit".
base::Result<Page> list(store::Transaction& transaction, const std::string& account_id,
                        const ListRequest& request);
base::Result<Page> list(store::Database& database, const std::string& account_id, const ListRequest& request);

}  // namespace mmx::library
