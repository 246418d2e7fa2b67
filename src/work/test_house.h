// A house for workers in tests: database, objects, plans, one account, the real engine.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "accounts/set_up.h"
#include "billing/ledger.h"
#include "billing/usage.h"
#include "codec/codec.h"
#include "engine/embedded/embedded_engine.h"
#include "jobs/events.h"
#include "jobs/queue.h"
#include "library/making.h"
#include "library/order.h"
#include "mail/senders.h"
#include "store/test_database.h"
#include "watermark/detect.h"
#include "work/scratch.h"
#include "work/worker.h"

namespace mmx::work {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using store::Transaction;

inline base::Result<std::unique_ptr<engine::Engine>> real_engine() {
    engine::EmbeddedSettings settings;
    settings.threads = 1;
    return engine::make_embedded_engine(settings);
}

// Everything a worker works with, opened from a database's address and a folder.
struct House {
    House(const std::string& address, const std::string& folder) {
        store::DatabaseSettings settings;
        settings.address = address;
        database = store::Database::open(settings).value();
        objects = store::open_file_objects(folder + "/objects").value();
        plans = std::make_unique<billing::PlanBook>(billing::load_plans("").value());
        accounts::Settings accounts_settings;
        accounts_settings.public_url = "http://localhost:8080";
        accounts_settings.pepper = std::string(32, 'p');
        accounts_settings.bcrypt_cost = 4;
        accounts_settings.first_plan = "studio";
        registry = std::make_unique<accounts::Registry>(*database, accounts_settings);
        sender = mail::file_sender(folder + "/outbox").value();
    }
    Tools tools() const { return {*database, *objects, *plans, *registry, *sender, marks}; }

    std::unique_ptr<store::Database> database;
    std::unique_ptr<store::Objects> objects;
    std::unique_ptr<billing::PlanBook> plans;
    std::unique_ptr<accounts::Registry> registry;
    std::unique_ptr<mail::Sender> sender;
    watermark::KeyRing marks{std::string(32, 'w'), 1};
};

inline Settings settings_with(std::function<base::Result<std::unique_ptr<engine::Engine>>()> make_engine) {
    Settings settings;
    settings.id = "test-" + std::to_string(::getpid());
    settings.make_engine = std::move(make_engine);
    return settings;
}

// A worker at work until it goes out of scope.
class AtWork {
  public:
    explicit AtWork(const House& house, Settings settings = settings_with(real_engine))
        : worker_(Worker::open(std::move(settings), house.tools()).value()),
          thread_([this] { worker_->run(); }) {}
    ~AtWork() { stop(); }
    void stop() {
        worker_->stop();
        if (thread_.joinable()) thread_.join();
    }

  private:
    std::unique_ptr<Worker> worker_;
    std::thread thread_;
};

class Work : public testing::TestWithParam<store::Dialect> {
  protected:
    void SetUp() override {
        house_.emplace(fresh_.address(), folder());
        engine_ = real_engine().value();
        runs_.engine_version = engine_->version();
        account_ = accounts::make_administrator(*house_->registry, "someone@example.com", "Someone",
                                                "a long enough passphrase 7")
                       .value()
                       .id;
    }
    const std::string& folder() const { return fresh_.folder(); }
    store::Database& database() { return *house_->database; }

