#include "mail/senders.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/secrets.h"

namespace mmx::mail {
namespace {

class P50_MailFiles : public testing::Test {
  protected:
    ~P50_MailFiles() override { std::filesystem::remove_all(folder); }
    std::vector<std::filesystem::path> files() const {
        std::vector<std::filesystem::path> found;
        for (const auto& entry : std::filesystem::directory_iterator(folder + "/outbox"))
            found.push_back(entry.path());
        return found;
    }
    static mode_t mode_of(const std::string& path) {
        struct stat found {};
        return ::stat(path.c_str(), &found) == 0 ? found.st_mode & 0777 : 0;
    }
    const std::string folder = std::filesystem::temp_directory_path() / ("mmx-mail-" + base::random_id());
    const Mail mail{.kind = "reset_password",
                    .to = "someone@example.com",
                    .subject = "Choose a new password",
                    .text = "Hello,\n\nhttps://music.example/reset#token=" + std::string(43, 'x') + "\n",
                    .html = "<p></p>"};
};

TEST_F(P50_MailFiles, Are_readable_for_their_owner_only_and_hold_the_link_in_one_piece) {
    ASSERT_TRUE(file_sender(folder + "/outbox").value()->send(mail));
    ASSERT_EQ(files().size(), 1u);
    const std::string path = files()[0];
    EXPECT_TRUE(path.ends_with(".eml"));
    EXPECT_NE(path.find("reset_password"), std::string::npos);
    EXPECT_EQ(mode_of(path), 0600u);
    EXPECT_EQ(mode_of(folder + "/outbox"), 0700u);
    std::stringstream content;
    content << std::ifstream(path).rdbuf();
    EXPECT_NE(content.str().find("To: someone@example.com\nSubject: Choose a new password\n"),
              std::string::npos);
    EXPECT_NE(content.str().find("https://music.example/reset#token=" + std::string(43, 'x') + "\n"),
              std::string::npos);
}

TEST_F(P50_MailFiles, Do_not_overwrite_one_another) {
    const auto sender = file_sender(folder + "/outbox").value();
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(sender->send(mail));
    EXPECT_EQ(files().size(), 20u);
}

TEST_F(P50_MailFiles, A_folder_that_cannot_be_made_is_an_error_and_one_that_vanished_is_tried_again) {
    EXPECT_FALSE(file_sender("/proc/nowhere/outbox"));
    const auto sender = file_sender(folder + "/outbox").value();
    std::filesystem::remove_all(folder + "/outbox");
    const base::Status failed = sender->send(mail);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().retry, base::Retry::may_help);
}

}  // namespace
}  // namespace mmx::mail
