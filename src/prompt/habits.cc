#include "prompt/habits.h"

#include <algorithm>
#include <charconv>

#include "base/data_files.h"
#include "base/text.h"
#include "music/fields.h"

namespace mmx::prompt {
namespace {

constexpr std::string_view kFile = "lexicon/habits.tsv";

tl::unexpected<base::Error> broken(int line, const std::string& what) {
    return base::fail(base::Kind::internal, "The program's own word lists are damaged; please reinstall it.",
                      std::string(kFile) + ":" + std::to_string(line) + ": " + what);
}

base::Result<std::vector<Habits>> read_all() {
    const auto text = base::data_file(kFile);
    if (!text)
        return base::fail(base::Kind::internal, "The program's own word lists are incomplete.",
                          std::string(kFile) + " is missing");
    std::vector<Habits> all;
    int number = 0;
    for (const std::string_view line : base::split(*text, '\n')) {
        ++number;
        if (line.front() == '#') continue;
        const auto columns = base::split(line, '\t');
        if (columns.size() != 4) return broken(number, "four columns are needed");
        Habits habits;
        habits.style = std::string(columns[0]);
        for (int side = 0; side < 2; ++side)
            for (const std::string_view tonic :
                 base::split(columns[static_cast<std::size_t>(side + 1)], ' ')) {
                const auto key = music::parse_key(tonic);
                if (!key) return broken(number, "no such tonic: " + std::string(tonic));
                (side == 0 ? habits.bright : habits.dark).push_back(*key);
            }
        for (const std::string_view pair : base::split(columns[3], ' ')) {
            const std::size_t equals = pair.find('=');
            const auto ending = music::parse_ending(pair.substr(0, equals));
            double weight = 0;
            if (equals != std::string_view::npos)
                std::from_chars(pair.data() + equals + 1, pair.data() + pair.size(), weight);
            if (!ending || weight <= 0) return broken(number, "an ending is name=weight");
            habits.endings.push_back({*ending, weight});
        }
        if (habits.bright.empty() || habits.dark.empty() || habits.endings.empty())
            return broken(number, "tonics and endings must not be empty");
        all.push_back(std::move(habits));
    }
    return all;
}

}  // namespace

base::Result<const Habits*> habits_of(std::string_view style) {
    static const base::Result<std::vector<Habits>> all = read_all();
    if (!all) return tl::unexpected(all.error());
    for (const Habits& habits : *all)
        if (habits.style == style) return &habits;
    return base::fail(base::Kind::internal, "The program's own word lists are incomplete.",
                      std::string(kFile) + ": no line for " + std::string(style));
}

}  // namespace mmx::prompt
