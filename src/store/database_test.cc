#include "store/database.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "store/test_database.h"

namespace mmx::store {
namespace {

using base::Kind;
using base::Result;
using std::chrono::milliseconds;
using std::chrono::seconds;

class P51_Database : public testing::TestWithParam<Dialect> {
  protected:
    void SetUp() override {
        const bool strict = GetParam() == Dialect::sqlite;
        EXPECT_TRUE(fresh_->execute(
            strict ? "CREATE TABLE things (id TEXT PRIMARY KEY, number INTEGER, real REAL, data BLOB) STRICT"
                   : "CREATE TABLE things (id TEXT PRIMARY KEY, number BIGINT, real DOUBLE PRECISION, data "
                     "BYTEA)"));
        ASSERT_TRUE(
            fresh_->execute("CREATE TABLE parts (thing_id TEXT NOT NULL REFERENCES things (id), "
                            "place BIGINT NOT NULL, UNIQUE (thing_id, place))"));
    }
    base::Status insert(const std::string& id, std::int64_t number) {
        TRY_VOID(fresh_->execute("INSERT INTO things (id, number) VALUES (?, ?)", {id, number}));
        return {};
    }
    std::int64_t count() {
        const auto rows = fresh_->query("SELECT COUNT(*) FROM things");
        return rows ? rows->front().integer(0) : -1;
    }
    FreshDatabase fresh_{GetParam(), Schema::empty};
};
INSTANTIATE_TEST_SUITE_P(On, P51_Database, testing::ValuesIn(test_databases()), test_name);

TEST_P(P51_Database, Lends_rows_one_by_one_each_as_it_is_whatever_the_one_before_held) {
    ASSERT_TRUE(
        fresh_->execute("INSERT INTO things VALUES (?, ?, ?, ?)",
                        {"a long text that needs memory of its own", 1, 0.5, Blob{std::string(40, 'b')}}));
    ASSERT_TRUE(fresh_->execute("INSERT INTO things (id) VALUES (?)", {"b"}));
    ASSERT_TRUE(fresh_->execute("INSERT INTO things VALUES (?, ?, ?, ?)", {"c", 3, 1.5, Blob{""}}));
    std::vector<std::string> ids, blobs;
    std::vector<std::optional<std::int64_t>> numbers;
    ASSERT_TRUE(fresh_->read([&](Transaction& t) {
        return t.each("SELECT id, number, real, data FROM things WHERE id <> ? ORDER BY id", {"none"},
                      [&](const Row& row) {
                          ids.push_back(row.text(0));
                          numbers.push_back(row.maybe_integer(1));
                          EXPECT_EQ(row.is_null(2), row.text(0) == "b");
                          blobs.push_back(row.blob(3));
                      });
    }));
    EXPECT_EQ(ids, (std::vector<std::string>{"a long text that needs memory of its own", "b", "c"}));
    EXPECT_EQ(numbers, (std::vector<std::optional<std::int64_t>>{1, std::nullopt, 3}));
    EXPECT_EQ(blobs, (std::vector<std::string>{std::string(40, 'b'), "", ""}));
    const auto wrong =
        fresh_->read([&](Transaction& t) { return t.each("SELECT nothing", {}, [](const Row&) {}); });
    EXPECT_FALSE(wrong);
}

TEST_P(P51_Database, Gives_back_every_type_as_it_was_given) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    const std::string text = "?'\"\\ $1 -- /* \xc3\xa9\xe2\x82\xac\xf0\x9f\x8e\xb5 \n\t";
    for (const std::int64_t number : {INT64_MIN, INT64_MAX, std::int64_t{0}}) {
        const auto done =
            fresh_->execute("INSERT INTO things VALUES (?, ?, ?, ?)", {text, number, 0.1 + 0.2, Blob{bytes}});
        ASSERT_TRUE(done) << done.error().tell_log;
        EXPECT_EQ(*done, 1);
        const auto rows = fresh_->query("SELECT id, number, real, data FROM things WHERE id = ?", {text});
        ASSERT_TRUE(rows) << rows.error().tell_log;
        ASSERT_EQ(rows->size(), 1u);
        EXPECT_EQ(rows->front().text(0), text);
        EXPECT_EQ(rows->front().integer(1), number);
        EXPECT_EQ(rows->front().real(2), 0.1 + 0.2);
        EXPECT_EQ(rows->front().blob(3), bytes);
        ASSERT_EQ(fresh_->execute("DELETE FROM things").value(), 1);
    }
}

TEST_P(P51_Database, Tells_null_from_empty_and_zero) {
    ASSERT_TRUE(fresh_->execute("INSERT INTO things VALUES (?, ?, ?, ?)",
                                {"", std::optional<std::int64_t>(), std::nullopt, Blob{}}));
    const auto rows = fresh_->query("SELECT id, number, real, data FROM things");
    ASSERT_TRUE(rows);
    const Row& row = rows->front();
    EXPECT_FALSE(row.is_null(0));
    EXPECT_EQ(row.maybe_text(0), "");
    EXPECT_TRUE(row.is_null(1));
    EXPECT_EQ(row.maybe_integer(1), std::nullopt);
    EXPECT_EQ(row.maybe_real(2), std::nullopt);
    EXPECT_FALSE(row.is_null(3));
    EXPECT_EQ(row.blob(3), "");
}

TEST_P(P51_Database, Reads_counts_sums_and_truths_as_integers) {
    ASSERT_TRUE(insert("a", 3));
    ASSERT_TRUE(insert("b", 4));
    const auto rows = fresh_->query(
        "SELECT COUNT(*), SUM(number), MAX(number) > 3, AVG(number) FROM things "
        "WHERE id <> '?' -- what is ?\n AND number + ? > /* ? */ ?",
        {1, 0});
    ASSERT_TRUE(rows) << rows.error().tell_log;
    EXPECT_EQ(rows->front().integer(0), 2);
    EXPECT_EQ(rows->front().integer(1), 7);
    EXPECT_TRUE(rows->front().flag(2));
    EXPECT_DOUBLE_EQ(rows->front().real(3), 3.5);
}

TEST_P(P51_Database, Refuses_text_that_only_one_of_the_two_could_store) {
    for (const std::string& text :
         {std::string("a\0b", 3), std::string("\xff"), std::string("\xed\xa0\x80")}) {
        const auto done = fresh_->execute("INSERT INTO things (id) VALUES (?)", {text});
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, Kind::invalid_request);
    }
    EXPECT_EQ(count(), 0);
}

