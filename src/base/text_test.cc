#include "base/text.h"

#include <gtest/gtest.h>

namespace mmx::base {
namespace {

TEST(Text, pieces_are_trimmed_and_empty_ones_left_out) {
    const std::vector<std::string_view> expected = {"a b", "c"};
    EXPECT_EQ(split(" a b |c\r||\t|", '|'), expected);
    EXPECT_TRUE(split("", ',').empty());
    EXPECT_EQ(split("one", ',').size(), 1U);
}

TEST(Text, cells_of_a_table_may_be_empty) {
    const std::vector<std::string_view> expected = {"a", "", "b ", ""};
    EXPECT_EQ(cells_of("a||b |", '|'), expected);
}

TEST(Text, trimming_leaves_what_is_inside) {
    EXPECT_EQ(trimmed("\t two words \r"), "two words");
    EXPECT_EQ(trimmed(" \t\r"), "");
}

}  // namespace
}  // namespace mmx::base
