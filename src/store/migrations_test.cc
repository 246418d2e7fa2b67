#include "store/migrations.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "store/test_database.h"

namespace mmx::store {
namespace {

using base::Kind;
namespace fs = std::filesystem;

const Migration kFirst = make_migration("0001_songs.sql",
                                        "-- songs; and more\nCREATE TABLE songs (id TEXT PRIMARY KEY);\n"
                                        "INSERT INTO songs VALUES ('a;b');\n");
const Migration kSecond = make_migration("0002_tags.sql", "CREATE TABLE tags (id TEXT PRIMARY KEY);");
const Migration kThird = make_migration("0003_more.sql", "ALTER TABLE songs ADD COLUMN title TEXT;");

class P51_Migrations : public testing::TestWithParam<Dialect> {
  protected:
    FreshDatabase fresh_{GetParam(), Schema::empty};
};
INSTANTIATE_TEST_SUITE_P(On, P51_Migrations, testing::ValuesIn(test_databases()), test_name);

TEST_P(P51_Migrations, Apply_what_the_program_carries_once) {
    const auto before = check_schema(*fresh_);
    ASSERT_FALSE(before);
    EXPECT_EQ(before.error().kind, Kind::conflict);
    const auto names = migrate(*fresh_);
    ASSERT_TRUE(names) << names.error().tell_log;
    const auto carried = carried_migrations(GetParam());
    ASSERT_EQ(names->size(), carried.size());
    for (std::size_t i = 0; i < carried.size(); ++i) {
        EXPECT_EQ((*names)[i], carried[i].name);
        if (i > 0) {
            EXPECT_LT(carried[i - 1].number, carried[i].number);
        }
    }
    EXPECT_TRUE(check_schema(*fresh_));
    EXPECT_TRUE(migrate(*fresh_)->empty());
}

TEST_P(P51_Migrations, Keep_nothing_of_a_file_that_fails) {
    const auto broken =
        make_migration("0002_tags.sql", "CREATE TABLE tags (id TEXT PRIMARY KEY); CREATE NONSENSE;");
    const auto failed = migrate(*fresh_, {kFirst, broken});
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, Kind::internal);
    EXPECT_EQ(fresh_->query("SELECT id FROM songs")->front().text(0), "a;b");
    const auto mended = migrate(*fresh_, {kFirst, kSecond});
    ASSERT_TRUE(mended) << mended.error().tell_log;
    EXPECT_EQ(*mended, std::vector<std::string>{"0002_tags"});
}

TEST_P(P51_Migrations, Refuse_a_schema_of_a_newer_release_and_one_with_other_contents) {
    ASSERT_TRUE(migrate(*fresh_, {kFirst, kSecond}));
    const auto newer = migrate(*fresh_, {kFirst});
    ASSERT_FALSE(newer);
    EXPECT_EQ(newer.error().kind, Kind::conflict);
    EXPECT_NE(newer.error().tell_user.find("0002_tags"), std::string::npos);
    const auto other = migrate(*fresh_, {kFirst, make_migration("0002_tags.sql", "CREATE TABLE x (y TEXT)")});
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().kind, Kind::conflict);
}

TEST_P(P51_Migrations, Are_applied_once_when_two_processes_start_together) {
    const std::string address =
        GetParam() == Dialect::sqlite ? "sqlite:" + fresh_.folder() + "/two.db" : fresh_.address();
    fresh_.close();  // an SQLite file must not be open across a fork
    std::array<pid_t, 2> children{};
    for (pid_t& child : children) {
        child = ::fork();
        if (child == 0) {
            auto own = Database::open({address, 1});
            ::_exit(own && migrate(**own) ? 0 : 1);
        }
    }
    for (const pid_t child : children) {
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_EQ(status, 0);
    }
    const auto after = Database::open({address, 1});
    ASSERT_TRUE(after);
    EXPECT_TRUE(check_schema(**after));
}

TEST(P52_Migrations, Copy_an_sqlite_file_with_data_before_they_change_it_and_keep_the_last_copy) {
    const FreshDatabase fresh(Dialect::sqlite, Schema::empty);
    const std::string copy = fresh.folder() + "/test.db.before-";
    ASSERT_TRUE(migrate(*fresh, {kFirst}));
    EXPECT_FALSE(fs::exists(copy + "0001_songs"));
    ASSERT_TRUE(fresh->execute("INSERT INTO songs VALUES ('kept')"));
    ASSERT_TRUE(migrate(*fresh, {kFirst, kSecond}));
    ASSERT_TRUE(fs::exists(copy + "0002_tags"));
    struct stat about {};
    ASSERT_EQ(::stat((copy + "0002_tags").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
    ASSERT_TRUE(migrate(*fresh, {kFirst, kSecond, kThird}));
    EXPECT_FALSE(fs::exists(copy + "0002_tags"));
    const auto old = Database::open({"sqlite:" + copy + "0003_more"});
    ASSERT_TRUE(old);
    EXPECT_EQ((*old)->query("SELECT id FROM songs WHERE id = 'kept'")->size(), 1u);
    EXPECT_FALSE((*old)->query("SELECT title FROM songs"));
}

}  // namespace
}  // namespace mmx::store