TEST_P(P51_Database, Names_the_columns_that_a_conflict_is_about_and_no_value) {
    ASSERT_TRUE(insert("someone@example.com", 1));
    const auto twice = insert("someone@example.com", 2);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().kind, Kind::conflict);
    EXPECT_NE(twice.error().tell_log.find("UNIQUE constraint failed: things.id"), std::string::npos)
        << twice.error().tell_log;
    EXPECT_EQ(twice.error().tell_log.find("someone"), std::string::npos);

    const auto orphan = fresh_->execute("INSERT INTO parts VALUES ('nobody', 1)");
    ASSERT_FALSE(orphan);
    EXPECT_EQ(orphan.error().kind, Kind::conflict);

    ASSERT_TRUE(fresh_->execute("INSERT INTO parts VALUES (?, 1)", {"someone@example.com"}));
    const auto pair = fresh_->execute("INSERT INTO parts VALUES (?, 1)", {"someone@example.com"});
    ASSERT_FALSE(pair);
    EXPECT_NE(pair.error().tell_log.find("parts.thing_id, parts.place"), std::string::npos)
        << pair.error().tell_log;
}

TEST_P(P51_Database, Calls_wrong_sql_a_defect_and_shows_nothing_of_it) {
    for (const char* sql : {"SELEC 1", "SELECT nothing FROM nowhere", "SELECT 1; SELECT 2", ""}) {
        const auto rows = fresh_->query(sql);
        ASSERT_FALSE(rows) << sql;
        EXPECT_EQ(rows.error().kind, Kind::internal) << rows.error().tell_log;
        EXPECT_EQ(rows.error().tell_user.find("nowhere"), std::string::npos);
    }
    EXPECT_FALSE(fresh_->query("SELECT id FROM things WHERE id = ?"));
    EXPECT_EQ(count(), 0);
}

