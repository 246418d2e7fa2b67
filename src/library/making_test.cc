#include "library/making.h"

#include <thread>

#include "library/test_library.h"

namespace mmx::library {
namespace {

using base::Kind;

class P24_Orders : public LibraryTest {};
INSTANTIATE_TEST_SUITE_P(On, P24_Orders, testing::ValuesIn(store::test_databases()), store::test_name);
class P04_Regeneration : public LibraryTest {};
INSTANTIATE_TEST_SUITE_P(On, P04_Regeneration, testing::ValuesIn(store::test_databases()), store::test_name);
class P52_Making : public LibraryTest {};
INSTANTIATE_TEST_SUITE_P(On, P52_Making, testing::ValuesIn(store::test_databases()), store::test_name);

const base::Error kPasses{Kind::unavailable, "Busy.", "", "", base::Retry::may_help, 0};
const base::Error kForGood{Kind::internal, "It did not work out.", "", "", base::Retry::useless, 0};
const base::Error kCancelled{Kind::cancelled, "Cancelled.", "", "", base::Retry::useless, 0};

TEST_P(P24_Orders, Store_the_song_its_reservation_and_its_job_together) {
    const Ordered ordered = order_song("anna", request("Rain"));
    const Song stored = song(ordered.song_id);
    EXPECT_EQ(stored.state, SongState::queued);
    EXPECT_EQ(stored.title, "Rain");
    EXPECT_EQ(stored.generation_id.size(), 16u);
    EXPECT_EQ(music::parse_record(stored.request_json)->seed, std::stoull(stored.seed));
    EXPECT_NE(stored.making_objects.size(), 0u);
    EXPECT_EQ(must(billing::usage(*fresh_, "anna", plans_->of("free"))).day.used, 1);
    EXPECT_EQ(claim()->subject, ordered.song_id);
    expect_all_adds_up();
}

TEST_P(P24_Orders, Leave_nothing_behind_when_refused) {
    must(billing::usage(*fresh_, "anna", plans_->of("free")));
    const Draft made = must(draft(request()));
    billing::Plans poor = *plans_;
    poor.all[0].daily_generations = 0;
    const auto refused =
        write([&](store::Transaction& t) { return order(t, "anna", poor, "free", made, runs_); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, Kind::over_quota);
    EXPECT_EQ(number("SELECT count(*) FROM songs"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM song_words"), 0);
    EXPECT_FALSE(claim());
    expect_all_adds_up();
}

TEST_P(P24_Orders, Refuse_a_song_longer_than_the_plan_by_field) {
    music::SongRequest asked = request();
    asked.duration_seconds = 200;
    const Draft made = must(draft(asked));
    const auto refused =
        write([&](store::Transaction& t) { return order(t, "anna", *plans_, "free", made, runs_); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "duration_seconds");
    EXPECT_NE(must(estimate(*fresh_, "anna", *plans_, "free", made)).refusal, "");
}

TEST_P(P24_Orders, Are_estimated_without_being_stored) {
    const Draft made = must(draft(request()));
    const Estimate figures = must(estimate(*fresh_, "anna", *plans_, "free", made));
    EXPECT_EQ(figures.cost_credits, 1);
    EXPECT_EQ(figures.credits_left, 100000);
    EXPECT_EQ(figures.duration_ms, 60000);
    EXPECT_EQ(figures.refusal, "");
    EXPECT_NE(reading_json(made.plan).find("\"because\""), std::string::npos);
    EXPECT_EQ(number("SELECT count(*) FROM songs"), 0);
}

TEST_P(P24_Orders, Draw_a_seed_each_and_keep_a_given_one) {
    EXPECT_NE(must(draft(request())).request.seed, must(draft(request())).request.seed);
    music::SongRequest asked = request();
    asked.seed = 18446744073709551615ull;
    EXPECT_EQ(song(order_song("anna", asked).song_id).seed, "18446744073709551615");
}

TEST_P(P52_Making, Becomes_ready_with_its_record_and_its_bytes_counted) {
    const std::string id = ready_song("anna", "Rain", 5000);
    const Song stored = song(id);
    EXPECT_EQ(stored.state, SongState::ready);
    EXPECT_TRUE(stored.has_audio);
    EXPECT_EQ(stored.duration_ms, 61'000);
    EXPECT_EQ(stored.making_objects, "");
    EXPECT_TRUE(music::parse_stored_record(stored.record_json));
    EXPECT_EQ(must(fresh_->read([&](store::Transaction& t) { return stored_bytes(t, "anna"); })), 5000);
    EXPECT_EQ(must(billing::usage(*fresh_, "anna", plans_->of("free"))).credits, 99999);
    expect_all_adds_up();
}

TEST_P(P52_Making, Gives_the_same_keys_at_every_attempt) {
    const std::string id = order_song("anna", request()).song_id;
    auto job = claim();
    const std::string first = begin_making(*job).keys.audio;
    const auto again = must(write([&](store::Transaction& t) { return failed(t, *job, kPasses); }));
    EXPECT_EQ(again, jobs::State::queued);
    EXPECT_EQ(song(id).state, SongState::queued);
    must(fresh_->execute("UPDATE jobs SET run_after_at = 0"));
    job = claim();
    ASSERT_TRUE(job);
    EXPECT_EQ(begin_making(*job).keys.audio, first);
    expect_all_adds_up();
}

TEST_P(P52_Making, Gives_credits_back_once_when_it_fails_for_good) {
    const std::string id = order_song("anna", request()).song_id;
    const auto job = claim();
    begin_making(*job);
    EXPECT_EQ(must(write([&](store::Transaction& t) { return failed(t, *job, kForGood); })),
              jobs::State::failed);
    EXPECT_EQ(song(id).state, SongState::failed);
    EXPECT_EQ(song(id).error_user, "It did not work out.");
    EXPECT_FALSE(write([&](store::Transaction& t) { return failed(t, *job, kForGood); }));
    EXPECT_EQ(must(billing::usage(*fresh_, "anna", plans_->of("free"))).credits, 100000);
    EXPECT_EQ(must(billing::usage(*fresh_, "anna", plans_->of("free"))).day.used, 0);
    expect_all_adds_up();
}

TEST_P(P52_Making, Changes_nothing_for_a_worker_whose_claim_is_another_s) {
    const std::string id = order_song("anna", request()).song_id;
    const auto slow = claim();
    const Making making = begin_making(*slow);
    must(fresh_->execute("UPDATE jobs SET lease_until_at = 1"));
    must(write([&](store::Transaction& t) -> base::Status {
        for (const auto& touched : TRY(jobs::reap(t))) TRY_VOID(settle(t, touched));
        return {};
    }));
    EXPECT_EQ(song(id).state, SongState::queued);
    const Made late = made(making, 1000, "samples", "1.0");
    const auto refused = write([&](store::Transaction& t) { return ready(t, *slow, late, 1'000'000); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, Kind::conflict);
    EXPECT_EQ(song(id).state, SongState::queued);
    EXPECT_EQ(song(id).audio_bytes, 0);
    expect_all_adds_up();
}

TEST_P(P52_Making, Is_cancelled_at_once_while_it_waits) {
    const std::string id = order_song("anna", request()).song_id;
    must(write([&](store::Transaction& t) { return cancel(t, "anna", id); }));
    EXPECT_EQ(song(id).state, SongState::cancelled);
    EXPECT_FALSE(claim());
    const auto twice = write([&](store::Transaction& t) { return cancel(t, "anna", id); });
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().kind, Kind::conflict);
    EXPECT_EQ(must(billing::usage(*fresh_, "anna", plans_->of("free"))).credits, 100000);
    expect_all_adds_up();
}

TEST_P(P52_Making, Ends_as_ready_or_cancelled_when_both_come_at_once) {
    for (int round = 0; round < 12; ++round) {
        const std::string id = order_song("anna", request()).song_id;
        const auto job = claim();
        const Made result = made(begin_making(*job), 1000, "samples", "1.0");
        bool finished = false;
        std::thread worker([&] {
            finished = write([&](store::Transaction& t) {
                           return ready(t, *job, result, 1'000'000'000);
                       }).has_value();
            if (!finished) must(write([&](store::Transaction& t) { return failed(t, *job, kCancelled); }));
        });
        std::thread owner([&] { write([&](store::Transaction& t) { return cancel(t, "anna", id); }); });
        worker.join();
        owner.join();
        EXPECT_EQ(song(id).state, finished ? SongState::ready : SongState::cancelled);
    }
    expect_all_adds_up();
}

TEST_P(P52_Making, Stops_for_a_song_that_was_deleted_meanwhile) {
    const std::string id = order_song("anna", request()).song_id;
    const auto job = claim();
    const Made result = made(begin_making(*job), 1000, "samples", "1.0");
    must(write([&](store::Transaction& t) { return remove(t, "anna", id); }));
    write([&](store::Transaction& t) { return ready(t, *job, result, 1'000'000'000); });
    EXPECT_EQ(number("SELECT count(*) FROM songs"), 0);
    EXPECT_EQ(must(billing::usage(*fresh_, "anna", plans_->of("free"))).credits, 100000);
    expect_all_adds_up();
}

TEST_P(P04_Regeneration, Costs_nothing_and_says_whether_the_samples_are_the_same) {
    const std::string id = ready_song("anna", "Rain", 5000);
    const std::string first_objects = song(id).objects;
    for (const bool same : {true, false}) {
        must(write([&](store::Transaction& t) {
            return regenerate(t, "anna", plans_->of("free"), id, runs_, NewerEngine::not_accepted);
        }));
        EXPECT_TRUE(song(id).has_audio);  // it can be heard meanwhile
        must(finish_making(*claim(), 6000, same ? "samples" : "others"));
        EXPECT_EQ(song(id).remake_exact, same);
        EXPECT_EQ(song(id).audio_bytes, 6000);
    }
    EXPECT_NE(song(id).objects, first_objects);
    EXPECT_EQ(must(billing::usage(*fresh_, "anna", plans_->of("free"))).credits, 99999);
    expect_all_adds_up();
}

TEST_P(P04_Regeneration, Asks_first_when_another_engine_version_runs) {
    const std::string id = ready_song("anna", "Rain");
    runs_.engine_version = "2.0";
    const auto remake = [&](NewerEngine newer) {
        return write([&](store::Transaction& t) {
            return regenerate(t, "anna", plans_->of("free"), id, runs_, newer);
        });
    };
    const auto refused = remake(NewerEngine::not_accepted);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, Kind::conflict);
    EXPECT_NE(refused.error().tell_user.find("2.0"), std::string::npos);
    ASSERT_TRUE(remake(NewerEngine::accepted));
    must(finish_making(*claim(), 1000, "others"));
    EXPECT_EQ(song(id).remake_exact, false);
    EXPECT_EQ(song(id).engine_version, "2.0");
}

TEST_P(P04_Regeneration, Leaves_the_song_as_it_was_when_it_fails) {
    const std::string id = ready_song("anna", "Rain", 5000);
    const std::string objects = song(id).objects;
    must(write([&](store::Transaction& t) {
        return regenerate(t, "anna", plans_->of("free"), id, runs_, NewerEngine::not_accepted);
    }));
    const auto job = claim();
    begin_making(*job);
    must(write([&](store::Transaction& t) { return failed(t, *job, kForGood); }));
    EXPECT_EQ(song(id).state, SongState::ready);
    EXPECT_EQ(song(id).objects, objects);
    EXPECT_EQ(song(id).error_user, "It did not work out.");
    EXPECT_EQ(must(billing::usage(*fresh_, "anna", plans_->of("free"))).credits, 99999);
    expect_all_adds_up();
}

TEST_P(P04_Regeneration, Is_for_made_songs_and_twenty_times_a_day) {
    const auto remake = [&](const std::string& id) {
        return write([&](store::Transaction& t) {
            return regenerate(t, "anna", plans_->of("free"), id, runs_, NewerEngine::not_accepted);
        });
    };
    const std::string id = ready_song("anna", "Rain");
    for (int i = 0; i < kRemakesPerDay; ++i) {
        ASSERT_TRUE(remake(id));
        EXPECT_EQ(remake(id).error().kind, Kind::conflict);  // it is being made
        must(finish_making(*claim(), 1000));
    }
    const auto refused = remake(id);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, Kind::too_many);
    EXPECT_GT(refused.error().retry_after_seconds, 0);
    must(fresh_->execute("UPDATE library_accounts SET remake_day = remake_day - 1"));
    EXPECT_TRUE(remake(id));
    const std::string waiting = order_song("anna", request()).song_id;
    must(write([&](store::Transaction& t) { return cancel(t, "anna", waiting); }));
    EXPECT_EQ(remake(waiting).error().kind, Kind::conflict);  // never made
}

TEST_P(P04_Regeneration, A_variation_has_the_same_request_and_a_new_seed) {
    const std::string id = ready_song("anna", "Rain");
    const Draft made = must(variation_draft(*fresh_, "anna", id));
    EXPECT_NE(std::to_string(*made.request.seed), song(id).seed);
    EXPECT_EQ(made.request.prompt, "solo piano");
    const Ordered ordered = must(
        write([&](store::Transaction& t) { return order(t, "anna", *plans_, "free", made, runs_, id); }));
    EXPECT_EQ(song(ordered.song_id).parent_id, id);
    EXPECT_FALSE(variation_draft(*fresh_, "ben", id));
    must(write([&](store::Transaction& t) { return remove(t, "anna", id); }));
    EXPECT_EQ(song(ordered.song_id).parent_id, "");
}

}  // namespace
}  // namespace mmx::library
