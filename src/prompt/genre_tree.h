// The taxonomy: every genre name with its relatives, nearest first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mmx::prompt {

struct TreeGenre {
    std::string name;
    std::vector<std::string> kin;  // ancestors from the nearest up
    std::string_view file;         // where it stands, for messages
    int line = 0;
};

// data/taxonomy/genre_tree.txt (indentation is ancestry) and data/taxonomy/grafts.tsv (names outside the
// tree, each with the name it is nearest to). Parsed once.
base::Result<const std::vector<TreeGenre>*> genre_tree();

}  // namespace mmx::prompt
