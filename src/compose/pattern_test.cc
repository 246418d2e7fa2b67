#include "compose/pattern.h"

#include <gtest/gtest.h>

namespace mmx::compose {
namespace {

music::Metre metre(std::string_view name) {
    return *music::parse_metre(name);
}

std::string shown(const std::vector<Step>& steps, const music::Metre& in) {
    std::string text(static_cast<std::size_t>(in.bar() / base::kSixteenth), '.');
    for (const Step& step : steps) {
        const auto at = static_cast<std::size_t>(step.start / base::kSixteenth);
        text[at] = step.symbol;
        for (std::size_t i = 1; i < static_cast<std::size_t>(step.length / base::kSixteenth); ++i)
            text[at + i] = '-';
    }
    return text;
}

std::string adapted(std::string_view text, std::string_view to, int bar = 0,
                    LongGroups long_groups = LongGroups::rest) {
    return shown(lay_out(text, metre("4/4"), metre(to), bar, long_groups), metre(to));
}

constexpr std::string_view kBackbeat = "k...s...k...s...";

TEST(Pattern, Reads_holds_as_length) {
    const auto steps = lay_out("9---5-..........", metre("4/4"), metre("4/4"), 0, LongGroups::rest);
    ASSERT_EQ(steps.size(), 2u);
    EXPECT_EQ(steps[0].length, base::kQuarter);
    EXPECT_EQ(steps[1].start, base::kQuarter);
    EXPECT_EQ(steps[1].length, base::kEighth);
}

TEST(Pattern, Ends_every_odd_bar_on_a_backbeat_and_never_plays_two_of_them_in_a_row) {
    EXPECT_EQ(adapted(kBackbeat, "3/4"), "k...k...s...");
    EXPECT_EQ(adapted(kBackbeat, "5/4"), "k...k...s...k...s...");
    EXPECT_EQ(adapted(kBackbeat, "7/4"), "k...s...k...s...k...k...s...");
    EXPECT_EQ(adapted(kBackbeat, "7/8"), "k...k...s.....");
    EXPECT_EQ(adapted(kBackbeat, "7/8 (3+2+2)"), "k.....k...s...");
    EXPECT_EQ(adapted(kBackbeat, "6/8"), "k.....s.....");
    EXPECT_EQ(adapted(kBackbeat, "12/8"), "k.....s.....k.....s.....");
    EXPECT_EQ(adapted(kBackbeat, "11/8"), "k.....s.....k.....s...");
}

TEST(Pattern, Spreads_a_bar_of_four_over_two_short_ones) {
    EXPECT_EQ(adapted("1...2...3...4...", "2/4", 0), "1...2...");
    EXPECT_EQ(adapted("1...2...3...4...", "2/4", 1), "3...4...");
    EXPECT_EQ(adapted("1...2...3...4...", "6/8", 1), "3.....4.....");
}

TEST(Pattern, Lets_time_keepers_go_on_through_long_groups) {
    EXPECT_EQ(adapted("h.h.h.h.h.h.h.h.", "7/8", 0, LongGroups::keep_time), "h.h.h.h.h.h.h.");
    EXPECT_EQ(adapted("h.h.h.h.h.h.h.h.", "7/8", 0, LongGroups::rest), "h.h.h.h.h...h.");
    EXPECT_EQ(adapted("h.h.h.h.h.h.h.h.", "12/8", 0, LongGroups::keep_time), "h.h.h.h.h.h.h.h.h.h.h.h.");
}

TEST(Pattern, Holds_a_whole_note_through_any_bar) {
    for (const std::string& name : music::metre_names())
        for (const int bar : {0, 2}) {
            const auto steps = lay_out("9---------------", metre("4/4"), metre(name), bar, LongGroups::rest);
            if (name == "2/4" || name == "6/8" || name == "3/8")
                continue;  // half of the bar falls into the next one
            // The second group of 6/4 and 7/4 is struck again, but there is no gap.
            base::Ticks sounding{0};
            for (const Step& step : steps) sounding += step.length;
            EXPECT_LE(steps.size(), 2u) << name;
            EXPECT_EQ(sounding, metre(name).bar()) << name;
        }
}

TEST(Pattern, Stays_within_every_bar) {
    for (const std::string& name : music::metre_names())
        for (int bar = 0; bar < 4; ++bar)
            for (const std::string_view text :
                 {"9-5-9-5-9-5-9-5-", "9..9..9..9..", "9999999999999999", "9.......", "9..9..9...9..9.."})
                for (const Step& step :
                     lay_out(text, metre("4/4"), metre(name), bar, LongGroups::keep_time)) {
                    EXPECT_GE(step.start.value, 0);
                    EXPECT_LE((step.start + step.length).value, metre(name).bar().value)
                        << name << " " << text;
                }
}

}  // namespace
}  // namespace mmx::compose
