// A FLAC file under another title: the same sound, one title, all other tags.
#include "codec/flac_title.h"

#include <fileref.h>
#include <gtest/gtest.h>
#include <tpropertymap.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "codec/codec.h"

namespace mmx::codec {
namespace {

namespace fs = std::filesystem;

class FlacTitle : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "mmx-title-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        audio::StereoBuffer sound(20000, 48000);
        for (std::size_t i = 0; i < sound.frames(); ++i)
            sound.left[i] = sound.right[i] = static_cast<float>(i % 100) * 0.001f;
        ASSERT_TRUE(write_audio(at("a.flac"), sound.view(), 48000, Format::flac,
                                {{{"TITLE", "Rain"}, {"BPM", "92"}, {"COMMENT", "by machine"}}, {}}));
        file_ = bytes_of("a.flac");
    }
    void TearDown() override { fs::remove_all(folder_); }
    std::string at(const std::string& name) const { return (folder_ / name).string(); }
    std::string bytes_of(const std::string& name) const {
        std::ifstream file(at(name), std::ios::binary);
        return (std::stringstream() << file.rdbuf()).str();
    }
    TagLib::PropertyMap tags_of(const std::string& bytes) const {
        std::ofstream(at("b.flac"), std::ios::binary) << bytes;
        return TagLib::FileRef(at("b.flac").c_str()).file()->properties();
    }

    fs::path folder_;
    std::string file_;
};

TEST_F(FlacTitle, Another_title_stands_in_place_of_the_old_one_and_nothing_else_changes) {
    for (const std::string& title : {std::string("Süßer Regen"), std::string("R"), std::string(200, 'x')}) {
        const auto head = flac_head_titled(std::string_view(file_).substr(0, kFlacHeadBytes), title);
        ASSERT_TRUE(head) << title;
        const std::string made = head->bytes + file_.substr(head->replaced);
        const TagLib::PropertyMap tags = tags_of(made);
        EXPECT_EQ(tags["TITLE"].toString("|").to8Bit(true), title);
        EXPECT_EQ(tags["BPM"].toString("|").to8Bit(true), "92");
        EXPECT_EQ(tags["COMMENT"].toString("|").to8Bit(true), "by machine");
        EXPECT_EQ(read_audio(at("b.flac"))->left, read_audio(at("a.flac"))->left);
    }
}

TEST_F(FlacTitle, The_title_it_bears_already_leaves_the_file_alone) {
    EXPECT_FALSE(flac_head_titled(file_, "Rain"));
}

TEST_F(FlacTitle, What_is_no_whole_head_of_a_flac_is_left_alone) {
    EXPECT_FALSE(flac_head_titled("", "Sun"));
    EXPECT_FALSE(flac_head_titled("RIFF" + file_, "Sun"));
    const auto head = flac_head_titled(file_, "Sun");
    ASSERT_TRUE(head);
    for (std::size_t length = 0; length < head->replaced; ++length)
        EXPECT_FALSE(flac_head_titled(std::string_view(file_).substr(0, length), "Sun")) << length;
    EXPECT_TRUE(flac_head_titled(std::string_view(file_).substr(0, head->replaced), "Sun"));
}

}  // namespace
}  // namespace mmx::codec
