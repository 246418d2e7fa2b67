#include "jobs/events.h"

#include <algorithm>
#include <atomic>

#include "jobs/test_queue.h"

namespace mmx::jobs {
namespace {

using store::Transaction;

class P52_Events : public QueueTest {
  protected:
    void happen(const std::string& account, const std::string& body) {
        ASSERT_TRUE(fresh_->write([&](Transaction& t) { return append(t, account, "song", body); }));
    }
};
INSTANTIATE_TEST_SUITE_P(On, P52_Events, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(P52_Events, Are_read_in_order_after_a_position_by_account_and_by_all) {
    happen("ann", "{\"n\":1}");
    const Position start = newest_position(*fresh_).value();
    happen("ben", "{\"n\":2}");
    happen("ann", "{\"n\":3}");
    const auto all = events_after(*fresh_, start, 10).value();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].account_id, "ben");
    EXPECT_EQ(all[1].body, "{\"n\":3}");
    EXPECT_GT(all[1].at_ms, 0);
    const auto own = events_of(*fresh_, "ann", Position{}, 10).value();
    ASSERT_EQ(own.size(), 2u);
    EXPECT_EQ(own[0].body, "{\"n\":1}");
    EXPECT_EQ(events_of(*fresh_, "ann", own[0].position, 10).value().size(), 1u);
    EXPECT_EQ(events_after(*fresh_, Position{}, 1).value().size(), 1u);
}

TEST_P(P52_Events, Of_an_order_that_rolls_back_never_happened) {
    EXPECT_FALSE(fresh_->write([&](Transaction& t) -> base::Status {
        TRY_VOID(append(t, "ann", "song", "{}"));
        return base::fail(base::Kind::cancelled, "no");
    }));
    EXPECT_TRUE(events_after(*fresh_, Position{}, 10).value().empty());
}

TEST_P(P52_Events, Reach_a_reader_once_each_while_many_write_at_once) {
    const auto writers = fresh_.open_another(8);
    std::atomic<int> working = 6, errors = 0;
    std::vector<std::string> seen;
    std::thread reader([&] {
        Position position;
        for (bool last = false;;) {
            const bool ended = working == 0;
            const auto events = events_after(*fresh_, position, 7);
            if (!events) {
                ++errors;
                return;
            }
            for (const Event& event : *events) {
                if (event.position <= position) ++errors;
                position = event.position;
                seen.push_back(event.body);
            }
            if (events->empty() && ended && last) return;
            last = events->empty() && ended;
        }
    });
    in_parallel(6, [&](int writer) {
        for (int i = 0; i < 25; ++i) {
            const auto done = writers->write([&](Transaction& t) -> base::Status {
                // Transactions differ in length, so that numbers and commits come in different orders.
                const std::string body = std::to_string(writer) + "-" + std::to_string(i);
                TRY_VOID(append(t, "ann", "song", body + "a"));
                for (int pause = 0; pause < (writer + i) % 4; ++pause)
                    TRY_VOID(t.query("SELECT COUNT(*) FROM events"));
                return append(t, "ben", "song", body + "b");
            });
            if (!done) ++errors;
        }
        --working;
    });
    reader.join();
    EXPECT_EQ(errors, 0);
    EXPECT_EQ(seen.size(), 300u);
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST_P(P52_Events, Wait_for_an_older_transaction_rather_than_be_passed_over) {
    const auto another = fresh_.open_another(2);
    if (GetParam() == store::Dialect::sqlite) {
        // One transaction writes at a time, so none can be overtaken.
        happen("ann", "1");
        EXPECT_EQ(events_after(*another, Position{}, 10).value().size(), 1u);
        return;
    }
    // The older one takes its number first and commits last.
    ASSERT_TRUE(fresh_->write([&](Transaction& older) -> base::Status {
        TRY_VOID(append(older, "ann", "song", "older"));
        EXPECT_TRUE(another->write([&](Transaction& t) { return append(t, "ann", "song", "newer"); }));
        EXPECT_TRUE(events_after(*another, Position{}, 10).value().empty());
        return {};
    }));
    const auto events = events_after(*another, Position{}, 10).value();
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(events[0].body, "older");
}

TEST_P(P52_Events, Older_than_a_day_are_forgotten_and_numbers_never_come_again) {
    happen("ann", "1");
    happen("ann", "2");
    const Position last = newest_position(*fresh_).value();
    EXPECT_EQ(sweep_events(*fresh_).value(), 0);
    ASSERT_TRUE(fresh_->execute("UPDATE events SET at = at - 90000000"));
    EXPECT_EQ(sweep_events(*fresh_).value(), 2);
    happen("ann", "3");
    EXPECT_EQ(events_after(*fresh_, last, 10).value().size(), 1u);
}

TEST(P52_Event_positions, Are_written_and_read_and_nonsense_is_refused) {
    const Position position{7001, 42};
    EXPECT_EQ(position.text(), "7001-42");
    EXPECT_EQ(Position::parse("7001-42"), position);
    for (const char* wrong :
         {"", "-", "7", "7-", "-7", "a-1", "1-a", "1--2", "-1-2", "1-2 ", "1-99999999999999999999"})
        EXPECT_FALSE(Position::parse(wrong)) << wrong;
}

}  // namespace
}  // namespace mmx::jobs
