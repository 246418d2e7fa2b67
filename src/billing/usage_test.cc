#include "billing/usage.h"

#include <atomic>
#include <random>

#include "billing/ledger.h"
#include "billing/test_accounts.h"

namespace mmx::billing {
namespace {

using base::Kind;
using store::Transaction;

class P24_Credits : public testing::TestWithParam<store::Dialect> {
  protected:
    base::Status order(const std::string& subject, int cost, const Plan& plan) {
        return fresh_->write([&](Transaction& t) { return reserve(t, account_, plan, subject, cost); });
    }
    base::Result<bool> end_well(const std::string& subject) {
        return fresh_->write([&](Transaction& t) { return commit(t, subject); });
    }
    base::Result<bool> give_back(const std::string& subject) {
        return fresh_->write([&](Transaction& t) { return refund(t, subject, "it failed"); });
    }
    base::Result<std::int64_t> give(std::int64_t amount, const std::string& reason = "welcome") {
        return fresh_->write(
            [&](Transaction& t) { return grant(t, account_, amount, reason, "administrator-1"); });
    }
    std::int64_t credits() {
        return fresh_->read([&](Transaction& t) { return balance(t, account_); }).value();
    }
    Usage now(const Plan& plan) { return usage(*fresh_, account_, plan).value(); }
    void expect_clean() {
        const auto problems = audit_ledger(*fresh_);
        ASSERT_TRUE(problems) << problems.error().tell_log;
        EXPECT_TRUE(problems->empty()) << problems->front();
    }

