#include "mail/outbox.h"

#include <gtest/gtest.h>

#include <mutex>
#include <set>
#include <thread>

#include "store/test_database.h"

namespace mmx::mail {
namespace {

// Real deliveries to a list in memory, with the answers of a mail server as the test wants them.
class Postbox final : public Sender {
  public:
    base::Status send(const Mail& mail) override {
        const std::lock_guard lock(mutex);
        received.push_back(mail);
        if (says == "4xx") return base::fail_for_now(base::Kind::unavailable, "later");
        if (says == "5xx") return base::fail(base::Kind::unavailable, "never");
        return {};
    }
    std::mutex mutex;
    std::vector<Mail> received;
    std::string says = "2xx";
};

class P52_Outbox : public testing::TestWithParam<store::Dialect> {
  protected:
    base::Status post(const std::string& to = "someone@example.com") {
        return database->write([&](store::Transaction& transaction) {
            return enqueue(transaction, {.kind = "greeting",
                                         .to = to,
                                         .subject = "Hello",
                                         .text = "some text",
                                         .html = "<p>some text</p>"});
        });
    }
    Deliveries deliver(int at_most = 20) { return deliver_some(*database, postbox, at_most).value(); }
    store::Row row() {
        return database
            ->query(
                "SELECT state, attempts, next_at - now_ms(), to_address, subject, text, html, kind FROM "
                "outbox")
            .value()
            .at(0);
    }
    void age(const std::string& update) {
        ASSERT_EQ(database->execute("UPDATE outbox SET " + update).value(), 1);
    }

