#include "music/metre.h"

#include <gtest/gtest.h>

namespace mmx::music {
namespace {

TEST(Metre, All_twelve_signatures_are_read_and_named_back) {
    EXPECT_EQ(metre_names().size(), 12u);
    for (const std::string& name : metre_names()) {
        const auto metre = parse_metre(name);
        ASSERT_TRUE(metre) << name;
        EXPECT_EQ(metre->name(), name);
        EXPECT_EQ(metre->strength(base::Ticks(0)), 3);
    }
}

TEST(Metre, A_grouping_can_be_said_and_must_add_up) {
    EXPECT_EQ(parse_metre("7/8 (3+2+2)")->name(), "7/8 (3+2+2)");
    EXPECT_EQ(parse_metre("7/8 2+2+3")->name(), "7/8");
    EXPECT_FALSE(parse_metre("7/8 (3+3+2)"));
    EXPECT_FALSE(parse_metre("5/8"));
    EXPECT_FALSE(parse_metre("4/4 x"));
    EXPECT_FALSE(parse_metre(""));
}

TEST(Metre, Bpm_counts_dotted_quarters_in_compound_metres_and_quarters_elsewhere) {
    for (const char* name : {"6/8", "9/8", "12/8"}) EXPECT_EQ(parse_metre(name)->beat().value, 1440) << name;
    for (const char* name : {"2/4", "3/4", "4/4", "5/4", "7/4", "3/8", "7/8", "11/8"})
        EXPECT_EQ(parse_metre(name)->beat().value, 960) << name;
}

TEST(Metre, Strength_follows_the_groups) {
    const Metre seven = *parse_metre("7/8 (3+2+2)");
    EXPECT_EQ(seven.strength(base::kEighth * 3), 2);
    EXPECT_EQ(seven.strength(base::kEighth * 5), 2);
    EXPECT_EQ(seven.strength(base::kEighth * 4), 0);
    const Metre four = *parse_metre("4/4");
    EXPECT_EQ(four.strength(base::kQuarter * 2), 2);
    EXPECT_EQ(four.strength(base::kQuarter), 1);
    EXPECT_EQ(four.strength(base::kEighth), 0);
    EXPECT_EQ(four.pulses().size(), 4u);
    EXPECT_EQ(seven.pulses().size(), 3u);
    EXPECT_EQ(parse_metre("6/8")->pulses().size(), 2u);
}

}  // namespace
}  // namespace mmx::music
