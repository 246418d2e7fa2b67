#include "style/groove_table.h"

#include <charconv>
#include <cstdlib>

#include "base/data_files.h"
#include "base/text.h"

namespace mmx::style {
namespace {

base::Error damaged(int line, std::string_view problem) {
    return {base::Kind::internal,
            "The program's own trained tables are damaged; please reinstall it.",
            "trained/grooves.tsv:" + std::to_string(line) + ": " + std::string(problem),
            {},
            base::Retry::useless};
}

bool read_row(std::string_view text, double scale, StepRow& row) {
    const auto fields = base::cells_of(text, ' ');
    if (fields.size() != kGrooveSteps) return false;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        int value = 0;
        const auto [end, error] =
            std::from_chars(fields[i].data(), fields[i].data() + fields[i].size(), value);
        if (error != std::errc() || end != fields[i].data() + fields[i].size()) return false;
        row[i] = value * scale;
    }
    return true;
}

bool read_count(std::string_view text, int& count) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    return error == std::errc() && end == text.data() + text.size();
}

TrainedLane& lane_of(std::vector<TrainedLane>& lanes, std::string_view name) {
    for (TrainedLane& lane : lanes)
        if (lane.lane == name) return lane;
    lanes.emplace_back().lane = std::string(name);
    return lanes.back();
}

// Lines: family, bars N | family, lane, what, values; what is hit, velocity, spread, offset, bar or the first
// four with "fill-" in front. Whole numbers: per mille, per mille of full velocity, tenths of a millisecond.
base::Result<std::vector<TrainedGroove>> read_grooves() {
    std::vector<TrainedGroove> grooves;
    const auto text = base::data_file("trained/grooves.tsv");
    if (!text) return tl::unexpected(damaged(0, "is missing"));
    int number = 0;
    for (const std::string_view line : base::cells_of(*text, '\n')) {
        ++number;
        if (line.empty() || line.starts_with('#')) continue;
        const auto fields = base::cells_of(line, '\t');
        if (grooves.empty() || grooves.back().family != fields[0])
            grooves.emplace_back().family = std::string(fields[0]);
        TrainedGroove& groove = grooves.back();
        if (fields.size() == 3 && fields[1] == "bars" && read_count(fields[2], groove.bars)) continue;
        if (fields.size() < 4) return tl::unexpected(damaged(number, "too few fields"));
        std::string_view what = fields[2];
        const bool fill = what.starts_with("fill-");
        if (fill) what.remove_prefix(5);
        TrainedLane& lane = lane_of(fill ? groove.fill_lanes : groove.lanes, fields[1]);
        bool good = false;
        if (what == "hit") good = read_row(fields[3], 0.001, lane.hit);
        if (what == "velocity") good = read_row(fields[3], 0.001, lane.velocity);
        if (what == "spread") good = read_row(fields[3], 0.001, lane.spread);
        if (what == "offset") good = read_row(fields[3], 0.1, lane.offset_ms);
        if (what == "bar" && fields.size() == 5 && fields[3].size() == kGrooveSteps) {
            CountedBar& bar = lane.bars.emplace_back();
            bar.steps = std::string(fields[3]);
            good = read_count(fields[4], bar.count);
        }
        if (!good) return tl::unexpected(damaged(number, "not a row of " + std::string(what)));
    }
    return grooves;
}

}  // namespace

const TrainedLane* TrainedGroove::lane(std::string_view name) const {
    for (const TrainedLane& lane : lanes)
        if (lane.lane == name) return &lane;
    return nullptr;
}

base::Result<const std::vector<TrainedGroove>*> trained_grooves() {
    static const base::Result<std::vector<TrainedGroove>> grooves = read_grooves();
    if (!grooves) return tl::unexpected(grooves.error());
    return &*grooves;
}

}  // namespace mmx::style