TEST_P(P51_Database, Reads_only_where_it_was_asked_to_read) {
    const auto done =
        fresh_->read([](Transaction& t) { return t.execute("INSERT INTO things (id) VALUES ('a')"); });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, Kind::internal);
    EXPECT_EQ(count(), 0);
}

TEST_P(P51_Database, Keeps_all_of_a_transaction_or_nothing) {
    const auto kept = fresh_->write([](Transaction& t) -> Result<int> {
        TRY_VOID(t.execute("INSERT INTO things (id) VALUES ('a')"));
        return static_cast<int>(TRY(t.execute("INSERT INTO things (id) VALUES ('b')")));
    });
    ASSERT_TRUE(kept);
    const auto refused = fresh_->write([](Transaction& t) -> Result<int> {
        TRY_VOID(t.execute("DELETE FROM things"));
        return base::fail(Kind::over_quota, "No.");
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, Kind::over_quota);
    EXPECT_THROW((void)fresh_->write([](Transaction& t) -> Result<int> {
        (void)t.execute("DELETE FROM things");
        throw std::runtime_error("out of memory");
    }),
                 std::runtime_error);
    EXPECT_EQ(count(), 2);
}

TEST_P(P51_Database, Commits_nothing_after_a_statement_failed_even_if_the_work_goes_on) {
    ASSERT_TRUE(insert("a", 1));
    const auto status = fresh_->write([](Transaction& t) -> Result<int> {
        (void)t.execute("INSERT INTO things (id) VALUES ('b')");
        (void)t.execute("INSERT INTO things (id) VALUES ('a')");
        EXPECT_FALSE(t.query("SELECT 1"));
        return 1;
    });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, Kind::conflict);
    EXPECT_EQ(count(), 1);
}

TEST_P(P51_Database, Refuses_a_transaction_inside_a_transaction) {
    const auto inner = fresh_->write([&](Transaction&) { return fresh_->query("SELECT 1"); });
    ASSERT_FALSE(inner);
    EXPECT_EQ(inner.error().kind, Kind::internal);
}

TEST_P(P51_Database, Shows_a_read_one_state_while_others_write) {
    ASSERT_TRUE(insert("a", 1));
    const auto seen = fresh_->read([&](Transaction& t) -> Result<bool> {
        const auto before = TRY(t.query("SELECT number FROM things")).front().integer(0);
        std::thread([&] { EXPECT_TRUE(fresh_->execute("UPDATE things SET number = 2")); }).join();
        return before == TRY(t.query("SELECT number FROM things")).front().integer(0);
    });
    ASSERT_TRUE(seen);
    EXPECT_TRUE(*seen);
    EXPECT_EQ(fresh_->query("SELECT number FROM things")->front().integer(0), 2);
}

TEST_P(P51_Database, Loses_no_count_when_eight_threads_count_at_once) {
    ASSERT_TRUE(insert("counter", 0));
    constexpr int threads = 8, each = 40;
    std::vector<std::thread> crew;
    std::atomic<int> failures{0};
    for (int i = 0; i < threads; ++i) {
        crew.emplace_back([&] {
            for (int n = 0; n < each; ++n) {
                const auto done = fresh_->write([&](Transaction& t) -> Result<std::int64_t> {
                    const std::string sql = "SELECT number FROM things WHERE id = 'counter'";
                    const auto rows = TRY(t.query(sql + std::string(for_update(t.dialect()))));
                    return TRY(t.execute("UPDATE things SET number = ? WHERE id = 'counter'",
                                         {rows.front().integer(0) + 1}));
                });
                if (!done) ++failures;
            }
        });
    }
    for (auto& thread : crew) thread.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(fresh_->query("SELECT number FROM things")->front().integer(0), threads * each);
}

