#include "prompt/genre_tree.h"

#include <map>
#include <string_view>

#include "base/data_files.h"

namespace mmx::prompt {
namespace {

constexpr std::string_view kTree = "taxonomy/genre_tree.txt", kGrafts = "taxonomy/grafts.tsv";

template <class Each>
base::Status each_line(std::string_view file, Each each) {
    const auto text = base::data_file(file);
    if (!text)
        return base::fail(base::Kind::internal, "The program's own word lists are incomplete.",
                          std::string(file) + " is missing");
    std::string_view rest = *text;
    for (int line = 1; !rest.empty(); ++line) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view one = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!one.empty() && one.front() != '#') each(one, line);
    }
    return {};
}

base::Result<std::vector<TreeGenre>> read_tree() {
    std::vector<TreeGenre> genres;
    std::map<std::string, std::size_t, std::less<>> place;
    std::vector<std::string> path;  // of the line above
    TRY_VOID(each_line(kTree, [&](std::string_view line, int number) {
        const std::size_t depth = line.find_first_not_of(' ') / 2;
        std::string name(line.substr(line.find_first_not_of(' ')));
        path.resize(std::min(depth, path.size()));
        TreeGenre genre{name, {path.rbegin(), path.rend()}, kTree, number};
        path.push_back(name);
        place.emplace(name, genres.size());
        genres.push_back(std::move(genre));
    }));
    TRY_VOID(each_line(kGrafts, [&](std::string_view line, int number) {
        const std::size_t tab = line.find('\t');
        if (tab == std::string_view::npos) return;
        const std::string_view stock = line.substr(tab + 1);
        TreeGenre genre{std::string(line.substr(0, tab)), {std::string(stock)}, kGrafts, number};
        if (const auto found = place.find(stock); found != place.end())
            genre.kin.insert(genre.kin.end(), genres[found->second].kin.begin(),
                             genres[found->second].kin.end());
        genres.push_back(std::move(genre));
    }));
    return genres;
}

}  // namespace

base::Result<const std::vector<TreeGenre>*> genre_tree() {
    static const base::Result<std::vector<TreeGenre>> genres = read_tree();
    if (!genres) return tl::unexpected(genres.error());
    return &*genres;
}

}  // namespace mmx::prompt
