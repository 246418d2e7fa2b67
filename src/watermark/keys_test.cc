#include "watermark/keys.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "base/secrets.h"
#include "watermark/key_file.h"

namespace mmx::watermark {
namespace {
namespace fs = std::filesystem;

class Folder {
  public:
    Folder() : path_(fs::temp_directory_path() / ("mmx-keys-" + base::random_id())) {
        fs::create_directory(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    std::string file(const std::string& name) const { return (path_ / name).string(); }

  private:
    fs::path path_;
};

TEST(WatermarkKeys, Are_another_set_for_each_epoch_and_master) {
    const Key one(std::string(32, 'a'), 1), two(std::string(32, 'a'), 2), other(std::string(32, 'b'), 1);
    EXPECT_NE(one.tag(5), two.tag(5));
    EXPECT_NE(one.tag(5), other.tag(5));
    EXPECT_NE(one.tag(5), one.tag(6));
    EXPECT_NE(one.spread("in-band"), one.spread("ultrasonic"));
    EXPECT_NE(one.spread("in-band"), two.spread("in-band"));
    EXPECT_EQ(one.id_of("a record"), Key(std::string(32, 'a'), 1).id_of("a record"));
    EXPECT_NE(one.id_of("a record"), one.id_of("another"));
}

TEST(WatermarkKeys, Keep_every_epoch_up_to_the_newest) {
    const KeyRing ring(std::string(32, 'a'), 3);
    ASSERT_EQ(ring.keys().size(), 3u);
    EXPECT_EQ(ring.newest().epoch(), 3);
    EXPECT_EQ(ring.keys().front().tag(9), Key(std::string(32, 'a'), 1).tag(9));
}

TEST(WatermarkKeys, Are_made_once_for_their_owner_alone) {
    const Folder folder;
    const std::string path = folder.file("in/a/folder/watermark.key");
    const auto first = load_or_make_keys(path);
    ASSERT_TRUE(first) << first.error().tell_user;
    EXPECT_TRUE(first->made_now);
    struct stat there {};
    ASSERT_EQ(::stat(path.c_str(), &there), 0);
    EXPECT_EQ(there.st_mode & 0777, 0600u);
    const auto second = load_or_make_keys(path);
    ASSERT_TRUE(second);
    EXPECT_FALSE(second->made_now);
    EXPECT_EQ(first->keys.newest().tag(1), second->keys.newest().tag(1));
}

TEST(WatermarkKeys, Are_refused_when_others_can_read_them_or_they_are_broken) {
    const Folder folder;
    const std::string path = folder.file("watermark.key");
    ASSERT_TRUE(load_or_make_keys(path));
    fs::permissions(path, fs::perms::group_read, fs::perm_options::add);
    EXPECT_EQ(load_or_make_keys(path).error().kind, base::Kind::not_allowed);
    for (const char* text : {"", "epoch 1\n", "epoch 0\nmaster 00\n", "master zz\n", "hello\n"}) {
        const std::string broken = folder.file("broken.key");
        std::ofstream(broken) << text;
        fs::permissions(broken, fs::perms::owner_read | fs::perms::owner_write);
        EXPECT_EQ(load_or_make_keys(broken).error().kind, base::Kind::unreadable) << text;
    }
}

TEST(WatermarkKeys, Take_ids_of_sixteen_hexadecimal_digits_and_nothing_else) {
    EXPECT_EQ(*parse_id("0123456789abcdef"), 0x0123456789abcdefull);
    EXPECT_EQ(*parse_id("FFFFFFFFFFFFFFFF"), ~0ull);
    EXPECT_EQ(id_text(0xab), "00000000000000ab");
    for (const char* wrong : {"", "1", "0123456789abcde", "0123456789abcdef0", "0x23456789abcdef",
                              "0123456789abcdeg", "-123456789abcdef"})
        EXPECT_FALSE(parse_id(wrong)) << wrong;
}

}  // namespace
}  // namespace mmx::watermark
