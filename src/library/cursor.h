// Where a page ended, as opaque text for the browser.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "library/list.h"

namespace mmx::library {

// A place in one order; it names no account and opens nothing that the account could not list anyhow, so it
// bears no signature, but every part is checked.
struct Cursor {
    Sort sort = Sort::created;
    Direction direction = Direction::descending;
    std::int64_t seq = 0;
    std::int64_t duration_ms = 0;  // Sort::duration
    std::string title_key;         // Sort::title
    // Counted on the first page and carried along, so that later pages need not count.
    std::int64_t total = 0;
    bool total_is_exact = true;
};

std::string write_cursor(const Cursor& cursor);
// Errors name the field "cursor": damaged, or of another sort or direction.
base::Result<Cursor> read_cursor(std::string_view text, Sort sort, Direction direction);

}  // namespace mmx::library
