#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/secrets.h"
#include "store/objects.h"
#include "store/temporary_folder.h"

namespace mmx::store {
namespace {

using base::Kind;
namespace fs = std::filesystem;

class P52_Objects : public testing::Test {
  protected:
    ~P52_Objects() override { fs::remove_all(folder_); }
    std::size_t scratch_files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder_ + "/o/.scratch"), fs::directory_iterator()));
    }
    const std::string folder_ = temporary_folder("mmx-test");
    const std::unique_ptr<Objects> objects_ = std::move(*open_file_objects(folder_ + "/o"));
};

TEST_F(P52_Objects, Are_read_as_they_were_put_with_their_hash) {
    const std::string bytes = base::random_bytes(1'000'003);
    const auto info = objects_->put("audio/3f/a-b_c.flac", bytes);
    ASSERT_TRUE(info) << info.error().tell_log;
    EXPECT_EQ(info->bytes, bytes.size());
    EXPECT_EQ(info->sha256, base::to_hex(base::sha256(bytes)));
    const auto reader = objects_->open("audio/3f/a-b_c.flac");
    ASSERT_TRUE(reader);
    EXPECT_EQ((*reader)->size(), bytes.size());
    EXPECT_EQ(*(*reader)->read(0, bytes.size()), bytes);
    EXPECT_EQ(*(*reader)->read(999'999, 100), bytes.substr(999'999));
    EXPECT_EQ(*(*reader)->read(bytes.size(), 10), "");
    EXPECT_EQ(scratch_files(), 0u);
}

TEST_F(P52_Objects, Stay_readable_to_who_opened_them_when_they_are_overwritten_or_removed) {
    ASSERT_TRUE(objects_->put("a/x", "first"));
    const auto reader = objects_->open("a/x");
    ASSERT_TRUE(objects_->put("a/x", "second"));
    EXPECT_EQ(*(*objects_->open("a/x"))->read(0, 100), "second");
    ASSERT_TRUE(objects_->remove("a/x"));
    EXPECT_TRUE(objects_->remove("a/x"));
    EXPECT_EQ(*(*reader)->read(0, 100), "first");
    EXPECT_EQ(objects_->open("a/x").error().kind, Kind::not_found);
}

TEST_F(P52_Objects, Leave_no_empty_folder_and_do_not_stumble_over_one_that_goes) {
    ASSERT_TRUE(objects_->put("songs/ab/one/audio.flac", "x"));
    ASSERT_TRUE(objects_->remove("songs/ab/one/audio.flac"));
    EXPECT_FALSE(fs::exists(folder_ + "/o/songs/ab/one"));
    EXPECT_TRUE(fs::exists(folder_ + "/o/songs/ab"));
    // One puts and another removes in the same folder, again and again.
    std::atomic<bool> done = false;
    std::thread remover([&] {
        while (!done) (void)objects_->remove("songs/ab/two/a.txt");
    });
    for (int i = 0; i < 300; ++i) EXPECT_TRUE(objects_->put("songs/ab/two/a.txt", "x")) << i;
    done = true;
    remover.join();
}

