// Songs from order to end, good or bad, over both databases.
#include <atomic>

#include "base/secrets.h"
#include "produce/record.h"
#include "work/first_songs.h"
#include "work/test_house.h"

namespace mmx::work {
namespace {

class Songs : public Work {};
INSTANTIATE_TEST_SUITE_P(On, Songs, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(Songs, P01_An_order_becomes_a_song_that_can_be_played) {
    const std::int64_t credits_before = usage().credits;
    const std::string id = order(request());
    const AtWork worker(*house_);
    ASSERT_TRUE(wait_for(id, library::SongState::ready)) << song(id).error_user;

    const library::Song made = song(id);
    const library::ObjectKeys keys = library::keys_in(made.objects);
    const std::string flac = object(keys.audio);
    EXPECT_EQ(static_cast<std::int64_t>(flac.size()), made.audio_bytes);
    EXPECT_EQ(base::to_hex(base::sha256(flac)), made.audio_sha256);

    // The same record made once more, here, with the same id: the same samples. Without one the record's
    // hash, of the unmarked samples, is the same too.
    produce::Options options;
    options.mark = produce::Mark{&house_->marks.newest(), watermark::parse_id(made.generation_id).value()};
    const auto again = produce::produce_song(request(), *engine_, options, [](engine::Stage, double) {}, {});
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(made.samples_sha256, again->samples_sha256);
    EXPECT_EQ(marks_in(keys.audio), std::vector{made.generation_id});
    const audio::StereoBuffer sound = heard(keys.audio);
    ASSERT_EQ(sound.frames(), again->master.frames());
    for (std::size_t i = 0; i < sound.frames(); ++i)
        ASSERT_NEAR(sound.left[i], again->master.left[i], 1.0f / 8388608) << i;
    EXPECT_NEAR(static_cast<double>(made.duration_ms), 12000, 1500);

    const auto record = music::parse_stored_record(made.record_json).value();
    EXPECT_EQ(record.engine_version, engine_->version());
    EXPECT_EQ(record.samples_sha256, made.samples_sha256);
    EXPECT_EQ(record.request.seed, 5u);
    EXPECT_GT(nlohmann::json::parse(object(keys.peaks))["data"].size(), 1000u);
    EXPECT_FALSE(nlohmann::json::parse(object(keys.score))["sections"].empty());
    EXPECT_EQ(object(keys.midi).substr(0, 4), "MThd");

    EXPECT_EQ(usage().credits, credits_before - 1);
    EXPECT_EQ(usage().day.used, 1);
    expect_clean();
}

TEST_P(Songs, A_page_sees_how_far_the_song_is) {
    const std::string id = order(request(60));
    const AtWork worker(*house_);
    ASSERT_TRUE(wait_for(id, library::SongState::ready));
    const auto events = events_of("progress", id);
    ASSERT_FALSE(events.empty());
    double last = -1;
    for (const auto& event : events) {
        EXPECT_GT(event["progress"].get<double>(), last);
        last = event["progress"];
        EXPECT_LE(last, 1.0);
        EXPECT_FALSE(event["stage"].get<std::string>().empty());
    }
}

TEST_P(Songs, P24_Cancelled_in_the_middle_it_costs_nothing) {
    const std::int64_t credits_before = usage().credits;
    const std::string id = order(request(300));
    const AtWork worker(*house_);
    ASSERT_TRUE(wait_for_progress(id));
    ASSERT_TRUE(database().write([&](Transaction& t) { return library::cancel(t, account_, id); }));
    ASSERT_TRUE(wait_for(id, library::SongState::cancelled));
    EXPECT_EQ(usage().credits, credits_before);
    EXPECT_EQ(usage().day.used, 0);
    EXPECT_FALSE(song(id).has_audio);
    expect_clean();
}

TEST_P(Songs, P04_Made_again_it_is_exact_and_free) {
    const std::string id = order(request());
    const AtWork worker(*house_);
    ASSERT_TRUE(wait_for(id, library::SongState::ready));
    const library::Song before = song(id);
    const std::int64_t credits = usage().credits;
    ASSERT_TRUE(database().write([&](Transaction& t) {
        return library::regenerate(t, account_, *house_->plans->current()->find("studio"), id, runs_,
                                   library::NewerEngine::not_accepted);
    }));
    ASSERT_TRUE(wait_until([&] { return song(id).remake_exact.has_value(); }));
    const library::Song after = song(id);
    EXPECT_EQ(after.state, library::SongState::ready);
    EXPECT_EQ(after.remake_exact, true);
    EXPECT_EQ(after.samples_sha256, before.samples_sha256);
    EXPECT_NE(after.objects, before.objects);
    EXPECT_EQ(usage().credits, credits);
    expect_clean();
}

TEST_P(Songs, P24_What_fails_again_and_again_is_given_up_and_given_back) {
    const std::int64_t credits_before = usage().credits;
    const std::string id = order(request());
    std::atomic<int> tries{0};
    const AtWork worker(*house_, settings_with([&]() -> base::Result<std::unique_ptr<engine::Engine>> {
        return std::make_unique<Meddling>([&]() -> base::Status {
            ++tries;
            return base::fail_for_now(base::Kind::unavailable, "The instruments are out of tune.", "test");
        });
    }));
    ASSERT_TRUE(wait_until([&] {
        // Do not wait for the back-off.
        EXPECT_TRUE(database().execute("UPDATE jobs SET run_after_at = 0 WHERE subject = ?", {id}));
        return song(id).state == library::SongState::failed;
    }));
    EXPECT_EQ(tries, 3);
    EXPECT_EQ(song(id).error_user, "The instruments are out of tune.");
    EXPECT_EQ(jobs::find_by_subject(database(), account_, id).value()->state, jobs::State::dead);
    EXPECT_EQ(usage().credits, credits_before);
    EXPECT_EQ(usage().day.used, 0);
    expect_clean();
}

TEST_P(Songs, No_error_tells_an_account_where_files_lie) {
    const std::string id = order(request());
    const AtWork worker(*house_, settings_with([&]() -> base::Result<std::unique_ptr<engine::Engine>> {
        return std::make_unique<Meddling>([&]() -> base::Status {
            return base::fail(base::Kind::io, "Cannot write " + folder() + "/x: the disk is full.", "test");
        });
    }));
    ASSERT_TRUE(wait_until([&] {
        EXPECT_TRUE(database().execute("UPDATE jobs SET run_after_at = 0 WHERE subject = ?", {id}));
        return song(id).state == library::SongState::failed;
    }));
    EXPECT_EQ(song(id).error_user.find(folder()), std::string::npos) << song(id).error_user;
    EXPECT_EQ(jobs::find_by_subject(database(), account_, id).value()->attempts, 3) << "a full disk passes";
}

TEST_P(Songs, First_songs_cost_nothing_and_count_nowhere) {
    const std::int64_t credits_before = usage().credits;
    ASSERT_TRUE(database().write([&](Transaction& t) {
        return order_first_songs(t, account_, *house_->plans->current(), "free", runs_, 1);
    }));
    const auto counts = jobs::counts(database()).value();
    EXPECT_EQ(counts.queued, 1);
    EXPECT_EQ(usage().credits, credits_before);
    EXPECT_EQ(usage().day.used, 0);
    int welcomed = 0;
    const auto ledger = billing::ledger_page(database(), account_, {}, 50).value();
    for (const billing::Entry& entry : ledger) welcomed += entry.reason == "welcome";
    EXPECT_EQ(welcomed, 1);
    const AtWork worker(*house_);
    ASSERT_TRUE(wait_until(
        [&] { return database().query("SELECT id FROM songs WHERE state = 'ready'").value().size() == 1; }));
    EXPECT_EQ(usage().credits, credits_before);
    expect_clean();
}

}  // namespace
}  // namespace mmx::work
