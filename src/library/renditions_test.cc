#include "library/renditions.h"

#include "library/test_library.h"

namespace mmx::library {
namespace {

using base::Kind;

class P05_Renditions : public LibraryTest {
  protected:
    base::Result<Rendition> ask(const std::string& song_id, std::string_view what,
                                const std::string& account = "anna") {
        return write([&](store::Transaction& t) { return request_rendition(t, account, song_id, what, 4); });
    }
    Rendition make(std::int64_t bytes) {
        const auto job = claim(kMakeRendition);
        const Rendition begun = must(write([&](store::Transaction& t) { return begin_rendition(t, *job); }));
        must(write(
            [&](store::Transaction& t) { return finish_rendition(t, *job, bytes, "[]", "A little off."); }));
        return begun;
    }
    void used_ago(const Rendition& rendition, std::int64_t ago_ms) {
        must(fresh_->execute("UPDATE renditions SET last_used_at = now_ms() - ? WHERE id = ?",
                             {ago_ms, rendition.id}));
    }
};
INSTANTIATE_TEST_SUITE_P(On, P05_Renditions, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(P05_Renditions, Are_made_by_one_job_however_often_they_are_asked_for) {
    const std::string id = ready_song("anna", "A");
    const Rendition first = must(ask(id, "mp3_v0"));
    EXPECT_EQ(first.state, RenditionState::queued);
    EXPECT_EQ(must(ask(id, "mp3_v0")).id, first.id);
    EXPECT_EQ(number("SELECT count(*) FROM jobs WHERE kind = 'make_rendition'"), 1);
    EXPECT_EQ(make(500).id, first.id);
    const Rendition made = must(ask(id, "mp3_v0"));
    EXPECT_EQ(made.state, RenditionState::ready);
    EXPECT_EQ(made.bytes, 500);
    EXPECT_EQ(made.remark, "A little off.");
    EXPECT_TRUE(rendition_key(made).ends_with("/song.mp3"));
    EXPECT_FALSE(claim(kMakeRendition));
    // Only the kept original counts.
    EXPECT_EQ(must(fresh_->read([&](store::Transaction& t) { return stored_bytes(t, "anna"); })), 1000);
}

TEST_P(P05_Renditions, Need_audio_an_owner_and_a_known_format) {
    const std::string waiting = order_song("anna", request()).song_id;
    EXPECT_EQ(ask(waiting, "wav").error().kind, Kind::conflict);
    EXPECT_EQ(ask(waiting, "wav", "ben").error().kind, Kind::not_found);
    EXPECT_EQ(ask(waiting, "exe").error().field, "format");
}

TEST_P(P05_Renditions, Go_when_the_audio_changes_or_goes) {
    const std::string id = ready_song("anna", "A");
    must(ask(id, "wav"));
    make(500);
    must(write([&](store::Transaction& t) {
        return regenerate(t, "anna", plans_->of("free"), id, runs_, NewerEngine::not_accepted);
    }));
    must(finish_making(*claim(), 1000));
    EXPECT_EQ(number("SELECT count(*) FROM renditions"), 0);
    must(ask(id, "wav"));
    must(write([&](store::Transaction& t) { return remove(t, "anna", id); }));
    EXPECT_EQ(number("SELECT count(*) FROM renditions"), 0);
    EXPECT_FALSE(claim(kMakeRendition));
    EXPECT_GE(number("SELECT count(*) FROM object_deletions WHERE key LIKE 'renditions/%/'"), 2);
}

TEST_P(P05_Renditions, Tell_of_their_failure_for_a_minute_and_can_then_be_asked_for_again) {
    const std::string id = ready_song("anna", "A");
    must(ask(id, "opus"));
    const auto job = claim(kMakeRendition);
    must(write([&](store::Transaction& t) { return begin_rendition(t, *job); }));
    const base::Error error{Kind::internal, "No.", "", "", base::Retry::useless, 0};
    must(write([&](store::Transaction& t) { return fail_rendition(t, *job, error); }));
    EXPECT_EQ(must(fresh_->read([&](store::Transaction& t) {
                  return find_rendition(t, "anna", id, "opus");
              }))->state,
              RenditionState::failed);
    const Rendition failed = must(ask(id, "opus"));
    EXPECT_EQ(failed.state, RenditionState::failed);
    EXPECT_EQ(failed.error_user, "No.");
    used_ago(failed, kFailureStays_ms + 1);
    EXPECT_EQ(must(ask(id, "opus")).state, RenditionState::queued);
    make(10);
}

TEST_P(P05_Renditions, Are_evicted_least_recently_used_first_and_never_in_use) {
    const std::string id = ready_song("anna", "A");
    std::vector<Rendition> made;
    for (const char* what : {"wav", "mp3_v0", "opus", "stems"}) {
        must(ask(id, what));
        made.push_back(make(100));
    }
    used_ago(made[0], 2 * 3'600'000);
    used_ago(made[1], 3 * 3'600'000);
    used_ago(made[2], 1 * 3'600'000);  // stems: just now
    EXPECT_EQ(must(evict_renditions(*fresh_, 400)), 0);
    EXPECT_EQ(must(evict_renditions(*fresh_, 300)), 1);
    EXPECT_EQ(number("SELECT count(*) FROM renditions WHERE what = 'mp3_v0'"), 0);
    must(touch_rendition(*fresh_, made[0].id));
    EXPECT_EQ(must(evict_renditions(*fresh_, 0)), 1);
    EXPECT_EQ(number("SELECT count(*) FROM renditions WHERE what IN ('wav', 'stems')"), 2);
}

}  // namespace
}  // namespace mmx::library