    store::FreshDatabase database{GetParam()};
    Postbox postbox;
};
INSTANTIATE_TEST_SUITE_P(On, P52_Outbox, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(P52_Outbox, A_mail_is_sent_once_and_then_forgets_address_and_text) {
    ASSERT_TRUE(post());
    EXPECT_EQ(deliver().sent, 1);
    EXPECT_EQ(deliver().sent, 0);
    ASSERT_EQ(postbox.received.size(), 1u);
    EXPECT_EQ(postbox.received[0].to, "someone@example.com");
    EXPECT_EQ(postbox.received[0].subject, "Hello");
    EXPECT_EQ(postbox.received[0].text, "some text");
    EXPECT_EQ(postbox.received[0].html, "<p>some text</p>");
    EXPECT_EQ(row().text(0), "sent");
    for (const std::size_t column : {3u, 4u, 5u, 6u}) EXPECT_EQ(row().text(column), "");
    EXPECT_EQ(row().text(7), "greeting");
}

TEST_P(P52_Outbox, What_is_rolled_back_is_never_sent) {
    const base::Status failed = database->write([&](store::Transaction& transaction) -> base::Status {
        EXPECT_TRUE(enqueue(
            transaction,
            {.kind = "greeting", .to = "someone@example.com", .subject = {}, .text = {}, .html = {}}));
        return base::fail(base::Kind::conflict, "something else went wrong");
    });
    EXPECT_FALSE(failed);
    EXPECT_EQ(deliver().sent, 0);
}

TEST_P(P52_Outbox, The_same_work_can_be_done_for_no_mail) {
    ASSERT_TRUE(database->write([&](store::Transaction& transaction) {
        return enqueue_nothing(
            transaction,
            {.kind = "greeting", .to = "someone@example.com", .subject = {}, .text = {}, .html = {}});
    }));
    EXPECT_EQ(deliver().sent, 0);
    EXPECT_EQ(row().text(3), "");
    EXPECT_EQ(sweep(*database).value().removed, 1);
}

TEST_P(P52_Outbox, Waiting_senders_are_woken) {
    const std::uint64_t seen = database->signals(kChannel);
    ASSERT_TRUE(post());
    EXPECT_NE(database->wait(kChannel, seen, std::chrono::seconds(10)), seen);
}

TEST_P(P52_Outbox, A_mail_that_cannot_go_now_is_tried_again_after_pauses_that_double) {
    ASSERT_TRUE(post());
    postbox.says = "4xx";
    double pause_ms = 30'000;
    for (int attempt = 1; attempt < 10; ++attempt) {
        EXPECT_EQ(deliver().put_off, 1);
        EXPECT_EQ(deliver().put_off, 0);  // not before its time
        EXPECT_EQ(row().text(0), "queued");
        EXPECT_EQ(row().integer(1), attempt);
        EXPECT_GT(static_cast<double>(row().integer(2)), pause_ms * 0.74 - 5000);
        EXPECT_LT(static_cast<double>(row().integer(2)), pause_ms * 1.26);
        pause_ms = std::min(pause_ms * 2, 7'200'000.0);
        age("next_at = now_ms()");
    }
    EXPECT_EQ(deliver().dead, 1);
    EXPECT_EQ(row().text(0), "dead");
    EXPECT_EQ(postbox.received.size(), 10u);
    EXPECT_EQ(deliver().dead, 0);
}

TEST_P(P52_Outbox, A_mail_refused_for_good_is_not_tried_again_unless_somebody_asks) {
    ASSERT_TRUE(post());
    postbox.says = "5xx";
    EXPECT_EQ(deliver().dead, 1);
    postbox.says = "2xx";
    EXPECT_EQ(deliver().sent, 0);
    EXPECT_EQ(retry_dead(*database).value(), 1);
    EXPECT_EQ(deliver().sent, 1);
}

TEST_P(P52_Outbox, A_mail_whose_sender_died_is_sent_by_the_next_one_when_its_lease_is_over) {
    ASSERT_TRUE(post());
    age("state = 'sending', attempts = 1, lease_token = 'dead', lease_until = now_ms() + 120000");
    EXPECT_EQ(deliver().sent, 0);
    age("lease_until = now_ms()");
    EXPECT_EQ(deliver().sent, 1);
}

TEST_P(P52_Outbox, A_sender_that_lost_its_lease_changes_nothing) {
    ASSERT_TRUE(post());
    class Slow final : public Sender {
      public:
        explicit Slow(store::Database& database) : database_(database) {}
        base::Status send(const Mail&) override {
            EXPECT_TRUE(database_.execute("UPDATE outbox SET lease_token = 'another'"));
            return base::fail(base::Kind::unavailable, "never");
        }
        store::Database& database_;
    } slow(*database);
    ASSERT_TRUE(deliver_some(*database, slow));
    EXPECT_EQ(row().text(0), "sending");
}

TEST_P(P52_Outbox, Several_servers_send_each_mail_once) {
    for (int i = 0; i < 40; ++i) ASSERT_TRUE(post("someone" + std::to_string(i) + "@example.com"));
    const auto other = database.open_another();
    std::thread second([&] { EXPECT_TRUE(deliver_some(*other, postbox, 100)); });
    deliver(100);
    second.join();
    std::set<std::string> addresses;
    for (const Mail& mail : postbox.received) addresses.insert(mail.to);
    EXPECT_EQ(postbox.received.size(), 40u);
    EXPECT_EQ(addresses.size(), 40u);
}

TEST_P(P52_Outbox, A_dead_mail_forgets_address_and_text_after_a_week_and_its_row_goes_after_a_month) {
    ASSERT_TRUE(post());
    postbox.says = "5xx";
    deliver();
    age("ended_at = ended_at - 604700000");
    EXPECT_EQ(sweep(*database).value().erased, 0);
    age("ended_at = ended_at - 100000");
    EXPECT_EQ(sweep(*database).value().erased, 1);
    EXPECT_EQ(row().text(3) + row().text(4) + row().text(5) + row().text(6), "");
    EXPECT_EQ(retry_dead(*database).value(), 0);
    age("ended_at = ended_at - 1987200000");
    EXPECT_EQ(sweep(*database).value().removed, 1);
}

}  // namespace
}  // namespace mmx::mail
