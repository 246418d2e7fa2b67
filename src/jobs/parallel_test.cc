// Many workers at one queue.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <random>
#include <set>

#include "jobs/test_queue.h"

namespace mmx::jobs {
namespace {

using base::Retry;
using store::Transaction;

class P52_Parallel_workers : public QueueTest {};
INSTANTIATE_TEST_SUITE_P(On, P52_Parallel_workers, testing::ValuesIn(store::test_databases()),
                         store::test_name);

TEST_P(P52_Parallel_workers, Claim_500_jobs_and_none_twice) {
    ASSERT_TRUE(fresh_->write([&](Transaction& t) -> base::Status {
        for (int i = 0; i < 500; ++i)
            TRY_VOID(enqueue(t, song(i % 3 == 0 ? "ann" : "ben", std::to_string(i), 1000)));
        return {};
    }));
    std::mutex mutex;
    std::set<std::string> claimed;
    std::atomic<int> twice = 0, errors = 0;
    in_parallel(8, [&](int worker) {
        while (true) {
            const auto got = claim(*fresh_, {"worker-" + std::to_string(worker), {}, {}});
            if (!got) {
                ++errors;
                return;
            }
            if (!*got) return;
            const std::lock_guard lock(mutex);
            if (!claimed.insert((*got)->job_id).second) ++twice;
        }
    });
    EXPECT_EQ(errors, 0);
    EXPECT_EQ(twice, 0);
    EXPECT_EQ(claimed.size(), 500u);
    expect_clean();
}

TEST_P(P52_Parallel_workers, Never_exceed_an_accounts_cap) {
    for (int i = 0; i < 30; ++i) {
        add(song("ann", "ann-" + std::to_string(i), 2));
        add(song("ben", "ben-" + std::to_string(i), 1));
    }
    std::atomic<int> most_ann = 0, most_ben = 0, done = 0, errors = 0;
    const auto look_at = [&](const std::string& account, std::atomic<int>& most) {
        const auto rows =
            fresh_->query("SELECT COUNT(*) FROM jobs WHERE account_id = ? AND state = 'running'", {account});
        const int now = rows ? static_cast<int>(rows->at(0).integer(0)) : 1000;
        int before = most;
        while (before < now && !most.compare_exchange_weak(before, now)) {
        }
    };
    in_parallel(8, [&](int worker) {
        while (done < 60 && errors == 0) {
            const auto seen = fresh_->signals(kChannel);
            const auto got = claim(*fresh_, {"worker-" + std::to_string(worker), {}, {}});
            if (!got) {
                ++errors;
            } else if (*got) {
                look_at("ann", most_ann);
                look_at("ben", most_ben);
                if (end_well(**got))
                    ++done;
                else
                    ++errors;
            } else {
                fresh_->wait(kChannel, seen, std::chrono::milliseconds(20));
            }
        }
    });
    EXPECT_EQ(errors, 0);
    EXPECT_EQ(done, 60);
    EXPECT_LE(most_ann, 2);
    EXPECT_EQ(most_ben, 1);
    expect_clean();
}

TEST_P(P52_Parallel_workers, A_failure_and_a_reaper_end_a_job_once) {
    for (int i = 0; i < 10; ++i) {
        NewJob job = song("ann", std::to_string(i));
        job.max_attempts = 1;
        add(job);
        const auto claim = take();
        ASSERT_TRUE(claim);
        let_leases_end();
        std::atomic<int> ends = 0, errors = 0;
        in_parallel(4, [&](int thread) {
            if (thread % 2 == 0) {
                const auto state = end_badly(*claim, Retry::may_help);
                if (state) ++ends;
                if (!state && state.error().kind != base::Kind::conflict) ++errors;
            } else {
                const auto reaped = reap_now();
                if (reaped)
                    ends += static_cast<int>(reaped->size());
                else
                    ++errors;
            }
        });
        EXPECT_EQ(ends, 1);
        EXPECT_EQ(errors, 0);
    }
    EXPECT_EQ(counts(*fresh_).value().dead, 10);
    expect_clean();
}

TEST_P(P52_Parallel_workers, Any_mix_of_what_can_happen_leaves_every_job_accounted_for) {
    std::atomic<int> ordered = 0, errors = 0;
    const auto check = [&](const auto& result) {
        if (!result && result.error().kind != base::Kind::conflict) ++errors;
    };
    in_parallel(4, [&](int thread) {
        std::minstd_rand chance(static_cast<unsigned>(thread) + 7);
        const char* const accounts[] = {"ann", "ben", "cat"};
        std::vector<Claim> held;
        for (int i = 0; i < 60; ++i) {
            const std::string account = accounts[chance() % 3];
            const std::string subject = std::to_string(chance() % 20);
            switch (chance() % 8) {
                case 0:
                case 1: {
                    const auto id =
                        fresh_->write([&](Transaction& t) { return enqueue(t, song(account, subject, 2)); });
                    check(id);
                    ordered += id.has_value();
                    break;
                }
                case 2:
                case 3: {
                    const auto got = claim(*fresh_, {"w", {}, {}});
                    check(got);
                    if (got && *got) held.push_back(**got);
                    break;
                }
                case 4:
                    check(fresh_->write([&](Transaction& t) { return cancel(t, account, subject); }));
                    break;
                case 5:
                    check(reap_now());
                    break;
                default:
                    if (held.empty()) break;
                    if (chance() % 3 == 0)
                        check(end_badly(held.back(), chance() % 2 == 0 ? Retry::may_help : Retry::useless));
                    else if (chance() % 3 == 0)
                        check(fresh_->write([&](Transaction& t) { return give_back(t, held.back()); }));
                    else
                        check(end_well(held.back()));
                    held.pop_back();
            }
        }
    });
    EXPECT_EQ(errors, 0);
    const Counts now = counts(*fresh_).value();
    EXPECT_EQ(now.queued + now.running + now.done + now.failed + now.dead + now.cancelled, ordered);
    expect_clean();
}

TEST_P(P52_Parallel_workers, Claim_quickly_with_10000_queued_of_1000_accounts) {
    const std::string numbers = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ";
    ASSERT_TRUE(fresh_->execute(numbers +
                                "999) INSERT INTO accounts (id, email, display_name, password_hash, plan, "
                                "terms_version, created_at) SELECT 'a' || i, i || '@example.com', 'Someone', "
                                "'none', 'free', '1', 1 FROM n"));
    ASSERT_TRUE(
        fresh_->execute(numbers +
                        "9999) INSERT INTO jobs (id, kind, account_id, lane, subject, parallel, payload, "
                        "state, priority, rank_at, max_attempts, run_after_at, created_at) "
                        "SELECT 'job' || i, 'song', 'a' || (i / 10), 'a' || (i / 10), 'song' || i, 2, "
                        "'{}', 'queued', 0, i, 3, 0, i FROM n"));
    const auto best_ms = [&](const auto& work) {
        double best = 1e9;
        for (int i = 0; i < 40; ++i) {
            const auto start = std::chrono::steady_clock::now();
            work();
            const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
            best = std::min(best, took.count());
        }
        return best;
    };
    // A busy machine delays every trip to the server; a claim makes at most ten.
    const double trip_ms = best_ms([&] { ASSERT_TRUE(fresh_->query("SELECT 1")); });
    const double claim_ms = best_ms([&] { ASSERT_TRUE(take()); });
    std::printf("claim: %.2f ms, one trip: %.2f ms\n", claim_ms, trip_ms);
    EXPECT_LT(claim_ms, 5.0 + 10 * trip_ms);
    EXPECT_EQ(counts(*fresh_).value().running, 40);
    expect_clean();
}

}  // namespace
}  // namespace mmx::jobs
