// A queue over both databases, for this room's tests.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "jobs/queue.h"
#include "store/test_database.h"

namespace mmx::jobs {

inline void in_parallel(int threads, const std::function<void(int)>& work) {
    std::vector<std::thread> crew;
    for (int i = 0; i < threads; ++i) crew.emplace_back(work, i);
    for (auto& thread : crew) thread.join();
}

class QueueTest : public testing::TestWithParam<store::Dialect> {
  protected:
    QueueTest() {
        for (const char* id : {"ann", "ben", "cat"}) add_account(id);
    }
    void add_account(const std::string& id) {
        const auto done = fresh_->execute(
            "INSERT INTO accounts (id, email, display_name, password_hash, plan, terms_version, created_at) "
            "VALUES (?, ?, 'Someone', 'none', 'free', '1', now_ms())",
            {id, id + "@example.com"});
        ASSERT_TRUE(done) << done.error().tell_log;
    }
    static NewJob song(const std::string& account, const std::string& subject, int parallel = 64) {
        NewJob job;
        job.kind = "song";
        job.account_id = account;
        job.subject = subject;
        job.payload = "{\"prompt\":\"rain\"}";
        job.parallel = parallel;
        return job;
    }
    std::string add(const NewJob& job) {
        const auto id = fresh_->write([&](store::Transaction& t) { return enqueue(t, job); });
        EXPECT_TRUE(id) << id.error().tell_log;
        return id.value_or("");
    }
    std::optional<Claim> take(const Claimer& claimer = {"worker-1", {}, {}}) {
        const auto claimed = claim(*fresh_, claimer);
        EXPECT_TRUE(claimed) << claimed.error().tell_log;
        return claimed.value_or(std::nullopt);
    }
    base::Status end_well(const Claim& claim) {
        return fresh_->write([&](store::Transaction& t) { return finish(t, claim); });
    }
    base::Result<State> end_badly(const Claim& claim, base::Retry retry,
                                  const std::string& log = "disk on fire") {
        base::Error error{base::Kind::unavailable, "It did not work.", log, {}, retry, 0};
        return fresh_->write([&](store::Transaction& t) { return fail(t, claim, error); });
    }
    base::Result<std::vector<Touched>> reap_now() {
        return fresh_->write([](store::Transaction& t) { return reap(t); });
    }
    JobRow look(const std::string& id) { return find(*fresh_, id).value().value(); }
    std::string payload_of(const std::string& id) {
        return fresh_->query("SELECT payload FROM jobs WHERE id = ?", {id}).value().at(0).text(0);
    }
    // Time passes: back-offs and leases are over.
    void let_waits_end() { ASSERT_TRUE(fresh_->execute("UPDATE jobs SET run_after_at = 0")); }
    void let_leases_end() {
        ASSERT_TRUE(fresh_->execute("UPDATE jobs SET lease_until_at = 1 WHERE state = 'running'"));
    }
    void expect_clean() { EXPECT_EQ(audit_queue(*fresh_).value(), std::vector<std::string>{}); }

    store::FreshDatabase fresh_{GetParam()};
};

}  // namespace mmx::jobs
