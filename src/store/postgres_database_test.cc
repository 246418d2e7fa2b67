// What only a server can do: hang up, go away, come back.
#include <gtest/gtest.h>

#include "store/postgres_text.h"
#include "store/test_database.h"

namespace mmx::store {
namespace {

using base::Kind;
// Waits until they are gone.
constexpr const char* kHangUp =
    "SELECT COUNT(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()";

TEST(P51_Postgres, Numbers_parameters_outside_quotes_and_comments_only) {
    EXPECT_EQ(number_parameters("a = ? AND b = ?"), "a = $1 AND b = $2");
    EXPECT_EQ(number_parameters("'it''s ?' || ?"), "'it''s ?' || $1");
    EXPECT_EQ(number_parameters("\"a?\" -- ?\n ?"), "\"a?\" -- ?\n $1");
    EXPECT_EQ(number_parameters("/* ? /* ? */ ? */ ?"), "/* ? /* ? */ ? */ $1");
    EXPECT_EQ(number_parameters("$a$ ? $$ ? $a$ ? $$?$$"), "$a$ ? $$ ? $a$ $1 $$?$$");
    EXPECT_EQ(number_parameters("'open ?"), "'open ?");
}

TEST(P52_Postgres, Uses_a_new_connection_where_the_server_hung_up_in_between) {
    const FreshDatabase fresh(Dialect::postgresql, Schema::empty);
    const auto other = fresh.open_another(1);
    ASSERT_TRUE(fresh->execute("CREATE TABLE things (number BIGINT)"));
    ASSERT_GE(other->query(kHangUp)->front().integer(0), 1);
    const auto done = fresh->execute("INSERT INTO things VALUES (1)");
    EXPECT_TRUE(done) << done.error().tell_log;
    EXPECT_EQ(fresh->query("SELECT number FROM things")->size(), 1u);
}

TEST(P52_Postgres, Gives_an_error_and_keeps_nothing_when_the_server_hangs_up_in_the_middle) {
    const FreshDatabase fresh(Dialect::postgresql, Schema::empty);
    const auto other = fresh.open_another(1);
    ASSERT_TRUE(fresh->execute("CREATE TABLE things (number BIGINT)"));
    int runs = 0;
    const auto done = fresh->write([&](Transaction& t) -> base::Result<int> {
        ++runs;
        TRY_VOID(t.execute("INSERT INTO things VALUES (1)"));
        EXPECT_TRUE(other->query(kHangUp));
        TRY_VOID(t.execute("INSERT INTO things VALUES (2)"));
        return 1;
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, Kind::unavailable);
    EXPECT_GT(done.error().retry_after_seconds, 0);
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(fresh->query("SELECT number FROM things")->size(), 0u);
}

TEST(P52_Postgres, Wakes_all_who_wait_when_the_listening_connection_was_lost) {
    const FreshDatabase fresh(Dialect::postgresql, Schema::empty);
    const auto other = fresh.open_another(1);
    const auto seen = fresh->signals("songs");
    ASSERT_GE(other->query(kHangUp)->front().integer(0), 1);
    const auto again = fresh->wait("songs", seen, std::chrono::seconds(10));
    EXPECT_NE(again, seen);
    ASSERT_TRUE(other->write([](Transaction& t) -> base::Result<int> {
        t.notify("songs");
        return 1;
    }));
    EXPECT_NE(fresh->wait("songs", again, std::chrono::seconds(10)), again);
}

TEST(P52_Postgres, Is_unavailable_while_the_server_is_gone_and_goes_on_when_it_is_back) {
    const FreshDatabase fresh(Dialect::postgresql, Schema::empty);
    ASSERT_TRUE(fresh->execute("CREATE TABLE things (number BIGINT)"));
    stop_postgres();
    const auto gone = fresh->query("SELECT 1");
    const auto opened = Database::open({fresh.address(), 1});
    start_postgres();
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, Kind::unavailable);
    EXPECT_EQ(gone.error().retry, base::Retry::may_help);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, Kind::unavailable);
    EXPECT_TRUE(fresh->execute("INSERT INTO things VALUES (1)"));
}

TEST(P52_Postgres, Says_that_the_servers_disk_is_full) {
    const FreshDatabase fresh(Dialect::postgresql, Schema::empty);
    const auto full = fresh->write([](Transaction& t) {
        return t.run_script("DO $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$");
    });
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().kind, Kind::unavailable);
    EXPECT_TRUE(fresh->query("SELECT 1"));
}

TEST(P51_Postgres, Prepares_anew_where_the_table_has_changed) {
    const FreshDatabase fresh(Dialect::postgresql, Schema::empty);
    const auto other = fresh.open_another(1);
    ASSERT_TRUE(fresh->execute("CREATE TABLE things (number BIGINT)"));
    ASSERT_TRUE(fresh->query("SELECT * FROM things"));
    ASSERT_TRUE(other->execute("ALTER TABLE things ADD COLUMN name TEXT DEFAULT 'x'"));
    const auto rows = fresh->query("SELECT * FROM things");
    EXPECT_TRUE(rows) << rows.error().tell_log;
}

}  // namespace
}  // namespace mmx::store