// On PostgreSQL the two lock the same rows in opposite order and one of them is told to give way.
TEST_P(P51_Database, Runs_the_work_again_when_two_transactions_stood_in_each_others_way) {
    ASSERT_TRUE(insert("a", 0));
    ASSERT_TRUE(insert("b", 0));
    std::atomic<int> runs{0}, first_step{0};
    const auto both = [&](const char* one, const char* other) {
        return fresh_->write([&](Transaction& t) -> Result<int> {
            ++runs;
            TRY_VOID(t.execute("UPDATE things SET number = number + 1 WHERE id = ?", {one}));
            ++first_step;
            if (GetParam() == Dialect::postgresql)
                while (first_step < 2) std::this_thread::yield();
            TRY_VOID(t.execute("UPDATE things SET number = number + 1 WHERE id = ?", {other}));
            return 1;
        });
    };
    std::thread opposite([&] { EXPECT_TRUE(both("b", "a")); });
    EXPECT_TRUE(both("a", "b"));
    opposite.join();
    EXPECT_EQ(fresh_->query("SELECT SUM(number) FROM things")->front().integer(0), 4);
    EXPECT_EQ(runs, GetParam() == Dialect::postgresql ? 3 : 2);
}

TEST_P(P51_Database, Has_a_clock_of_its_own_in_utc_milliseconds) {
    ASSERT_TRUE(migrate(*fresh_));
    const auto now = [] {
        return std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    };
    const auto before = now();
    const auto rows = fresh_->query("SELECT now_ms(), now_ms() + ?", {1000});
    ASSERT_TRUE(rows) << rows.error().tell_log;
    EXPECT_GE(rows->front().integer(0), before - 1);
    EXPECT_LE(rows->front().integer(0), now() + 1);
    EXPECT_GE(rows->front().integer(1), before + 999);
}

TEST_P(P51_Database, Wakes_who_waits_in_another_server_once_it_has_committed) {
    const auto other = fresh_.open_another();
    const auto seen = other->signals("songs");
    const auto untouched = other->signals("mail");
    std::thread writer([&] {
        ASSERT_TRUE(fresh_->write([](Transaction& t) -> Result<int> {
            t.notify("songs");
            TRY_VOID(t.execute("INSERT INTO things (id) VALUES ('a')"));
            return 1;
        }));
    });
    EXPECT_NE(other->wait("songs", seen, seconds(10)), seen);
    EXPECT_EQ(other->query("SELECT id FROM things")->size(), 1u);
    writer.join();
    if (GetParam() == Dialect::postgresql) {
        EXPECT_EQ(other->signals("mail"), untouched);
    }
}

TEST_P(P51_Database, Notifies_nobody_of_what_was_rolled_back) {
    const auto seen = fresh_->signals("songs");
    (void)fresh_->write([](Transaction& t) -> Result<int> {
        t.notify("songs");
        return base::fail(Kind::cancelled, "No.");
    });
    EXPECT_EQ(fresh_->wait("songs", seen, milliseconds(100)), seen);
}

TEST_P(P51_Database, Lets_go_of_all_who_wait_when_the_program_stops) {
    const auto seen = fresh_->signals("songs");
    std::thread waiter([&] { (void)fresh_->wait("songs", seen, seconds(600)); });
    fresh_->stop_waiting();
    waiter.join();
    EXPECT_EQ(fresh_->wait("songs", seen, seconds(600)), seen);
}

TEST_P(P51_Database, Says_that_it_is_busy_when_no_connection_comes_free) {
    auto small = Database::open({fresh_.address(), 1, milliseconds(50)});
    ASSERT_TRUE(small);
    std::atomic<bool> held{false}, tried{false};
    std::thread holder([&] {
        (void)(*small)->write([&](Transaction&) -> Result<int> {
            held = true;
            while (!tried) std::this_thread::yield();
            return 1;
        });
    });
    while (!held) std::this_thread::yield();
    const auto done = (*small)->execute("INSERT INTO things (id) VALUES ('a')");
    tried = true;
    holder.join();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, Kind::unavailable);
    EXPECT_EQ(done.error().retry, base::Retry::may_help);
    EXPECT_GT(done.error().retry_after_seconds, 0);
    EXPECT_TRUE((*small)->execute("INSERT INTO things (id) VALUES ('a')"));
}

TEST(P51_Database_addresses, Are_refused_without_repeating_them_when_they_are_of_no_known_kind) {
    for (const char* address : {"", "sqlite:", "mysql://me:secret@host/db", "/var/lib/mmx.db"}) {
        const auto opened = Database::open({address});
        ASSERT_FALSE(opened) << address;
        EXPECT_EQ(opened.error().kind, Kind::invalid_request);
        EXPECT_EQ(opened.error().tell_user.find("secret"), std::string::npos);
    }
}

}  // namespace
}  // namespace mmx::store
