// What comes round, and mail.
#include "work/chores.h"

#include <atomic>

#include "work/test_house.h"

namespace mmx::work {
namespace {

class Chores : public Work {};
INSTANTIATE_TEST_SUITE_P(On, Chores, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(Chores, Mail_leaves_while_a_song_is_being_made) {
    const std::string id = order(request(300));
    const AtWork worker(*house_);
    ASSERT_TRUE(wait_for_progress(id));
    ASSERT_TRUE(database().write([&](Transaction& t) {
        return mail::enqueue(t,
                             {"test", "someone@example.com", "Hello", "A text.", "<p>A text.</p>", account_});
    }));
    ASSERT_TRUE(wait_until(
        [&] { return fs::exists(folder() + "/outbox") && !fs::is_empty(folder() + "/outbox"); }, 20s));
    EXPECT_EQ(song(id).state, library::SongState::making);
}

TEST_P(Chores, Chores_come_round_once_however_many_workers_there_are) {
    std::atomic<int> done{0};
    const auto with_chore = [&] {
        Settings settings = settings_with(real_engine);
        settings.slots = 0;
        settings.chores = {{"sweep_logs", 60'000, [&]() -> base::Status {
                                ++done;
                                return {};
                            }}};
        return settings;
    };
    {
        const AtWork one(*house_, with_chore()), two(*house_, with_chore());
        const auto all_waiting = [&] {
            return database()
                       .query("SELECT id FROM jobs WHERE state = 'queued' AND run_after_at > now_ms()")
                       .value()
                       .size() == all_chores(house_->tools(), with_chore()).size();
        };
        ASSERT_TRUE(wait_until(all_waiting));
    }
    EXPECT_EQ(done, 1);
    ASSERT_TRUE(database().execute("UPDATE jobs SET run_after_at = 0 WHERE kind = 'sweep_logs'"));
    const AtWork again(*house_, with_chore());
    ASSERT_TRUE(wait_until([&] { return done == 2; }));
}

TEST_P(Chores, P06_What_passes_the_storage_is_archived) {
    const std::string old_one = order(request(12, 1)), new_one = order(request(12, 2));
    {
        const AtWork worker(*house_);
        ASSERT_TRUE(wait_for(old_one, library::SongState::ready));
        ASSERT_TRUE(wait_for(new_one, library::SongState::ready));
    }
    const std::int64_t newest = song(new_one).audio_made_at > song(old_one).audio_made_at;
    const std::string& goes = newest ? old_one : new_one;
    jobs::NewJob job;
    job.kind = "archive";
    job.unique_key = "archive:" + account_;
    job.subject = account_;
    ASSERT_TRUE(database().write([&](Transaction& t) { return jobs::enqueue(t, job); }));
    const std::string audio = library::keys_in(song(goes).objects).audio;
    // A plan so small that one song is too much.
    auto small = std::make_shared<billing::Plans>(*house_->plans->current());
    for (billing::Plan& plan : small->all) plan.storage_bytes = 1;
    house_->plans->replace(small);
    const AtWork worker(*house_);
    ASSERT_TRUE(wait_for(goes, library::SongState::archived));
    EXPECT_FALSE(song(goes).has_audio);
    ASSERT_TRUE(database().execute("UPDATE jobs SET run_after_at = 0 WHERE kind = 'sweep_deletions'"));
    EXPECT_TRUE(wait_until([&] { return !house_->objects->open(audio).has_value(); }));
}

}  // namespace
}  // namespace mmx::work
