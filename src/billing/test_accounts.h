// Accounts and threads for this room's tests.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "billing/plans.h"
#include "store/test_database.h"

namespace mmx::billing {

inline std::string add_account(store::Database& database, const std::string& id) {
    const auto done = database.execute(
        "INSERT INTO accounts (id, email, display_name, password_hash, plan, terms_version, created_at) "
        "VALUES (?, ?, 'Someone', 'none', 'free', '1', now_ms())",
        {id, id + "@example.com"});
    EXPECT_TRUE(done) << done.error().tell_log;
    return id;
}

inline Plan small_plan(int daily, int monthly, int credits) {
    Plan plan;
    plan.id = "free";
    plan.daily_generations = daily;
    plan.monthly_generations = monthly;
    plan.monthly_credits = credits;
    return plan;
}

// Runs the work on so many threads at once.
inline void in_parallel(int threads, const std::function<void(int)>& work) {
    std::vector<std::thread> crew;
    for (int i = 0; i < threads; ++i) crew.emplace_back(work, i);
    for (auto& thread : crew) thread.join();
}

}  // namespace mmx::billing
