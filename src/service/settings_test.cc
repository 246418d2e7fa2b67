#include "service/settings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace mmx::service {
namespace {

class SettingsTest : public testing::Test {
  protected:
    SettingsTest()
        : folder_(std::filesystem::temp_directory_path() / ("mmx-settings-" + std::to_string(getpid()))) {
        std::filesystem::create_directories(folder_);
    }
    ~SettingsTest() override {
        std::filesystem::remove_all(folder_);
        for (const char* name : {"MMX_WORKERS", "MMX_MASTER_KEY_FILE", "MMX_PUBLIC_URL"}) unsetenv(name);
    }
    std::string write(const std::string& name, const std::string& text) {
        const auto path = folder_ / name;
        std::ofstream(path) << text;
        return path.string();
    }
    std::string refusal(const std::string& toml) {
        const auto settings = load_settings({}, write("refused.toml", toml));
        return settings ? "taken" : settings.error().tell_user;
    }
    std::filesystem::path folder_;
};

TEST_F(SettingsTest, Flags_win_over_the_environment_and_that_over_the_file) {
    const std::string file = write("mmx.toml", "workers = 3\nlisten = '127.0.0.1:1'\nlog_level = 'debug'\n");
    setenv("MMX_WORKERS", "4", 1);
    const auto settings = load_settings({{"listen", "127.0.0.1:2"}}, file);
    ASSERT_TRUE(settings) << settings.error().tell_user;
    EXPECT_EQ(settings->workers, 4);
    EXPECT_EQ(settings->listen, "127.0.0.1:2");
    EXPECT_EQ(settings->log_level, "debug");
    EXPECT_EQ(settings->bcrypt_cost, 12);
}

TEST_F(SettingsTest, The_file_in_the_data_folder_is_found_by_itself) {
    write("mmx.toml", "trusted_proxies = ['127.0.0.1', '10.0.0.0/8']\n");
    const auto settings = load_settings({{"data", folder_.string()}}, "");
    ASSERT_TRUE(settings) << settings.error().tell_user;
    EXPECT_EQ(settings->trusted_proxies, (std::vector<std::string>{"127.0.0.1", "10.0.0.0/8"}));
}

TEST_F(SettingsTest, Secrets_come_from_files) {
    setenv("MMX_MASTER_KEY_FILE", write("key", "abcdef\n").c_str(), 1);
    const auto settings = load_settings({}, "");
    ASSERT_TRUE(settings) << settings.error().tell_user;
    EXPECT_EQ(settings->master_key, "abcdef");
}

TEST_F(SettingsTest, Refusals_name_the_setting_what_came_and_what_is_allowed) {
    EXPECT_NE(refusal("workers = 65").find("workers: \"65\" is not allowed; a whole number from 0 to 64"),
              std::string::npos);
    EXPECT_NE(refusal("wrokers = 1").find("there is no setting \"wrokers\""), std::string::npos);
    EXPECT_NE(refusal("public_url = 'http://music.example'").find("https://"), std::string::npos);
    EXPECT_NE(refusal("metrics_listen = '0.0.0.0:9'").find("loopback"), std::string::npos);
    EXPECT_NE(refusal("workers = ").find("line 1"), std::string::npos);
    EXPECT_EQ(refusal("public_url = 'https://music.example'"), "taken");
    EXPECT_NE(refusal("privacy_contact = 'by letter'").find("privacy@music.example"), std::string::npos);
    EXPECT_EQ(refusal("privacy_contact = 'privacy@music.example'"), "taken");
}

}  // namespace
}  // namespace mmx::service
