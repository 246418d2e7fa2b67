#include "jobs/queue.h"

#include <algorithm>

#include "jobs/storable.h"
#include "jobs/test_queue.h"

namespace mmx::jobs {
namespace {

using base::Kind;
using base::Retry;
using store::Transaction;

class P52_Queue : public QueueTest {};
INSTANTIATE_TEST_SUITE_P(On, P52_Queue, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(P52_Queue, A_job_goes_from_queued_to_done_and_forgets_what_it_was_about) {
    const auto seen = fresh_->signals(kChannel);
    const std::string id = add(song("ann", "song-1"));
    EXPECT_NE(fresh_->wait(kChannel, seen, std::chrono::seconds(10)), seen);
    EXPECT_EQ(look(id).state, State::queued);

    const auto claim = take();
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->job_id, id);
    EXPECT_EQ(claim->payload, "{\"prompt\":\"rain\"}");
    EXPECT_EQ(claim->attempt, 1);
    EXPECT_FALSE(take());
    EXPECT_EQ(heartbeat(*fresh_, *claim, "singing", 0.5).value(), Pulse::go_on);
    JobRow job = look(id);
    EXPECT_EQ(job.state, State::running);
    EXPECT_EQ(job.stage, "singing");
    EXPECT_EQ(job.progress, 0.5);
    EXPECT_EQ(job.worker, "worker-1");
    EXPECT_GT(*job.lease_until_at_ms, job.created_at_ms + kLease_ms - 1);

    ASSERT_TRUE(end_well(*claim));
    job = find_by_subject(*fresh_, "ann", "song-1").value().value();
    EXPECT_EQ(job.state, State::done);
    EXPECT_TRUE(job.ended_at_ms);
    EXPECT_EQ(payload_of(id), "{}");
    EXPECT_EQ(end_well(*claim).error().kind, Kind::conflict);
    expect_clean();
}

TEST_P(P52_Queue, Nothing_is_queued_when_the_order_rolls_back) {
    EXPECT_FALSE(fresh_->write([&](Transaction& t) -> base::Status {
        TRY_VOID(enqueue(t, song("ann", "song-1")));
        return base::fail(Kind::over_quota, "no");
    }));
    EXPECT_FALSE(take());
    EXPECT_EQ(counts(*fresh_).value().queued, 0);
}

TEST_P(P52_Queue, A_worker_that_lost_its_lease_changes_nothing) {
    const std::string id = add(song("ann", "song-1"));
    const auto stale = take();
    let_leases_end();
    const auto reaped = reap_now().value();
    ASSERT_EQ(reaped.size(), 1u);
    EXPECT_EQ(reaped[0].state, State::queued);
    EXPECT_EQ(reaped[0].subject, "song-1");
    let_waits_end();
    const auto fresh = take({"worker-2", {}, {}});
    ASSERT_TRUE(fresh);
    EXPECT_EQ(fresh->attempt, 2);

    EXPECT_EQ(heartbeat(*fresh_, *stale, "late", 0.9).value(), Pulse::lost);
    EXPECT_EQ(end_well(*stale).error().kind, Kind::conflict);
    EXPECT_EQ(end_badly(*stale, Retry::useless).error().kind, Kind::conflict);
    EXPECT_EQ(fresh_->write([&](Transaction& t) { return give_back(t, *stale); }).error().kind,
              Kind::conflict);
    EXPECT_EQ(look(id).state, State::running);
    EXPECT_EQ(look(id).worker, "worker-2");
    EXPECT_TRUE(reap_now().value().empty());
    ASSERT_TRUE(end_well(*fresh));
    expect_clean();
}

TEST_P(P52_Queue, What_may_pass_is_tried_again_later_until_the_attempts_are_used_up) {
    const std::string id = add(song("ann", "song-1"));
    for (int attempt = 1; attempt <= 3; ++attempt) {
        const auto claim = take();
        ASSERT_TRUE(claim);
        EXPECT_EQ(claim->attempt, attempt);
        EXPECT_EQ(end_badly(*claim, Retry::may_help).value(), attempt < 3 ? State::queued : State::dead);
        if (attempt == 3) break;
        EXPECT_FALSE(take()) << "it waits first";
        const auto wait_ms = fresh_->query("SELECT run_after_at - now_ms() FROM jobs WHERE id = ?", {id})
                                 .value()[0]
                                 .integer(0);
        EXPECT_LE(wait_ms, 2500 * attempt);
        let_waits_end();
    }
    const JobRow job = look(id);
    EXPECT_EQ(job.error_user, "It did not work.");
    EXPECT_EQ(job.error_log, "disk on fire");
    EXPECT_EQ(payload_of(id), "{\"prompt\":\"rain\"}") << "it can be replayed";

    const auto again = fresh_->write([&](Transaction& t) { return replay(t, id, "administrator-1"); });
    ASSERT_TRUE(again) << again.error().tell_log;
    EXPECT_EQ(again->subject, "song-1");
    EXPECT_EQ(fresh_->write([&](Transaction& t) { return replay(t, id, "x"); }).error().kind, Kind::conflict);
    EXPECT_EQ(fresh_->write([&](Transaction& t) { return replay(t, "none", "x"); }).error().kind,
              Kind::not_found);
    EXPECT_EQ(take()->attempt, 1);
    expect_clean();
}

TEST_P(P52_Queue, What_is_useless_to_repeat_fails_at_once_and_any_bytes_of_an_error_are_kept_readable) {
    const std::string id = add(song("ann", "song-1"));
    const std::string bytes = std::string("a\0b\xff \xc3\xa9", 7) + std::string(5000, 'x');
    EXPECT_EQ(end_badly(*take(), Retry::useless, bytes).value(), State::failed);
    EXPECT_EQ(look(id).error_log, "a?b? \xc3\xa9" + std::string(1993, 'x'));
    EXPECT_EQ(storable("\xe2\x82\xac\xe2\x82", 4), "\xe2\x82\xac?");
    EXPECT_EQ(storable("\xe2\x82\xac\xe2\x82\xac", 5), "\xe2\x82\xac");
    EXPECT_EQ(storable("\xed\xa0\x80", 9), "???");
}

TEST_P(P52_Queue, A_job_that_silences_its_workers_comes_to_rest) {
    NewJob job = song("ann", "song-1");
    job.max_attempts = 2;
    const std::string id = add(job);
    ASSERT_TRUE(take());
    let_leases_end();
    EXPECT_EQ(reap_now().value().at(0).state, State::queued);
    let_waits_end();
    ASSERT_TRUE(take());
    let_leases_end();
    EXPECT_EQ(reap_now().value().at(0).state, State::dead);
    EXPECT_EQ(look(id).attempts, 2);
    expect_clean();
}

TEST_P(P52_Queue, Cancelling_stops_the_queued_at_once_and_the_running_at_the_next_beat) {
    add(song("ann", "song-1"));
    const auto running = take();
    const std::string waiting = add(song("ann", "song-2"));
    add(song("ben", "song-2"));
    const auto cancel_song = [&](const std::string& subject) {
        return fresh_->write([&](Transaction& t) { return cancel(t, "ann", subject); }).value();
    };
    auto touched = cancel_song("song-2");
    ASSERT_EQ(touched.size(), 1u);
    EXPECT_EQ(touched[0].job_id, waiting);
    EXPECT_EQ(touched[0].state, State::cancelled);
    EXPECT_EQ(payload_of(waiting), "{}");
    touched = cancel_song("song-1");
    ASSERT_EQ(touched.size(), 1u);
    EXPECT_EQ(touched[0].state, State::running);
    EXPECT_EQ(heartbeat(*fresh_, *running, "", 0).value(), Pulse::cancelled);
    EXPECT_EQ(end_badly(*running, Retry::may_help).value(), State::cancelled);
    EXPECT_TRUE(cancel_song("song-1").empty());
    EXPECT_EQ(counts(*fresh_).value().queued, 1) << "another account's song of that name stays";
    EXPECT_EQ(fresh_->write([&](Transaction& t) { return cancel_all(t, "ben"); }).value().size(), 1u);
    expect_clean();
}

TEST_P(P52_Queue, A_cancelled_job_whose_worker_fell_silent_is_not_run_again) {
    add(song("ann", "song-1"));
    ASSERT_TRUE(take());
    ASSERT_TRUE(fresh_->write([&](Transaction& t) { return cancel(t, "ann", "song-1"); }));
    let_leases_end();
    EXPECT_EQ(reap_now().value().at(0).state, State::cancelled);
}

TEST_P(P52_Queue, A_job_handed_back_counts_no_attempt_and_can_be_taken_at_once) {
    add(song("ann", "song-1"));
    const auto claim = take();
    ASSERT_TRUE(fresh_->write([&](Transaction& t) { return give_back(t, *claim); }));
    const auto again = take();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->attempt, 1);
    expect_clean();
}

TEST_P(P52_Queue, Workers_take_only_their_kinds_and_the_engine_versions_they_run) {
    NewJob job = song("ann", "song-1");
    job.engine = "embedded";
    job.engine_version = "7";
    add(job);
    EXPECT_FALSE(take());
    EXPECT_FALSE(take({"w", {"song"}, {{"embedded", "8"}, {"remote", "7"}}}));
    EXPECT_FALSE(take({"w", {"sweep"}, {{"embedded", "7"}}}));
    EXPECT_TRUE(take({"w", {"sweep", "song"}, {{"remote", "1"}, {"embedded", "7"}}}));
    add(song("ann", "song-2"));
    EXPECT_TRUE(take({"w", {}, {}})) << "without an engine it runs anywhere";
}

TEST_P(P52_Queue, Accounts_take_turns_within_their_caps_and_priority_is_worth_waiting) {
    // Each comes a moment after the one before.
    const auto add_later = [&](const NewJob& job) {
        ASSERT_TRUE(fresh_->execute("UPDATE jobs SET rank_at = rank_at - 10"));
        add(job);
    };
    for (int i = 1; i <= 3; ++i) add_later(song("ann", "ann-" + std::to_string(i), 2));
    add_later(song("ben", "ben-1", 2));
    NewJob urgent = song("cat", "cat-1");
    urgent.priority = 2;
    add(urgent);
    EXPECT_EQ(queue_position(*fresh_, "cat", "cat-1").value(), 1);
    EXPECT_EQ(queue_position(*fresh_, "ben", "ben-1").value(), 5);
    EXPECT_FALSE(queue_position(*fresh_, "ben", "ben-2").value());

    EXPECT_EQ(take()->subject, "cat-1");
    const auto first = take();
    EXPECT_EQ(first->subject, "ann-1");
    EXPECT_EQ(take()->subject, "ben-1") << "ann runs one already";
    EXPECT_EQ(take()->subject, "ann-2");
    EXPECT_FALSE(take()) << "ann's cap is 2";
    ASSERT_TRUE(end_well(*first));
    EXPECT_EQ(take()->subject, "ann-3");

    // Two minutes of waiting outweigh one step of priority.
    add(song("ann", "patient"));
    ASSERT_TRUE(fresh_->execute("UPDATE jobs SET rank_at = rank_at - 120000 WHERE subject = 'patient'"));
    NewJob late = song("ann", "late");
    late.priority = 1;
    add(late);
    EXPECT_EQ(take()->subject, "patient");
    expect_clean();
}

TEST_P(P52_Queue, Periodic_work_is_queued_once_while_active_and_again_after) {
    NewJob sweep;
    sweep.kind = "sweep";
    sweep.unique_key = "sweep:tokens";
    const auto ensured = [&] {
        return fresh_->write([&](Transaction& t) { return ensure(t, sweep); }).value();
    };
    EXPECT_TRUE(ensured());
    EXPECT_FALSE(ensured());
    EXPECT_EQ(fresh_->write([&](Transaction& t) { return enqueue(t, sweep); }).error().kind, Kind::conflict);
    const auto claim = take();
    ASSERT_TRUE(claim);
    EXPECT_FALSE(ensured()) << "it is running";
    ASSERT_TRUE(end_well(*claim));
    sweep.delay_ms = 3'600'000;
    EXPECT_TRUE(ensured());
    EXPECT_FALSE(take()) << "not before its time";
}

TEST_P(P52_Queue, Administrators_page_through_jobs_and_never_see_what_they_are_about) {
    for (int i = 1; i <= 5; ++i) add(song(i % 2 == 0 ? "ann" : "ben", "song-" + std::to_string(i)));
    ASSERT_TRUE(fresh_->execute("UPDATE jobs SET created_at = 5"));  // equal instants page without gaps too
    std::vector<std::string> seen;
    ListQuery query;
    query.limit = 2;
    while (true) {
        const auto page = list(*fresh_, query).value();
        for (const JobRow& job : page) seen.push_back(job.subject);
        if (page.empty()) break;
        query.before_id = page.back().id;
    }
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(seen, (std::vector<std::string>{"song-1", "song-2", "song-3", "song-4", "song-5"}));
    take();
    EXPECT_EQ(list(*fresh_, {State::running, "", "", "", 50}).value().size(), 1u);
    EXPECT_EQ(list(*fresh_, {std::nullopt, "song", "ann", "", 50}).value().size(), 2u);
    EXPECT_TRUE(list(*fresh_, {std::nullopt, "sweep", "", "", 50}).value().empty());
    const Counts now = counts(*fresh_).value();
    EXPECT_EQ(now.queued, 4);
    EXPECT_EQ(now.running, 1);
}

TEST_P(P52_Queue, Ended_jobs_are_forgotten_in_time_and_an_erased_account_leaves_none) {
    const std::string done = add(song("ann", "song-1"));
    ASSERT_TRUE(end_well(*take()));
    const std::string failed = add(song("ann", "song-2"));
    ASSERT_TRUE(end_badly(*take(), Retry::useless));
    EXPECT_EQ(sweep_jobs(*fresh_).value(), 0);
    ASSERT_TRUE(fresh_->execute("UPDATE jobs SET ended_at = ended_at - ?", {8LL * 86'400'000}));
    EXPECT_EQ(sweep_jobs(*fresh_).value(), 1);
    EXPECT_TRUE(find(*fresh_, failed).value());
    ASSERT_TRUE(fresh_->execute("UPDATE jobs SET ended_at = ended_at - ?", {83LL * 86'400'000}));
    EXPECT_EQ(sweep_jobs(*fresh_).value(), 1);

    add(song("ann", "song-3"));
    ASSERT_TRUE(take());
    ASSERT_TRUE(fresh_->execute("DELETE FROM accounts WHERE id = 'ann'"));
    EXPECT_EQ(fresh_->query("SELECT COUNT(*) FROM jobs").value()[0].integer(0), 0);
    EXPECT_EQ(fresh_->query("SELECT COUNT(*) FROM job_lanes").value()[0].integer(0), 0);
}

}  // namespace
}  // namespace mmx::jobs
