#include "jobs/idempotency.h"

#include <atomic>

#include "jobs/test_queue.h"

namespace mmx::jobs {
namespace {

using store::Transaction;

class P52_Idempotency : public QueueTest {
  protected:
    // An order as the service takes it: the answer, and whether this call did the work.
    base::Result<StoredAnswer> order(const std::string& key, const std::string& body_hash,
                                     const std::string& account = "ann") {
        return fresh_->write([&](Transaction& t) -> base::Result<StoredAnswer> {
            if (const auto before = TRY(begin(t, account, key, body_hash))) return *before;
            const std::string id = TRY(enqueue(t, song(account, key)));
            const StoredAnswer answer{202, "{\"id\":\"" + id + "\"}"};
            TRY_VOID(remember(t, account, key, answer));
            return answer;
        });
    }
};
INSTANTIATE_TEST_SUITE_P(On, P52_Idempotency, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(P52_Idempotency, The_same_order_again_gets_the_same_answer) {
    const auto first = order("key-1", "hash-1");
    ASSERT_TRUE(first) << first.error().tell_log;
    const auto second = order("key-1", "hash-1");
    EXPECT_EQ(second->status, 202);
    EXPECT_EQ(second->answer, first->answer);
    EXPECT_NE(order("key-1", "hash-1", "ben")->answer, first->answer) << "keys are an account's own";
    EXPECT_EQ(counts(*fresh_).value().queued, 2);
}

TEST_P(P52_Idempotency, Another_order_under_the_same_key_is_refused) {
    ASSERT_TRUE(order("key-1", "hash-1"));
    const auto other = order("key-1", "hash-2");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().kind, base::Kind::invalid_request);
    EXPECT_EQ(other.error().field, "Idempotency-Key");
    EXPECT_EQ(order("", "h").error().field, "Idempotency-Key");
    EXPECT_EQ(order("a b", "h").error().field, "Idempotency-Key");
    EXPECT_EQ(order(std::string(201, 'k'), "h").error().field, "Idempotency-Key");
    EXPECT_TRUE(order(std::string(200, 'k'), "h"));
}

TEST_P(P52_Idempotency, Many_at_once_are_one_order) {
    for (int round = 0; round < 5; ++round) {
        const std::string key = "key-" + std::to_string(round);
        std::vector<std::string> answers(6);
        in_parallel(6, [&](int i) {
            const auto got = order(key, "hash");
            answers[static_cast<std::size_t>(i)] = got ? got->answer : got.error().tell_log;
        });
        for (const auto& answer : answers) EXPECT_EQ(answer, answers[0]);
    }
    EXPECT_EQ(counts(*fresh_).value().queued, 5);
}

TEST_P(P52_Idempotency, A_refused_order_leaves_its_key_free) {
    EXPECT_FALSE(fresh_->write([&](Transaction& t) -> base::Status {
        TRY_VOID(begin(t, "ann", "key-1", "hash-1"));
        return base::fail(base::Kind::over_quota, "no");
    }));
    EXPECT_TRUE(order("key-1", "hash-2"));
}

TEST_P(P52_Idempotency, Keys_are_forgotten_after_a_day) {
    ASSERT_TRUE(order("key-1", "hash-1"));
    ASSERT_TRUE(order("key-2", "hash-1"));
    EXPECT_EQ(sweep_idempotency(*fresh_).value(), 0);
    ASSERT_TRUE(fresh_->execute("UPDATE idempotency SET created_at = created_at - 86400001"));
    EXPECT_TRUE(order("key-1", "hash-2")) << "even before the sweep";
    EXPECT_EQ(sweep_idempotency(*fresh_).value(), 1);
}

}  // namespace
}  // namespace mmx::jobs
