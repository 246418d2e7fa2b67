#include "music/tempo_map.h"

#include <gtest/gtest.h>

namespace mmx::music {
namespace {

TEST(TempoMap, A_steady_tempo_counts_the_beat_it_was_given) {
    const TempoMap quarters = TempoMap::steady(120, base::kQuarter);
    EXPECT_DOUBLE_EQ(quarters.to_seconds(base::kQuarter * 4).value, 2.0);
    const TempoMap dotted = TempoMap::steady(60, base::kQuarter + base::kEighth);
    EXPECT_NEAR(dotted.to_seconds(base::kEighth * 6).value, 2.0, 1e-5);
    EXPECT_NEAR(dotted.beats_per_minute(base::Ticks(0), base::kQuarter + base::kEighth), 60, 1e-4);
}

TEST(TempoMap, Time_runs_on_without_a_gap_over_changes_and_back_again) {
    const TempoMap map({{base::Ticks(0), 500000}, {base::kWhole, 600000}, {base::kWhole * 2, 1000000}});
    EXPECT_DOUBLE_EQ(map.to_seconds(base::kWhole).value, 2.0);
    EXPECT_DOUBLE_EQ(map.to_seconds(base::kWhole * 2).value, 4.4);
    EXPECT_DOUBLE_EQ(map.to_seconds(base::kWhole * 3).value, 8.4);
    for (std::int64_t tick = 0; tick < 3 * 3840; tick += 61)
        EXPECT_EQ(map.to_ticks(map.to_seconds(base::Ticks(tick))).value, tick);
}

}  // namespace
}  // namespace mmx::music
