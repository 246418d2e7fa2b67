#include "store/access_log.h"

#include <gtest/gtest.h>

#include "store/test_database.h"

namespace mmx::store {
namespace {

class P36_AccessLog : public testing::TestWithParam<Dialect> {
  protected:
    std::string table() const { return GetParam() == Dialect::sqlite ? "requests" : "access_log.requests"; }
    std::string address() const {
        return GetParam() == Dialect::sqlite ? "sqlite:" + fresh_.folder() + "/access-log.db"
                                             : fresh_.address();
    }
    Rows rows() const {
        const auto other = Database::open({address(), 1});
        auto found = (*other)->query("SELECT * FROM " + table() + " ORDER BY at");
        return found ? *found : Rows();
    }
    FreshDatabase fresh_{GetParam(), Schema::empty};
};
INSTANTIATE_TEST_SUITE_P(On, P36_AccessLog, testing::ValuesIn(test_databases()), test_name);

TEST_P(P36_AccessLog, Holds_the_six_things_promised_and_nothing_more) {
    const auto log = AccessLog::open(address());
    ASSERT_TRUE(log) << log.error().tell_log;
    (*log)->add({"192.0.2.7", 1'700'000'000'000, "GET", "/api/v1/songs/{id}", 200,
                 "agent\xff\0x" + std::string(999, 'y')});
    ASSERT_TRUE((*log)->flush());
    const auto found = rows();
    ASSERT_EQ(found.size(), 1u);
    ASSERT_EQ(found.front().size(), 6u);
    EXPECT_EQ(found.front().integer(0), 1'700'000'000'000);
    EXPECT_EQ(found.front().text(1), "192.0.2.7");
    EXPECT_EQ(found.front().text(2), "GET");
    EXPECT_EQ(found.front().text(3), "/api/v1/songs/{id}");
    EXPECT_EQ(found.front().integer(4), 200);
    EXPECT_EQ(found.front().text(5).size(), 300u);
}

TEST_P(P36_AccessLog, Forgets_what_is_older_than_its_days) {
    const auto log = AccessLog::open(address());
    ASSERT_TRUE(log);
    (*log)->add({"192.0.2.7", 1'700'000'000'000, "GET", "/old", 200, ""});
    (*log)->add({"192.0.2.7", 0, "GET", "/new", 200, ""});
    ASSERT_TRUE((*log)->flush());
    EXPECT_EQ(*(*log)->purge(90), 1);
    const auto found = rows();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found.front().text(3), "/new");
}

TEST_P(P36_AccessLog, Drops_and_counts_rather_than_waits_when_its_queue_is_full) {
    auto log = AccessLog::open(address(), 10);
    ASSERT_TRUE(log);
    std::uint64_t added = 0;
    for (; (*log)->dropped() == 0 && added < 1'000'000; ++added)
        (*log)->add({"192.0.2.7", 0, "GET", "/x", 200, ""});
    EXPECT_EQ((*log)->dropped(), 1u);
    log->reset();  // what waits is written when the log ends
    EXPECT_EQ(rows().size(), added - 1);
}

}  // namespace
}  // namespace mmx::store
