#include "store/nodes.h"

#include <gtest/gtest.h>

#include "store/audit.h"
#include "store/test_database.h"

namespace mmx::store {
namespace {

using base::Kind;

class P51_Nodes : public testing::TestWithParam<Dialect> {
  protected:
    FreshDatabase fresh_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(On, P51_Nodes, testing::ValuesIn(test_databases()), test_name);

TEST_P(P51_Nodes, Are_living_as_long_as_they_say_something) {
    ASSERT_TRUE(announce_node(*fresh_, {"one", NodeKind::server, "embedded-1", "here"}));
    ASSERT_TRUE(announce_node(*fresh_, {"two", NodeKind::worker, "embedded-1", "here"}));
    ASSERT_EQ(living_nodes(*fresh_)->size(), 2u);
    ASSERT_TRUE(fresh_->execute("UPDATE nodes SET seen_at = seen_at - 120000"));
    EXPECT_TRUE(living_nodes(*fresh_)->empty());
    EXPECT_TRUE(*beat_node(*fresh_, "two"));
    ASSERT_EQ(living_nodes(*fresh_)->size(), 1u);
    EXPECT_EQ(living_nodes(*fresh_)->front().kind, NodeKind::worker);
    EXPECT_FALSE(*beat_node(*fresh_, "three"));
    ASSERT_TRUE(fresh_->execute("UPDATE nodes SET seen_at = seen_at - 90000000"));
    EXPECT_EQ(*sweep_nodes(*fresh_), 2);
}

TEST_P(P51_Nodes, Are_refused_when_they_keep_their_audio_in_different_places) {
    ASSERT_TRUE(announce_node(*fresh_, {"one", NodeKind::server, "", "here"}));
    ASSERT_TRUE(announce_node(*fresh_, {"two", NodeKind::server, "", "here"}));
    EXPECT_TRUE(check_objects_places(*fresh_));
    ASSERT_TRUE(announce_node(*fresh_, {"three", NodeKind::worker, "", "there"}));
    const auto apart = check_objects_places(*fresh_);
    ASSERT_FALSE(apart);
    EXPECT_EQ(apart.error().kind, Kind::conflict);
    ASSERT_TRUE(forget_node(*fresh_, "three"));
    EXPECT_TRUE(check_objects_places(*fresh_));
}

TEST_P(P51_Nodes, Audit_pages_run_from_the_newest_back_without_gap_or_repeat) {
    ASSERT_TRUE(fresh_->write([](Transaction& t) -> base::Result<int> {
        for (int i = 0; i < 25; ++i)
            TRY_VOID(append_audit(t, {0, 0, i % 2 ? "odd" : "even", "plan.change", std::to_string(i), "{}"}));
        return 1;
    }));
    std::vector<std::string> subjects;
    AuditQuery query;
    query.actor_id = "even";
    query.limit = 5;
    for (;;) {
        const auto page = audit_page(*fresh_, query);
        ASSERT_TRUE(page);
        if (page->empty()) break;
        for (const AuditEntry& entry : *page) subjects.push_back(entry.subject);
        query.before_seq = page->back().seq;
    }
    ASSERT_EQ(subjects.size(), 13u);
    EXPECT_EQ(subjects.front(), "24");
    EXPECT_EQ(subjects.back(), "0");
    AuditQuery about_one;
    about_one.subject = "7";
    EXPECT_GT(audit_page(*fresh_, about_one)->front().at, 1'600'000'000'000);
}

}  // namespace
}  // namespace mmx::store
