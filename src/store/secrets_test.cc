#include "store/secrets.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "store/temporary_folder.h"
#include "store/test_database.h"

namespace mmx::store {
namespace {

using base::Kind;
namespace fs = std::filesystem;

class P49_Secrets : public testing::Test {
  protected:
    ~P49_Secrets() override { fs::remove_all(folder_); }
    base::Result<Secrets> load() { return load_or_make_secrets(folder_ + "/secrets", Dialect::sqlite, {}); }
    const std::string folder_ = temporary_folder("mmx-test");
    const std::string file_ = folder_ + "/secrets/master.key";
};

TEST_F(P49_Secrets, Are_made_at_the_first_start_of_one_machine_and_stay) {
    const auto made = load();
    ASSERT_TRUE(made) << made.error().tell_user;
    EXPECT_TRUE(made->made_now());
    EXPECT_FALSE(load()->made_now());
    struct stat about {};
    ASSERT_EQ(::stat(file_.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
    ASSERT_EQ(::stat((folder_ + "/secrets").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0700u);
    EXPECT_EQ(load()->key(purpose::kTokens), made->key(purpose::kTokens));
    EXPECT_EQ(made->key(purpose::kTokens).size(), 32u);
    EXPECT_NE(made->key(purpose::kTokens), made->key(purpose::kPasswordPepper));
}

TEST_F(P49_Secrets, Refuse_a_file_that_others_can_read_or_that_is_damaged) {
    ASSERT_TRUE(load());
    fs::permissions(file_, fs::perms::group_read, fs::perm_options::add);
    EXPECT_EQ(load().error().kind, Kind::unreadable);
    fs::permissions(file_, fs::perms::owner_read | fs::perms::owner_write);
    ASSERT_TRUE(load());
    std::ofstream(file_) << "0123";
    EXPECT_EQ(load().error().kind, Kind::unreadable);
}

TEST_F(P49_Secrets, Are_not_made_anew_where_they_were_lost) {
    const auto lost = load_or_make_secrets(folder_ + "/secrets", Dialect::sqlite, {}, Absent::refuse);
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().kind, Kind::missing_part);
    EXPECT_NE(lost.error().tell_user.find("watermark"), std::string::npos);
    EXPECT_FALSE(fs::exists(file_));
    ASSERT_TRUE(load());
    EXPECT_TRUE(load_or_make_secrets(folder_ + "/secrets", Dialect::sqlite, {}, Absent::refuse));
}

TEST_F(P49_Secrets, Must_be_supplied_with_postgresql) {
    const auto absent = load_or_make_secrets(folder_, Dialect::postgresql, {});
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().kind, Kind::missing_part);
    EXPECT_EQ(load_or_make_secrets(folder_, Dialect::postgresql, "abc").error().kind, Kind::invalid_request);
    const auto supplied = load_or_make_secrets(folder_, Dialect::postgresql, std::string(64, 'a') + "\n");
    ASSERT_TRUE(supplied);
    EXPECT_EQ(supplied->key("x"), Secrets(std::string(32, '\xaa')).key("x"));
    EXPECT_TRUE(fs::is_empty(folder_));
}

class P51_Fingerprint : public testing::TestWithParam<Dialect> {};
INSTANTIATE_TEST_SUITE_P(On, P51_Fingerprint, testing::ValuesIn(test_databases()), test_name);

TEST_P(P51_Fingerprint, Refuses_a_server_with_another_master_key) {
    const FreshDatabase fresh(GetParam());
    const Secrets own(std::string(32, 'a')), other(std::string(32, 'b'));
    ASSERT_TRUE(check_fingerprint(*fresh, own));
    EXPECT_TRUE(check_fingerprint(*fresh, own));
    const auto refused = check_fingerprint(*fresh, other);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, Kind::conflict);
}

}  // namespace
}  // namespace mmx::store
