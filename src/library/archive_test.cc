#include "library/archive.h"

#include <random>

#include "library/test_library.h"
#include "store/objects.h"

namespace mmx::library {
namespace {

using base::Kind;
using Ids = std::vector<std::string>;

constexpr std::int64_t kHour_ms = 3'600'000;

class P06_Archiving : public LibraryTest {};
INSTANTIATE_TEST_SUITE_P(On, P06_Archiving, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(P06_Archiving, Takes_what_was_made_longest_ago_first_and_keeps_the_metadata) {
    const std::string a = ready_song("anna", "A"), b = ready_song("anna", "B"), c = ready_song("anna", "C");
    made_ago(a, 1 * kHour_ms);
    made_ago(b, 3 * kHour_ms);
    made_ago(c, 2 * kHour_ms);
    const std::string objects = song(b).objects;
    const Archived archived = must(archive_over_limit(*fresh_, "anna", 2000));
    EXPECT_EQ(archived.song_ids, Ids{b});
    EXPECT_EQ(archived.object_keys, Ids{keys_in(objects).audio});
    EXPECT_EQ(song(b).state, SongState::archived);
    EXPECT_FALSE(song(b).has_audio);
    EXPECT_NE(song(b).record_json, "");
    EXPECT_EQ(song(b).title, "B");
    ListRequest gone;
    gone.q = "b";
    gone.state = SongState::archived;
    EXPECT_EQ(titles("anna", gone), Ids{"B"});
    EXPECT_EQ(must(archive_over_limit(*fresh_, "anna", 2000)).song_ids, Ids{});
    EXPECT_EQ(must(archive_over_limit(*fresh_, "anna", 1999)).song_ids, Ids{c});
    expect_all_adds_up();
}

TEST_P(P06_Archiving, Takes_pinned_songs_last_the_newest_never_and_skips_holds) {
    const std::string pinned = ready_song("anna", "Pinned"), held = ready_song("anna", "Held"),
                      plain = ready_song("anna", "Plain"), newest = ready_song("anna", "Newest"),
                      other = ready_song("ben", "Other");
    made_ago(held, 5 * kHour_ms);
    made_ago(pinned, 4 * kHour_ms);
    made_ago(plain, 3 * kHour_ms);
    made_ago(newest, 2 * kHour_ms);
    must(write([&](store::Transaction& t) { return pin(t, "anna", pinned, true); }));
    must(write([&](store::Transaction& t) { return hold(t, held, true); }));
    EXPECT_EQ(must(archive_over_limit(*fresh_, "anna", 0)).song_ids, (Ids{plain, pinned}));
    EXPECT_EQ(song(newest).state, SongState::ready);
    EXPECT_EQ(song(held).state, SongState::ready);
    EXPECT_EQ(song(other).state, SongState::ready);
    expect_all_adds_up();
}

TEST_P(P06_Archiving, Counts_a_remake_as_young_and_leaves_one_under_way_alone) {
    const std::string a = ready_song("anna", "A"), b = ready_song("anna", "B"), c = ready_song("anna", "C");
    made_ago(a, 3 * kHour_ms);
    made_ago(b, 2 * kHour_ms);
    made_ago(c, 1 * kHour_ms);
    must(write([&](store::Transaction& t) {
        return regenerate(t, "anna", plans_->of("free"), a, runs_, NewerEngine::not_accepted);
    }));
    EXPECT_EQ(must(archive_over_limit(*fresh_, "anna", 2000)).song_ids, Ids{b});
    must(finish_making(*claim(), 1000));
    EXPECT_EQ(must(archive_over_limit(*fresh_, "anna", 0)).song_ids, Ids{c});  // a is the newest now
    expect_all_adds_up();
}

TEST_P(P06_Archiving, Is_queued_once_when_a_song_passes_the_plan) {
    for (int i = 0; i < 3; ++i) {
        const Ordered ordered = order_song("anna", request());
        const auto job = claim();
        const Made result = made(begin_making(*job), 1000, "samples", "1.0");
        must(write([&](store::Transaction& t) { return ready(t, *job, result, 1500); }));
    }
    EXPECT_EQ(number("SELECT count(*) FROM jobs WHERE kind = 'archive' AND unique_key = 'archive:anna'"), 1);
}

TEST_P(P06_Archiving, An_archived_song_is_made_again_from_its_record) {
    const std::string a = ready_song("anna", "A");
    ready_song("anna", "B");
    made_ago(a, kHour_ms);
    must(archive_over_limit(*fresh_, "anna", 0));
    must(write([&](store::Transaction& t) {
        return regenerate(t, "anna", plans_->of("free"), a, runs_, NewerEngine::not_accepted);
    }));
    must(finish_making(*claim(), 1000));
    EXPECT_EQ(song(a).state, SongState::ready);
    EXPECT_EQ(song(a).remake_exact, true);
    expect_all_adds_up();
}

class P52_Deletions : public LibraryTest {
  protected:
    std::unique_ptr<store::Objects> objects_ = must(store::open_file_objects(fresh_.folder() + "/objects"));
    void put_all(const ObjectKeys& keys) {
        for (const std::string& key : {keys.audio, keys.peaks, keys.score}) must(objects_->put(key, "x"));
    }
    std::size_t objects_left() { return must(objects_->list("songs/")).size(); }
};
INSTANTIATE_TEST_SUITE_P(On, P52_Deletions, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(P52_Deletions, Remove_rows_first_and_objects_by_the_sweep) {
    const std::string id = ready_song("anna", "A"), kept = ready_song("anna", "B");
    put_all(keys_in(song(id).objects));
    put_all(keys_in(song(kept).objects));
    must(write([&](store::Transaction& t) { return remove(t, "anna", id); }));
    EXPECT_EQ(objects_left(), 6u);
    EXPECT_EQ(must(sweep_deletions(*fresh_, *objects_)), 1);
    EXPECT_EQ(objects_left(), 3u);
    EXPECT_EQ(must(sweep_deletions(*fresh_, *objects_)), 0);
    expect_all_adds_up();
}

TEST_P(P52_Deletions, Archiving_keeps_score_and_peaks) {
    const std::string id = ready_song("anna", "A");
    ready_song("anna", "B");
    made_ago(id, kHour_ms);
    put_all(keys_in(song(id).objects));
    must(archive_over_limit(*fresh_, "anna", 0));
    must(sweep_deletions(*fresh_, *objects_));
    EXPECT_FALSE(objects_->open(keys_in(song(id).objects).audio));
    EXPECT_TRUE(objects_->open(keys_in(song(id).objects).score));
}

TEST_P(P52_Deletions, Wait_for_a_writer_that_may_still_be_at_work) {
    const std::string id = order_song("anna", request()).song_id;
    const Making making = begin_making(*claim());
    must(write([&](store::Transaction& t) { return remove(t, "anna", id); }));
    put_all(making.keys);
    EXPECT_EQ(must(sweep_deletions(*fresh_, *objects_)), 0);
    must(fresh_->execute("UPDATE object_deletions SET due_at = 0"));
    must(sweep_deletions(*fresh_, *objects_));
    EXPECT_EQ(objects_left(), 0u);
}

TEST_P(P52_Deletions, Find_what_a_late_writer_left_in_a_folder_that_nobody_owns) {
    const std::string kept = ready_song("anna", "A"), gone = ready_song("anna", "B");
    const std::string waiting = order_song("anna", request()).song_id;
    const Rendition wav =
        must(write([&](store::Transaction& t) { return request_rendition(t, "anna", kept, "wav", 4); }));
    put_all(keys_in(song(kept).objects));
    put_all(keys_in(song(waiting).making_objects));
    must(objects_->put(rendition_key(wav), "x"));
    const ObjectKeys late = keys_in(song(gone).objects);
    must(write([&](store::Transaction& t) { return remove(t, "anna", gone); }));
    must(sweep_deletions(*fresh_, *objects_));
    put_all(late);
    EXPECT_EQ(must(queue_orphans(*fresh_, *objects_)), 1);
    EXPECT_EQ(must(queue_orphans(*fresh_, *objects_)), 0) << "it waits already";
    EXPECT_EQ(must(sweep_deletions(*fresh_, *objects_)), 0) << "for a week";
    EXPECT_TRUE(objects_->open(late.audio));
    must(fresh_->execute("UPDATE object_deletions SET due_at = due_at - ?", {kOrphanStays_ms}));
    EXPECT_EQ(must(sweep_deletions(*fresh_, *objects_)), 1);
    EXPECT_FALSE(objects_->open(late.audio));
    EXPECT_EQ(objects_left(), 6u);
    EXPECT_TRUE(objects_->open(rendition_key(wav)));
}

TEST_P(P52_Deletions, Refuse_a_song_under_hold) {
    const std::string id = ready_song("anna", "A");
    must(write([&](store::Transaction& t) { return hold(t, id, true); }));
    EXPECT_EQ(write([&](store::Transaction& t) { return remove(t, "anna", id); }).error().kind,
              Kind::conflict);
    EXPECT_EQ(must(write([&](store::Transaction& t) { return remove_some(t, "anna"); })), 0);
}

TEST_P(P52_Deletions, Take_a_whole_account_away) {
    for (int i = 0; i < 5; ++i) ready_song("anna", "A");
    order_song("anna", request());
    while (must(write([&](store::Transaction& t) { return remove_some(t, "anna", 2); })) > 0) {
    }
    must(write([&](store::Transaction& t) { return forget_account(t, "anna"); }));
    for (const char* table : {"songs", "song_words", "library_accounts"})
        EXPECT_EQ(number("SELECT count(*) FROM " + std::string(table)), 0) << table;
    expect_all_adds_up();
}

// Whatever is done in whatever order, the counters are the sums.
TEST_P(P52_Deletions, Leave_the_counters_right_after_anything) {
    std::mt19937 random(11);
    Ids ids;
    for (int step = 0; step < 150; ++step) {
        const std::string account = random() % 2 ? "anna" : "ben";
        const std::string id = ids.empty() ? "none" : ids[random() % ids.size()];
        switch (random() % 8) {
            case 0:
            case 1:
                ids.push_back(order_song(account, request("T" + std::to_string(step))).song_id);
                break;
            case 2:
            case 3:
                if (const auto job = claim()) must(finish_making(*job, random() % 5000 + 1));
                break;
            case 4:
                write([&](store::Transaction& t) { return cancel(t, account, id); });
                break;
            case 5:
                write([&](store::Transaction& t) { return remove(t, account, id); });
                break;
            case 6:
                write([&](store::Transaction& t) {
                    return regenerate(t, account, plans_->of("free"), id, runs_, NewerEngine::not_accepted);
                });
                break;
            case 7:
                must(archive_over_limit(*fresh_, account, static_cast<std::int64_t>(random() % 20000)));
                break;
        }
    }
    expect_all_adds_up();
    EXPECT_EQ(number("SELECT count(*) FROM songs WHERE (audio_bytes > 0) <> (audio_made_at IS NOT NULL)"), 0);
    EXPECT_EQ(
        number("SELECT count(*) FROM songs WHERE (state IN ('queued', 'making')) <> (making_objects <> '')"),
        0);
}

}  // namespace
}  // namespace mmx::library