TEST_F(P52_Objects, Take_a_file_away_and_leave_it_to_its_owner_alone) {
    const std::string path = objects_->scratch_path(".flac");
    std::ofstream(path) << "sound";
    ASSERT_TRUE(objects_->put_file("audio/1.flac", path));
    EXPECT_FALSE(fs::exists(path));
    struct stat about {};
    ASSERT_EQ(::stat((folder_ + "/o/audio/1.flac").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
    ASSERT_EQ(::stat((folder_ + "/o/audio").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0700u);
}

TEST_F(P52_Objects, Refuse_keys_that_could_leave_their_folder) {
    for (const std::string& key :
         {std::string(""), std::string("/etc/passwd"), std::string("../x"), std::string("a/../x"),
          std::string("a//b"), std::string("a/"), std::string(".scratch/x"), std::string("a/.hidden"),
          std::string("A"), std::string("a b"), std::string("a\0b", 3), std::string(600, 'a')}) {
        EXPECT_EQ(objects_->put(key, "x").error().kind, Kind::internal) << key;
        EXPECT_EQ(objects_->open(key).error().kind, Kind::internal) << key;
        EXPECT_EQ(objects_->remove(key).error().kind, Kind::internal) << key;
    }
}

TEST_F(P52_Objects, Are_listed_by_prefix_in_order_without_what_is_being_made) {
    for (const char* key : {"audio/b", "audio/a", "audio/ab/c", "peaks/a"})
        ASSERT_TRUE(objects_->put(key, "x"));
    std::ofstream(objects_->scratch_path("")) << "half";
    ASSERT_TRUE(objects_->place_id());
    EXPECT_EQ(*objects_->list(""), (std::vector<std::string>{"audio/a", "audio/ab/c", "audio/b", "peaks/a"}));
    EXPECT_EQ(*objects_->list("audio/a"), (std::vector<std::string>{"audio/a", "audio/ab/c"}));
    EXPECT_TRUE(objects_->list("none/")->empty());
}

TEST_F(P52_Objects, Sweep_old_scratch_files_and_no_young_ones) {
    std::ofstream(objects_->scratch_path(".wav")) << "half";
    EXPECT_EQ(*objects_->sweep_scratch(3600), 0);
    EXPECT_EQ(*objects_->sweep_scratch(0), 1);
    EXPECT_EQ(scratch_files(), 0u);
}

TEST_F(P52_Objects, Know_their_place_by_what_lies_in_it) {
    const auto id = objects_->place_id();
    ASSERT_TRUE(id);
    EXPECT_EQ(
        *(*open_file_objects(folder_ + "/../" + fs::path(folder_).filename().string() + "/o"))->place_id(),
        *id);
    EXPECT_NE(*(*open_file_objects(folder_ + "/other"))->place_id(), *id);
}

// The writer is killed at some moment of its endless overwriting: the object is one of the two, whole.
TEST_F(P52_Objects, Are_whole_or_absent_when_their_writer_is_killed) {
    const std::string one(300'000, '1'), two(300'000, '2');
    for (int round = 0; round < 10; ++round) {
        const pid_t writer = ::fork();
        if (writer == 0) {
            for (;;) {
                (void)objects_->put("a/x", one);
                (void)objects_->put("a/x", two);
            }
        }
        std::error_code trouble;
        while (!fs::exists(folder_ + "/o/a/x", trouble)) ::usleep(100);
        ::usleep(static_cast<unsigned>(static_cast<unsigned char>(base::random_bytes(1)[0])) * 100);
        ::kill(writer, SIGKILL);
        ::waitpid(writer, nullptr, 0);
        const auto reader = objects_->open("a/x");
        ASSERT_TRUE(reader);
        const auto content = (*reader)->read(0, 1'000'000);
        EXPECT_TRUE(content && (*content == one || *content == two));
        EXPECT_EQ(objects_->list("")->size(), 1u);
        ASSERT_TRUE(objects_->remove("a/x"));
    }
    ASSERT_TRUE(objects_->sweep_scratch(0));
    EXPECT_EQ(scratch_files(), 0u);
}

TEST_F(P52_Objects, Say_that_the_disk_is_full_and_leave_nothing_of_what_did_not_fit) {
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{50'000, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto full = objects_->put("a/x", std::string(100'000, 'x'));
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().kind, Kind::unavailable);
    EXPECT_EQ(full.error().retry, base::Retry::may_help);
    EXPECT_EQ(scratch_files(), 0u);
    EXPECT_EQ(objects_->open("a/x").error().kind, Kind::not_found);
    EXPECT_TRUE(objects_->put("a/x", std::string(100'000, 'x')));
}

}  // namespace
}  // namespace mmx::store
