// A library with accounts for tests: orders songs and makes them as a worker would, without the sound.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/secrets.h"
#include "billing/ledger.h"
#include "billing/plans.h"
#include "billing/usage.h"
#include "jobs/queue.h"
#include "library/archive.h"
#include "library/edit.h"
#include "library/list.h"
#include "library/making.h"
#include "library/order.h"
#include "library/renditions.h"
#include "library/song.h"
#include "music/record_json.h"
#include "store/test_database.h"

namespace mmx::library {

inline constexpr std::string_view kTestPlans = R"(
[cost]
credits_per_started_minute = 1
[[plan]]
id = "free"
name = "Free"
price = "free"
daily_generations = 100000
monthly_generations = 100000
monthly_credits = 100000
storage_mb = 1000
longest_song_seconds = 180
parallel_jobs = 64
formats = ["flac", "mp3"]
)";

class LibraryTest : public testing::TestWithParam<store::Dialect> {
  protected:
    void SetUp() override {
        plans_ = billing::parse_plans(kTestPlans).value();
        add_account("anna");
        add_account("ben");
    }
    void add_account(const std::string& id) {
        must(fresh_->execute(
            "INSERT INTO accounts (id, email, display_name, password_hash, plan, terms_version, "
            "age_confirmed_at, created_at) VALUES (?, ?, ?, '-', 'free', '1', now_ms(), now_ms())",
            {id, id + "@example.com", id}));
    }
    template <class T>
    static T must(base::Result<T> result) {
        if (!result) throw std::runtime_error(result.error().tell_user + " / " + result.error().tell_log);
        return std::move(*result);
    }
    static void must(const base::Status& status) {
        if (!status) throw std::runtime_error(status.error().tell_user + " / " + status.error().tell_log);
    }
    template <class Work>
    auto write(Work work) {
        return fresh_->write(work);
    }
    Song song(const std::string& id) {
        return must(fresh_->read([&](store::Transaction& t) { return get_any(t, id); }));
    }
    std::int64_t number(std::string_view sql, const store::Parameters& parameters = {}) {
        return must(fresh_->query(sql, parameters)).at(0).integer(0);
    }

    // A minute of piano under this title.
    static music::SongRequest request(const std::string& title = "Test",
                                      const std::string& prompt = "solo piano") {
        music::SongRequest request;
        request.prompt = prompt;
        request.title = title;
        request.duration_seconds = 60;
        return request;
    }
    Ordered order_song(const std::string& account, const music::SongRequest& asked) {
        const Draft made = must(draft(asked));
        return must(
            write([&](store::Transaction& t) { return order(t, account, *plans_, "free", made, runs_); }));
    }
    std::optional<jobs::Claim> claim(std::string_view kind = kMakeSong) {
        return must(
            jobs::claim(*fresh_, {"test worker", {std::string(kind)}, {{"embedded", runs_.engine_version}}}));
    }
    Making begin_making(const jobs::Claim& claim) {
        return must(write([&](store::Transaction& t) { return begin(t, claim); }));
    }
    static Made made(const Making& making, std::uint64_t bytes, const std::string& samples,
                     const std::string& version) {
        const Draft reading = must(draft(making.request));
        Made made;
        made.record = music::record_of(making.request, reading.plan);
        made.record.engine = "embedded";
        made.record.engine_version = version;
        made.record.samples_sha256 = samples;
        made.record.created_at = "2031-05-04T12:00:00Z";
        made.duration_ms = 61'000;
        made.audio = {bytes, std::string(64, 'a')};
        return made;
    }
    base::Status finish_making(const jobs::Claim& claim, std::uint64_t bytes,
                               const std::string& samples = "samples") {
        const Making making = begin_making(claim);
        const Made result = made(making, bytes, samples, runs_.engine_version);
        return write(
            [&](store::Transaction& t) { return ready(t, claim, result, plans_->of("free").storage_bytes); });
    }
    // Ordered and made at once.
    std::string ready_song(const std::string& account, const std::string& title, std::uint64_t bytes = 1000,
                           const std::string& prompt = "solo piano") {
        const Ordered ordered = order_song(account, request(title, prompt));
        const auto job = claim();
        EXPECT_EQ(job->subject, ordered.song_id);
        must(finish_making(*job, bytes));
        return ordered.song_id;
    }
    void made_ago(const std::string& song_id, std::int64_t ago_ms) {
        must(
            fresh_->execute("UPDATE songs SET audio_made_at = now_ms() - ? WHERE id = ?", {ago_ms, song_id}));
    }
    std::vector<std::string> titles(const std::string& account, ListRequest asked) {
        std::vector<std::string> titles;
        for (const Summary& one : must(list(*fresh_, account, asked)).songs) titles.push_back(one.title);
        return titles;
    }
    void expect_all_adds_up() {
        EXPECT_EQ(must(wrong_counters(*fresh_)), std::vector<std::string>{});
        EXPECT_EQ(must(billing::audit_ledger(*fresh_)), std::vector<std::string>{});
        EXPECT_EQ(number("SELECT count(*) FROM songs"), number("SELECT count(*) FROM song_words"));
    }

    store::FreshDatabase fresh_{GetParam()};
    std::shared_ptr<const billing::Plans> plans_;
    Runs runs_{"embedded", "1.0"};
};

}  // namespace mmx::library
