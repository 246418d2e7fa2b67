#include "billing/plans.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "billing/periods.h"

namespace mmx::billing {
namespace {

constexpr char kGood[] =
    "[cost]\ncredits_per_started_minute = 2\n[[plan]]\nid = \"free\"\nname = \"Free\"\nprice = \"free\"\n"
    "daily_generations = 3\nmonthly_generations = 30\nmonthly_credits = 10\nstorage_mb = 5\n"
    "longest_song_seconds = 60\nparallel_jobs = 1\nformats = [\"flac\", \"mp3\"]\n";

std::string with(std::string what, const std::string& instead) {
    std::string text = kGood;
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), instead);
}

TEST(P24_Plans, The_program_carries_free_creator_and_studio) {
    const auto plans = load_plans("");
    ASSERT_TRUE(plans) << plans.error().tell_log;
    ASSERT_EQ((*plans)->all.size(), 3u);
    const Plan* smaller = nullptr;
    for (const char* id : {"free", "creator", "studio"}) {
        const Plan* plan = (*plans)->find(id);
        ASSERT_NE(plan, nullptr) << id;
        EXPECT_TRUE(plan->allows_format("flac"));
        if (smaller != nullptr) {
            EXPECT_GT(plan->daily_generations, smaller->daily_generations);
            EXPECT_GT(plan->monthly_credits, smaller->monthly_credits);
            EXPECT_GT(plan->storage_bytes, smaller->storage_bytes);
        }
        smaller = plan;
    }
}

TEST(P24_Plans, The_largest_plan_is_the_one_that_gives_most_wherever_it_stands) {
    Plans plans = *load_plans("").value();
    std::reverse(plans.all.begin(), plans.all.end());
    EXPECT_EQ(plans.largest().id, "studio");
}

TEST(P24_Plans, Every_started_minute_costs) {
    const auto plans = parse_plans(kGood).value();
    EXPECT_EQ(plans->cost(0.5), 2);
    EXPECT_EQ(plans->cost(60.0), 2);
    EXPECT_EQ(plans->cost(60.5), 4);
    EXPECT_EQ(plans->cost(600.0), 20);
}

TEST(P24_Plans, A_plan_no_longer_listed_gives_what_free_gives) {
    const auto plans = parse_plans(kGood).value();
    EXPECT_EQ(plans->of("studio").id, "free");
    EXPECT_FALSE(plans->of("studio").allows_format("wav"));
}

TEST(P24_Plans, What_is_wrong_in_the_file_is_named_with_its_range) {
    const struct {
        std::string text, told;
    } wrong[] = {
        {with("daily_generations = 3", "daily_generations = 0"),
         "plan \"free\": daily_generations: 0 is outside 1 to 100000"},
        {with("daily_generations = 3\n", ""), "plan \"free\": daily_generations: is missing (1 to 100000)"},
        {with("parallel_jobs = 1", "parallel_jobs = \"many\""),
         "parallel_jobs: must be a whole number from 1 to 64"},
        {with("parallel_jobs = 1", "parallel_jobs = 1.5"),
         "parallel_jobs: must be a whole number from 1 to 64"},
        {with("\"mp3\"", "\"mp4\""), "formats: \"mp4\" is none of flac, wav, mp3, opus"},
        {with("\"flac\", ", ""), "formats: must hold flac"},
        {with("id = \"free\"", "id = \"basic\""), "plan \"free\": is missing"},
        {with("id = \"free\"", "id = \"Free\""), "plan 1: id: must be"},
        {with("storage_mb", "storage_gb"), "storage_gb: is not a key of a plan"},
        {with("credits_per_started_minute = 2", "credits_per_started_minute = 0"), "0 is outside 1 to 1000"},
        {std::string(kGood) + std::string(kGood).substr(std::string(kGood).find("[[plan]]")),
         "the id is there twice"},
        {"[cost", "line 1"},
        {"", "cost: the table is missing"},
    };
    for (const auto& [text, told] : wrong) {
        const auto plans = parse_plans(text);
        ASSERT_FALSE(plans) << text;
        EXPECT_EQ(plans.error().kind, base::Kind::unreadable);
        EXPECT_NE(plans.error().tell_user.find(told), std::string::npos) << plans.error().tell_user;
    }
}

TEST(P24_Plans, An_operators_file_replaces_them_while_those_in_use_stay_as_they_were) {
    PlanBook book(load_plans("").value());
    const auto in_use = book.current();
    const std::string path = testing::TempDir() + "operators_plans.toml";
    std::ofstream(path) << kGood;
    book.replace(load_plans(path).value());
    EXPECT_EQ(in_use->all.size(), 3u);
    EXPECT_EQ(book.current()->all.size(), 1u);
    EXPECT_EQ(book.current()->of("free").storage_bytes, 5'000'000);
    EXPECT_EQ(load_plans(path + ".missing").error().kind, base::Kind::io);
}

TEST(P24_Periods, Days_and_months_end_at_midnight_UTC) {
    constexpr std::int64_t kNewYear2032_ms = 1'956'528'000'000;
    const Periods last = periods_at(kNewYear2032_ms - 1);
    EXPECT_EQ(last.day, "2031-12-31");
    EXPECT_EQ(last.month, "2031-12");
    EXPECT_EQ(last.next_day_ms, kNewYear2032_ms);
    EXPECT_EQ(last.next_month_ms, kNewYear2032_ms);
    const Periods first = periods_at(kNewYear2032_ms);
    EXPECT_EQ(first.day, "2032-01-01");
    EXPECT_EQ(first.next_day_ms, kNewYear2032_ms + 86'400'000);
    EXPECT_EQ(first.next_month_ms, kNewYear2032_ms + 31LL * 86'400'000);
    // 2032 is a leap year.
    EXPECT_EQ(periods_at(kNewYear2032_ms + 59LL * 86'400'000).day, "2032-02-29");
    EXPECT_EQ(utc_text(kNewYear2032_ms + 61 * 60'000), "2032-01-01 01:01 UTC");
}

}  // namespace
}  // namespace mmx::billing
