// What only a file can do: be written by two processes, be full, be seen by others.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "store/test_database.h"

namespace mmx::store {
namespace {

using base::Kind;

std::string path_of(const FreshDatabase& fresh) {
    return fresh.address().substr(std::string("sqlite:").size());
}

int mode_of(const std::string& path) {
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 ? static_cast<int>(about.st_mode & 0777) : -1;
}

TEST(P50_Sqlite, Wakes_who_waits_for_what_another_process_has_written) {
    const FreshDatabase fresh(Dialect::sqlite, Schema::empty);
    ASSERT_TRUE(fresh->execute("CREATE TABLE things (id TEXT PRIMARY KEY) STRICT"));
    const auto seen = fresh->signals("songs");
    const std::string other = "python3 -c \"import sqlite3; c = sqlite3.connect('" + path_of(fresh) +
                              "'); c.execute('INSERT INTO things VALUES (1)'); c.commit()\"";
    ASSERT_EQ(std::system(other.c_str()), 0);
    EXPECT_NE(fresh->wait("songs", seen, std::chrono::seconds(10)), seen);
    EXPECT_EQ(fresh->query("SELECT id FROM things")->size(), 1u);
}

TEST(P50_Sqlite, Wakes_nobody_for_what_this_process_wrote_without_a_notification) {
    const FreshDatabase fresh(Dialect::sqlite, Schema::empty);
    const auto seen = fresh->signals("songs");
    ASSERT_TRUE(fresh->execute("CREATE TABLE things (id TEXT PRIMARY KEY) STRICT"));
    EXPECT_EQ(fresh->wait("songs", seen, std::chrono::milliseconds(600)), seen);
}

TEST(P49_Sqlite, Keeps_its_files_to_itself) {
    const FreshDatabase fresh(Dialect::sqlite, Schema::empty);
    const auto made = Database::open({"sqlite:" + fresh.folder() + "/data/mmx.db"});
    ASSERT_TRUE(made);
    ASSERT_TRUE((*made)->execute("CREATE TABLE things (id TEXT PRIMARY KEY) STRICT"));
    EXPECT_EQ(mode_of(fresh.folder() + "/data"), 0700);
    for (const char* end : {"", "-wal", "-shm"})
        EXPECT_EQ(mode_of(fresh.folder() + "/data/mmx.db" + end), 0600) << end;
}

TEST(P52_Sqlite, Says_that_the_disk_is_full_and_goes_on_when_there_is_room_again) {
    const FreshDatabase fresh(Dialect::sqlite, Schema::empty);
    ASSERT_TRUE(fresh->execute("CREATE TABLE things (id INTEGER PRIMARY KEY, data BLOB) STRICT"));
    ASSERT_TRUE(fresh->execute("PRAGMA max_page_count = 100"));
    const auto fill = [&] {
        return fresh->write([](Transaction& t) -> base::Result<int> {
            for (int i = 0; i < 50; ++i)
                TRY_VOID(t.execute("INSERT INTO things (data) VALUES (?)", {Blob{std::string(4000, 'x')}}));
            return 1;
        });
    };
    ASSERT_TRUE(fill());
    const auto full = fill();
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().kind, Kind::unavailable);
    EXPECT_EQ(full.error().retry, base::Retry::may_help);
    EXPECT_GT(full.error().retry_after_seconds, 0);
    EXPECT_EQ(fresh->query("SELECT COUNT(*) FROM things")->front().integer(0), 50);
    ASSERT_TRUE(fresh->execute("PRAGMA max_page_count = 100000"));
    EXPECT_TRUE(fill());
    EXPECT_EQ(fresh->query("SELECT COUNT(*) FROM things")->front().integer(0), 100);
}

TEST(P33_Sqlite, Leaves_no_erased_word_in_its_file) {
    FreshDatabase fresh(Dialect::sqlite, Schema::empty);
    ASSERT_TRUE(fresh->execute("CREATE TABLE things (id TEXT PRIMARY KEY) STRICT"));
    ASSERT_TRUE(fresh->execute("INSERT INTO things VALUES ('someone@example.com')"));
    ASSERT_TRUE(fresh->execute("DELETE FROM things"));
    const std::string path = path_of(fresh);
    fresh.close();
    EXPECT_NE(std::system(("grep -q someone " + path).c_str()), 0);
}

TEST(P50_Sqlite, Refuses_a_file_that_is_no_database) {
    const FreshDatabase fresh(Dialect::sqlite, Schema::empty);
    const std::string path = fresh.folder() + "/other.db";
    ASSERT_EQ(std::system(("head -c 5000 /dev/urandom >" + path).c_str()), 0);
    const auto opened = Database::open({"sqlite:" + path});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, Kind::unreadable);
}

}  // namespace
}  // namespace mmx::store