    store::FreshDatabase fresh_{GetParam()};
    std::string account_ = add_account(*fresh_, "account-1");
};
INSTANTIATE_TEST_SUITE_P(On, P24_Credits, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(P24_Credits, An_order_takes_them_and_a_failure_gives_them_back_once) {
    const Plan plan = small_plan(5, 50, 10);
    ASSERT_TRUE(order("song-1", 4, plan));
    ASSERT_TRUE(order("song-2", 3, plan));
    Usage usage = now(plan);
    EXPECT_EQ(usage.credits, 3);
    EXPECT_EQ(usage.day.used, 2);
    EXPECT_EQ(usage.month.left(), 48);
    EXPECT_GT(usage.month.resets_at_ms, 0);

    EXPECT_TRUE(give_back("song-1").value());
    EXPECT_FALSE(give_back("song-1").value());
    EXPECT_FALSE(end_well("song-1").value());
    EXPECT_TRUE(end_well("song-2").value());
    EXPECT_FALSE(end_well("song-2").value());
    EXPECT_FALSE(give_back("song-2").value());
    EXPECT_FALSE(give_back("song-of-nobody").value());
    usage = now(plan);
    EXPECT_EQ(usage.credits, 7);
    EXPECT_EQ(usage.day.used, 1);
    EXPECT_EQ(usage.month.used, 1);
    expect_clean();
}

TEST_P(P24_Credits, A_refused_order_says_which_limit_and_when_it_starts_anew_and_takes_nothing) {
    const Plan one_a_day = small_plan(1, 50, 10);
    ASSERT_TRUE(order("song-1", 1, one_a_day));
    const auto day = order("song-2", 1, one_a_day);
    ASSERT_FALSE(day);
    EXPECT_EQ(day.error().kind, Kind::over_quota);
    EXPECT_NE(day.error().tell_user.find("1 song a day"), std::string::npos) << day.error().tell_user;
    EXPECT_NE(day.error().tell_user.find("00:00 UTC"), std::string::npos);
    EXPECT_GT(day.error().retry_after_seconds, 0);
    EXPECT_LE(day.error().retry_after_seconds, 86'401);

    const auto month = order("song-2", 1, small_plan(5, 1, 10));
    ASSERT_FALSE(month);
    EXPECT_NE(month.error().tell_user.find("1 song a month"), std::string::npos) << month.error().tell_user;

    const auto dear = order("song-2", 10, small_plan(5, 5, 10));
    ASSERT_FALSE(dear);
    EXPECT_EQ(dear.error().kind, Kind::over_quota);
    EXPECT_NE(dear.error().tell_user.find("costs 10 credits and you have 9"), std::string::npos)
        << dear.error().tell_user;

    EXPECT_EQ(order("song-1", 1, small_plan(5, 5, 10)).error().kind, Kind::conflict);
    EXPECT_EQ(now(one_a_day).day.used, 1);
    EXPECT_EQ(credits(), 9);
    expect_clean();
}

TEST_P(P24_Credits, A_refunded_order_can_be_reserved_again) {
    const Plan plan = small_plan(5, 50, 10);
    for (int round = 0; round < 3; ++round) {
        ASSERT_TRUE(order("song-1", 2, plan));
        ASSERT_TRUE(give_back("song-1").value());
    }
    EXPECT_EQ(credits(), 10);
    expect_clean();
}

TEST_P(P24_Credits, A_refund_gives_back_the_count_of_the_day_it_was_reserved) {
    const Plan plan = small_plan(5, 50, 10);
    ASSERT_TRUE(order("song-1", 2, plan));
    // The order was made in an earlier month.
    for (const char* sql : {"UPDATE reservations SET day = '2020-02-29', month = '2020-02'",
                            "UPDATE usage SET period = '2020-02-29' WHERE length(period) = 10",
                            "UPDATE usage SET period = '2020-02' WHERE length(period) = 7"})
        ASSERT_TRUE(fresh_->execute(sql));
    ASSERT_TRUE(order("song-2", 2, plan));
    ASSERT_TRUE(give_back("song-1").value());
    EXPECT_EQ(now(plan).day.used, 1);
    EXPECT_EQ(now(plan).month.used, 1);
    EXPECT_EQ(fresh_->query("SELECT SUM(used) FROM usage WHERE period LIKE '2020%'").value()[0].integer(0),
              0);
    expect_clean();
    ASSERT_TRUE(sweep_usage(*fresh_));
    EXPECT_EQ(fresh_->query("SELECT COUNT(*) FROM usage").value()[0].integer(0), 2);
    expect_clean();
}

TEST_P(P24_Credits, A_months_credits_come_once_however_many_ask_and_a_larger_plan_adds_the_difference) {
    const Plan plan = small_plan(50, 50, 10);
    std::atomic<int> failures = 0;
    in_parallel(8, [&](int i) {
        if (i % 2 == 0 ? !usage(*fresh_, account_, plan).has_value()
                       : !order("song-" + std::to_string(i), 0, plan).has_value())
            ++failures;
    });
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(credits(), 10);
    EXPECT_EQ(now(small_plan(1, 1, 25)).credits, 25);
    EXPECT_EQ(now(plan).credits, 25);
    // A month later.
    ASSERT_TRUE(fresh_->execute("UPDATE monthly_grants SET period = '2020-01'"));
    EXPECT_EQ(now(plan).credits, 35);
    expect_clean();
}

TEST_P(P24_Credits, Parallel_orders_never_overdraw) {
    const Plan plan = small_plan(100, 100, 10);
    std::atomic<int> taken = 0, refused = 0, others = 0;
    in_parallel(8, [&](int thread) {
        for (int i = 0; i < 3; ++i) {
            const auto done = order("song-" + std::to_string(thread * 10 + i), 3, plan);
            if (done)
                ++taken;
            else if (done.error().kind == Kind::over_quota)
                ++refused;
            else
                ++others;
        }
    });
    EXPECT_EQ(taken, 3);
    EXPECT_EQ(refused, 21);
    EXPECT_EQ(others, 0);
    EXPECT_EQ(credits(), 1);
    expect_clean();
}

TEST_P(P24_Credits, Parallel_orders_never_pass_the_days_count) {
    const Plan plan = small_plan(7, 100, 1000);
    std::atomic<int> taken = 0;
    in_parallel(8, [&](int thread) {
        for (int i = 0; i < 3; ++i)
            taken += order("song-" + std::to_string(thread * 10 + i), 1, plan).has_value();
    });
    EXPECT_EQ(taken, 7);
    EXPECT_EQ(now(plan).day.used, 7);
    EXPECT_EQ(credits(), 993);
    expect_clean();
}

TEST_P(P24_Credits, Whoever_ends_an_order_in_parallel_it_ends_once) {
    const Plan plan = small_plan(100, 100, 100);
    for (int song = 0; song < 10; ++song) {
        const std::string subject = "song-" + std::to_string(song);
        ASSERT_TRUE(order(subject, 5, plan));
        std::atomic<int> ends = 0;
        in_parallel(4, [&](int i) { ends += (i == 0 ? end_well(subject) : give_back(subject)).value(); });
        EXPECT_EQ(ends, 1);
    }
    expect_clean();
}

TEST_P(P24_Credits, Any_mix_of_operations_leaves_a_ledger_that_adds_up) {
    const Plan plan = small_plan(40, 60, 30);
    in_parallel(4, [&](int thread) {
        std::minstd_rand chance(static_cast<unsigned>(thread) + 1);
        for (int i = 0; i < 60; ++i) {
            const std::string subject = "song-" + std::to_string(chance() % 12);
            switch (chance() % 5) {
                case 0:
                case 1:
                    (void)order(subject, static_cast<int>(chance() % 6), plan);
                    break;
                case 2:
                    (void)end_well(subject);
                    break;
                case 3:
                    (void)give_back(subject);
                    break;
                default:
                    (void)give(static_cast<std::int64_t>(chance() % 9) - 4);
            }
        }
    });
    EXPECT_GT(fresh_->query("SELECT COUNT(*) FROM ledger").value()[0].integer(0), 20);
    expect_clean();
}

TEST_P(P24_Credits, The_audit_finds_what_was_tampered_with) {
    ASSERT_TRUE(order("song-1", 2, small_plan(5, 50, 10)));
    expect_clean();
    ASSERT_TRUE(fresh_->execute("UPDATE balances SET balance = balance + 1"));
    EXPECT_EQ(audit_ledger(*fresh_).value().size(), 1u);
    ASSERT_TRUE(fresh_->execute("UPDATE usage SET used = 9"));
    ASSERT_TRUE(fresh_->execute("UPDATE reservations SET state = 'committed'"));
    EXPECT_EQ(audit_ledger(*fresh_).value().size(), 4u);
}

TEST_P(P24_Credits, The_database_itself_refuses_to_change_the_ledger) {
    ASSERT_TRUE(give(5));
    EXPECT_FALSE(fresh_->execute("UPDATE ledger SET amount = 50"));
    EXPECT_FALSE(fresh_->execute("DELETE FROM ledger"));
    EXPECT_FALSE(fresh_->execute("TRUNCATE ledger")) << "on SQLite there is no such statement";
    EXPECT_FALSE(fresh_->execute("DELETE FROM accounts"));
    EXPECT_EQ(credits(), 5);
    expect_clean();
}

TEST_P(P24_Credits, An_erased_account_leaves_nothing_and_others_untouched) {
    ASSERT_TRUE(order("song-1", 2, small_plan(5, 50, 10)));
    const std::string other = add_account(*fresh_, "account-2");
    ASSERT_TRUE(fresh_->write([&](Transaction& t) { return grant(t, other, 3, "welcome", ""); }));
    ASSERT_TRUE(fresh_->write([&](Transaction& t) -> base::Status {
        TRY_VOID(erase_account(t, account_));
        TRY_VOID(t.execute("DELETE FROM accounts WHERE id = ?", {account_}));
        return {};
    }));
    EXPECT_EQ(fresh_->query("SELECT COUNT(*) FROM ledger").value()[0].integer(0), 1);
    EXPECT_EQ(fresh_->query("SELECT COUNT(*) FROM billing_erasures").value()[0].integer(0), 0);
    expect_clean();
}

TEST_P(P24_Credits, Grants_are_bounded_explained_and_shown_newest_first_in_pages) {
    EXPECT_EQ(give(0).error().field, "amount");
    EXPECT_EQ(give(1'000'001).error().field, "amount");
    EXPECT_EQ(give(5, "").error().field, "reason");
    EXPECT_EQ(give(5, std::string(201, 'x')).error().field, "reason");
    EXPECT_EQ(give(-1).error().kind, Kind::conflict);
    for (int i = 1; i <= 5; ++i) ASSERT_TRUE(give(i, "gift " + std::to_string(i)));
    EXPECT_EQ(give(-3, "one too many").value(), 12);

    const auto first = ledger_page(*fresh_, account_, std::nullopt, 4).value();
    ASSERT_EQ(first.size(), 4u);
    EXPECT_EQ(first[0].amount, -3);
    EXPECT_EQ(first[0].actor_id, "administrator-1");
    EXPECT_GT(first[0].at_ms, 0);
    EXPECT_EQ(first[1].reason, "gift 5");
    const auto second = ledger_page(*fresh_, account_, first.back().seq, 4).value();
    ASSERT_EQ(second.size(), 2u);
    EXPECT_EQ(second[1].reason, "gift 1");
    EXPECT_TRUE(ledger_page(*fresh_, "another", std::nullopt, 4).value().empty());
}

}  // namespace
}  // namespace mmx::billing
