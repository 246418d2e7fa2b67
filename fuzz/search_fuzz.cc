// Any bytes as a search and as a page's cursor: the question is well formed whatever was typed, and a cursor
// that is taken is written back the same.
#include <cstdlib>
#include <string>
#include <string_view>

#include "library/cursor.h"
#include "library/words.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    namespace library = mmx::library;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const auto dialect : {mmx::store::Dialect::sqlite, mmx::store::Dialect::postgresql}) {
        const std::string question = library::match_text(dialect, {7, text, {}, {}, {}});
        if (question.find('\0') != std::string::npos) std::abort();
    }
    if (library::title_key(text).size() > 64) std::abort();
    for (const auto sort : {library::Sort::created, library::Sort::title, library::Sort::duration}) {
        const auto cursor = library::read_cursor(text, sort, library::Direction::descending);
        if (cursor &&
            !library::read_cursor(library::write_cursor(*cursor), sort, library::Direction::descending))
            std::abort();
    }
    return 0;
}
