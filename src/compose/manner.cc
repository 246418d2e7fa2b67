#include "compose/manner.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <vector>

#include "base/data_files.h"

namespace mmx::compose {
namespace {

using Row = std::vector<double>;
using Table = std::map<std::string, Row, std::less<>>;

Table read(std::string_view file) {
    Table table;
    std::string_view text = base::data_file(file).value_or("");
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.starts_with('#') || line.find('\t') == std::string_view::npos) continue;
        Row& row = table[std::string(line.substr(0, line.find('\t')))];
        while (line.find('\t') != std::string_view::npos) {
            line.remove_prefix(line.find('\t') + 1);
            double number = 0;
            std::from_chars(line.data(), line.data() + line.size(), number);
            row.push_back(number);
        }
        row.resize(std::max<std::size_t>(row.size(), 7), 0.0);
    }
    return table;
}

const Row& find(const Table& table, std::string_view name, std::string_view otherwise) {
    const auto found = table.find(name);
    return found != table.end() ? found->second : table.find(otherwise)->second;
}

}  // namespace

VoiceCompass voice_compass(std::string_view voice) {
    static const Table table = read("singing/voices.tsv");
    const Row& row = find(table, voice, "soft");
    const auto at = [&](std::size_t i) { return static_cast<int>(row[i]); };
    return {at(0), at(1), at(2), at(3), at(4)};
}

Manner manner_of(const music::Plan& plan, const style::Style& style) {
    static const Table table = read("singing/manners.tsv");
    const std::string_view name = plan.delivery == music::Delivery::rap ? "rap"
                                  : plan.delivery == music::Delivery::spoken
                                      ? "spoken"
                                      : std::string_view(style.genre.family);
    const Row& row = find(table, name, "usual");
    return {row[0], row[1], row[2], row[3], row[4], row[5], static_cast<int>(row[6])};
}

}  // namespace mmx::compose
