// What is deleted leaves the files too.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "store/database.h"
#include "store/temporary_folder.h"

namespace mmx::store {
namespace {

std::string whole_folder(const std::string& folder) {
    std::stringstream text;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    return text.str();
}

TEST(P33_Sqlite, Deleted_words_are_nowhere_in_the_files_once_the_log_was_emptied) {
    const std::string folder = temporary_folder("mmx-privacy");
    {
        DatabaseSettings settings;
        settings.address = "sqlite:" + folder + "/a.db";
        const auto database = Database::open(settings);
        ASSERT_TRUE(database);
        ASSERT_TRUE((*database)->execute("CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT) STRICT"));
        ASSERT_TRUE((*database)->execute("INSERT INTO words (text) VALUES (?)", {"unmistakable-words"}));
        EXPECT_NE(whole_folder(folder).find("unmistakable-words"), std::string::npos) << "the search works";
        ASSERT_TRUE((*database)->execute("UPDATE words SET text = ''"));
        ASSERT_TRUE((*database)->forget_deleted());
        EXPECT_EQ(whole_folder(folder).find("unmistakable-words"), std::string::npos);
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace mmx::store