    static music::SongRequest request(double seconds = 12, std::uint64_t seed = 5) {
        music::SongRequest request;
        request.prompt = "calm piano and strings, 90 bpm";
        request.duration_seconds = seconds;
        request.seed = seed;
        return request;
    }
    std::string order(const music::SongRequest& request) {
        const auto draft = library::draft(request);
        const auto ordered = database().write([&](Transaction& t) {
            return library::order(t, account_, *house_->plans->current(), "studio", draft.value(), runs_);
        });
        EXPECT_TRUE(ordered.has_value()) << ordered.error().tell_user << ordered.error().tell_log;
        return ordered ? ordered->song_id : "";
    }
    library::Song song(const std::string& id) {
        return database().read([&](Transaction& t) { return library::get(t, account_, id); }).value();
    }
    // The ids of the marks that are in an object.
    std::vector<std::string> marks_in(const std::string& key, const std::string& ending = ".flac") {
        std::vector<std::string> ids;
        const watermark::Features features = watermark::extract(heard(key, ending));
        for (const watermark::FoundMark& mark : watermark::detect(features, house_->marks).marks)
            ids.push_back(watermark::id_text(mark.id));
        return ids;
    }
    // Looks after every event, at most so long.
    bool wait_until(const std::function<bool()>& true_now, std::chrono::seconds at_most = 90s) {
        const auto until = std::chrono::steady_clock::now() + at_most;
        for (;;) {
            const std::uint64_t seen = database().signals(jobs::kEventChannel);
            if (true_now()) return true;
            if (std::chrono::steady_clock::now() >= until) return false;
            database().wait(jobs::kEventChannel, seen, 200ms);
        }
    }
    bool wait_for(const std::string& id, library::SongState state) {
        return wait_until([&] { return song(id).state == state; });
    }
    bool wait_for_progress(const std::string& id) {
        return wait_until([&] { return !events_of("progress", id).empty(); });
    }
    std::vector<nlohmann::json> events_of(const std::string& kind, const std::string& id) {
        std::vector<nlohmann::json> found;
        const auto events = jobs::events_of(database(), account_, {}, 1000).value();
        for (const jobs::Event& event : events) {
            const auto body = nlohmann::json::parse(event.body);
            if (event.kind == kind && body["id"] == id) found.push_back(body);
        }
        return found;
    }
    jobs::Claim claim() {
        jobs::Claimer claimer{"other", {std::string(library::kMakeSong)}, {{"embedded", engine_->version()}}};
        auto claimed = jobs::claim(database(), claimer).value();
        EXPECT_TRUE(claimed.has_value());
        return claimed.value_or(jobs::Claim{});
    }
    void run_out(const std::string& job_id) {
        ASSERT_EQ(database().execute("UPDATE jobs SET lease_until_at = now_ms() - 1 WHERE id = ?", {job_id}),
                  1);
    }
    billing::Usage usage() {
        return billing::usage(database(), account_, *house_->plans->current()->find("studio")).value();
    }
    std::string object(const std::string& key) { return read_small(*house_->objects, key).value(); }
    audio::StereoBuffer heard(const std::string& key, const std::string& ending = ".flac") {
        const std::string path = folder() + "/heard" + ending;
        fs::remove(path);
        EXPECT_TRUE(fetch(*house_->objects, key, path)) << key;
        return codec::read_audio(path).value();
    }
    // The ledger adds up, and no half file lies about.
    void expect_clean() {
        EXPECT_EQ(billing::audit_ledger(database()).value(), std::vector<std::string>{});
        EXPECT_EQ(house_->objects->sweep_scratch(0).value(), 0) << "scratch files were left";
    }

    store::FreshDatabase fresh_{GetParam()};
    std::string account_;
    std::optional<House> house_;
    std::unique_ptr<engine::Engine> engine_;
    library::Runs runs_;
};
// An engine that does something on the way, and then what the real one does.
class Meddling : public engine::Engine {
  public:
    explicit Meddling(std::function<base::Status()> meddle) : meddle_(std::move(meddle)) {}
    std::string name() const override { return real_->name(); }
    std::string version() const override { return real_->version(); }
    std::string sounds_hash() const override { return real_->sounds_hash(); }
    base::Result<engine::Rendering> render(const music::Plan& plan, engine::WantStems stems,
                                           const engine::Progress& progress,
                                           const engine::Cancellation& cancellation) override {
        TRY_VOID(meddle_());
        return real_->render(plan, stems, progress, cancellation);
    }

  private:
    std::function<base::Status()> meddle_;
    std::unique_ptr<engine::Engine> real_ = real_engine().value();
};

}  // namespace mmx::work
