// The words under which a song is found, and the question a search asks of the index.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "library/song.h"
#include "store/database.h"

namespace mmx::library {

// What a song's words are made of.
struct Indexed {
    std::int64_t account_number = 0;
    std::string_view title, prompt, lyrics, genre;
    SongState state = SongState::queued;
    bool pinned = false;
};
// Sorted, each once, joined by blanks. Every word begins with six signs for the account, so that the index's
// list for a word holds one account's songs only. Beside the words stand their beginnings of one and two
// letters ("^ra"), because the index would have to merge thousands of lists to find those, and what filters
// ask for ("=sready", "=gpop", "=p").
std::string words_of_song(const Indexed& song);

struct Question {
    std::int64_t account_number = 0;
    std::string_view q;
    std::optional<SongState> state;
    std::string_view genre;
    std::optional<bool> pinned;
};
// An FTS5 expression or a tsquery; empty when q has no word. Whatever q is, the text is well formed.
std::string match_text(store::Dialect dialect, const Question& question);

// Titles sort by their folded words, so "Árbol" stands by "arbor": at most 64 bytes.
std::string title_key(std::string_view title);

}  // namespace mmx::library
