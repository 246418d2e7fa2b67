#include "api/read_limits.h"

#include <gtest/gtest.h>

namespace mmx::api {
namespace {

TEST(ReadLimits, Stop_who_reads_too_often_and_nobody_else) {
    ReadLimits limits(30);
    for (int i = 0; i < 30; ++i) EXPECT_EQ(limits.take("one"), 0) << i;
    EXPECT_GE(limits.take("one"), 1);
    EXPECT_LE(limits.take("one"), 2) << "one read is free again every two seconds";
    EXPECT_EQ(limits.take("other"), 0);
}

TEST(ReadLimits, Can_be_off_and_can_change) {
    ReadLimits limits(0);
    for (int i = 0; i < 10'000; ++i) ASSERT_EQ(limits.take("one"), 0);
    limits.set(1);
    EXPECT_EQ(limits.take("one"), 0);
    EXPECT_GE(limits.take("one"), 1);
}

TEST(P36_RateKeys, Hold_no_address_and_count_a_household_once) {
    const std::string key = rate_key("secret", "reading", "192.0.2.7");
    EXPECT_EQ(key.find("192.0.2.7"), std::string::npos);
    EXPECT_NE(key, rate_key("another secret", "reading", "192.0.2.7"));
    EXPECT_NE(key, rate_key("secret", "ordering", "192.0.2.7"));
    EXPECT_NE(key, rate_key("secret", "reading", "192.0.2.8"));
    EXPECT_EQ(key, rate_key("secret", "reading", "::ffff:192.0.2.7"));
    EXPECT_EQ(rate_key("secret", "reading", "2001:db8:1:2::7"),
              rate_key("secret", "reading", "2001:db8:1:2:9::1"));
    EXPECT_NE(rate_key("secret", "reading", "2001:db8:1:2::7"),
              rate_key("secret", "reading", "2001:db8:1:3::7"));
}

}  // namespace
}  // namespace mmx::api
