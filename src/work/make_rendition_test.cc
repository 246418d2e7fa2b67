// Other formats and stems of a song that is there.
#include <zip.h>

#include <cmath>

#include "base/random.h"
#include "library/edit.h"
#include "library/renditions.h"
#include "produce/produce.h"
#include "work/test_house.h"

namespace mmx::work {
namespace {

class Renditions : public Work {};
INSTANTIATE_TEST_SUITE_P(On, Renditions, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(Renditions, P05_Every_format_is_made_from_the_kept_original) {
    const std::string id = order(request());
    const AtWork worker(*house_);
    ASSERT_TRUE(wait_for(id, library::SongState::ready));
    const audio::StereoBuffer original = heard(library::keys_in(song(id).objects).audio);
    ASSERT_TRUE(database().write([&](Transaction& t) { return library::rename(t, account_, id, "Süß"); }));
    for (const auto& [what, ending] :
         {std::pair{"wav", ".wav"}, {"mp3_v0", ".mp3"}, {"mp3_320", ".mp3"}, {"opus", ".opus"}}) {
        ASSERT_TRUE(database().write(
            [&](Transaction& t) { return library::request_rendition(t, account_, id, what, 4); }));
        std::optional<library::Rendition> made;
        ASSERT_TRUE(wait_until([&] {
            made = database()
                       .read([&](Transaction& t) { return library::find_rendition(t, account_, id, what); })
                       .value();
            return made && made->state == library::RenditionState::ready;
        })) << what
            << " " << made->error_user;
        const std::string bytes = object(library::rendition_key(*made));
        EXPECT_EQ(static_cast<std::int64_t>(bytes.size()), made->bytes);
        EXPECT_NE(bytes.find("Süß"), std::string::npos) << "the title of now";
        EXPECT_NE(bytes.find("digitalsourcetype"), std::string::npos) << what;
        const audio::StereoBuffer sound = heard(library::rendition_key(*made), ending);
        EXPECT_EQ(marks_in(library::rendition_key(*made), ending), std::vector{song(id).generation_id})
            << what;
        EXPECT_EQ(sound.frames(), original.frames()) << what;
        if (what == std::string("wav")) {
            EXPECT_EQ(sound.left, original.left);
        }
    }
    expect_clean();
}

// Noise at full scale has no room for an encoder's errors: its file is off the preset, whatever is done
// before.
TEST_P(Renditions, P07_A_lossy_file_that_is_off_the_preset_says_so) {
    const std::string id = order(request());
    AtWork worker(*house_);
    ASSERT_TRUE(wait_for(id, library::SongState::ready));
    audio::StereoBuffer noise(4 * 48000, 48000);
    base::Chance chance(1, base::Stream::plan, {0, 0, 0});
    for (std::size_t i = 0; i < noise.frames(); ++i) {
        noise.left[i] = chance.happens(0.5) ? -1.0f : 1.0f;
        noise.right[i] = chance.happens(0.5) ? -1.0f : 1.0f;
    }
    Scratch file(*house_->objects, ".flac");
    ASSERT_TRUE(codec::write_audio(file.path(), noise.view(), 48000, codec::Format::flac, {}));
    ASSERT_TRUE(file.put(library::keys_in(song(id).objects).audio));
    for (const std::string what : {"mp3_v0", "wav"}) {
        ASSERT_TRUE(database().write(
            [&](Transaction& t) { return library::request_rendition(t, account_, id, what, 4); }));
        std::optional<library::Rendition> made;
        ASSERT_TRUE(wait_until([&] {
            made = database()
                       .read([&](Transaction& t) { return library::find_rendition(t, account_, id, what); })
                       .value();
            return made && made->state == library::RenditionState::ready;
        })) << made->error_user;
        EXPECT_EQ(made->remark.find("Decoded, this file reads ") == 0, what == "mp3_v0") << made->remark;
    }
    worker.stop();  // it may still be clearing up
    expect_clean();
}

TEST_P(Renditions, Stems_add_up_to_the_mix_and_come_as_a_zip) {
    const std::string id = order(request());
    const AtWork worker(*house_);
    ASSERT_TRUE(wait_for(id, library::SongState::ready));
    ASSERT_TRUE(database().write(
        [&](Transaction& t) { return library::request_rendition(t, account_, id, "stems", 4); }));
    std::optional<library::Rendition> made;
    ASSERT_TRUE(wait_until([&] {
        made = database()
                   .read([&](Transaction& t) { return library::find_rendition(t, account_, id, "stems"); })
                   .value();
        return made && made->state == library::RenditionState::ready;
    })) << made->error_user;

    produce::Options options;
    options.keep_premaster = true;
    options.mark =
        produce::Mark{&house_->marks.newest(), watermark::parse_id(song(id).generation_id).value()};
    const auto again = produce::produce_song(request(), *engine_, options, [](engine::Stage, double) {}, {});
    const audio::StereoBuffer& mix = again->rendering.premaster;
    const auto contents = nlohmann::json::parse(made->contents_json);
    ASSERT_GE(contents.size(), 2u);
    std::vector<double> rest(mix.left.begin(), mix.left.end());
    for (const auto& stem : contents) {
        const audio::StereoBuffer sound = heard(library::stem_key(*made, stem["id"].get<std::string>()));
        ASSERT_EQ(sound.frames(), mix.frames());
        EXPECT_EQ(marks_in(library::stem_key(*made, stem["id"].get<std::string>())),
                  std::vector{song(id).generation_id})
            << stem["id"];
        for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= static_cast<double>(sound.left[i]);
    }
    double left_over = 0, power = 0;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        left_over += rest[i] * rest[i];
        power += std::pow(static_cast<double>(mix.left[i]), 2);
    }
    EXPECT_LT(10 * std::log10(left_over / power), -55);  // below -90 without marks: see the engine's tests

    const std::string path = folder() + "/stems.zip";
    ASSERT_TRUE(fetch(*house_->objects, library::stems_zip_key(*made), path));
    int error = 0;
    zip_t* zip = zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error);
    ASSERT_NE(zip, nullptr) << error;
    EXPECT_EQ(zip_get_num_entries(zip, 0), static_cast<zip_int64_t>(contents.size()));
    EXPECT_EQ(zip_name_locate(zip, (contents[0]["id"].get<std::string>() + ".flac").c_str(), 0), 0);
    zip_discard(zip);
    expect_clean();
}

}  // namespace
}  // namespace mmx::work
