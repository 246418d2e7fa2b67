#include "music/tempo_map.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/maths.h"

namespace mmx::music {
namespace {
constexpr double kTicksPerQuarter = static_cast<double>(base::kQuarter.value);
}

TempoMap::TempoMap(std::vector<TempoChange> changes) : changes_(std::move(changes)) {
    assert(!changes_.empty() && changes_.front().start.value == 0);
    seconds_at_change_.assign(1, 0.0);
    // Whole microseconds are summed as integers, so that a long map gathers no rounding.
    std::int64_t tick_microseconds = 0;
    for (std::size_t i = 1; i < changes_.size(); ++i) {
        tick_microseconds +=
            (changes_[i].start - changes_[i - 1].start).value * changes_[i - 1].quarter_microseconds;
        seconds_at_change_.push_back(static_cast<double>(tick_microseconds) / (kTicksPerQuarter * 1e6));
    }
}

TempoMap TempoMap::steady(double beats_per_minute, base::Ticks beat) {
    const double quarters_per_minute = beats_per_minute * static_cast<double>(beat.value) / kTicksPerQuarter;
    return TempoMap({{base::Ticks(0), static_cast<int>(base::floor(60e6 / quarters_per_minute + 0.5))}});
}

base::Seconds TempoMap::to_seconds(base::Ticks at) const {
    const auto after =
        std::upper_bound(changes_.begin(), changes_.end(), at,
                         [](base::Ticks ticks, const TempoChange& change) { return ticks < change.start; });
    const auto index = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - changes_.begin() - 1, 0));
    const TempoChange& change = changes_[index];
    const double tick_microseconds =
        static_cast<double>((at - change.start).value * change.quarter_microseconds);
    return base::Seconds(seconds_at_change_[index] + tick_microseconds / (kTicksPerQuarter * 1e6));
}

base::Ticks TempoMap::to_ticks(base::Seconds at) const {
    const auto after = std::upper_bound(seconds_at_change_.begin(), seconds_at_change_.end(), at.value);
    const auto index =
        static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - seconds_at_change_.begin() - 1, 0));
    const double ticks = (at.value - seconds_at_change_[index]) * 1e6 * kTicksPerQuarter /
                         changes_[index].quarter_microseconds;
    return changes_[index].start + base::Ticks(static_cast<std::int64_t>(base::floor(ticks + 0.5)));
}

double TempoMap::beats_per_minute(base::Ticks at, base::Ticks beat) const {
    const auto after =
        std::upper_bound(changes_.begin(), changes_.end(), at,
                         [](base::Ticks ticks, const TempoChange& change) { return ticks < change.start; });
    const auto index = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - changes_.begin() - 1, 0));
    return 60e6 / changes_[index].quarter_microseconds * kTicksPerQuarter / static_cast<double>(beat.value);
}

}  // namespace mmx::music
