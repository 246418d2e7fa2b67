// Workers that are stopped, killed or left behind.
#include "work/worker.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <functional>
#include <utility>

#include "base/secrets.h"
#include "library/edit.h"
#include "work/chores.h"
#include "work/jobs.h"
#include "work/test_house.h"

extern char** environ;

namespace mmx::work {
namespace {

class Workers : public Work {};
INSTANTIATE_TEST_SUITE_P(On, Workers, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(Workers, P52_Who_lost_the_lease_cannot_finish) {
    const std::string id = order(request());
    const jobs::Claim first = claim();
    std::optional<jobs::Claim> second;
    // While the first is playing, its lease runs out and another takes the job.
    Meddling engine([&]() -> base::Status {
        run_out(first.job_id);
        TRY_VOID(reap(database()));
        TRY_VOID(database().execute("UPDATE jobs SET run_after_at = 0 WHERE id = ?", {first.job_id}));
        second = claim();
        return {};
    });
    {
        Lease lease(database(), first, id);
        const auto status = make_song(house_->tools(), engine, lease);
        ASSERT_FALSE(status.has_value());
        const auto ended = end_badly(house_->tools(), lease, status.error());
        EXPECT_TRUE(ended.has_value() || ended.error().kind == base::Kind::conflict);
    }
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(song(id).state, library::SongState::queued) << "nothing was changed";
    EXPECT_EQ(jobs::find(database(), first.job_id).value()->state, jobs::State::running);
    Lease lease(database(), *second, id);
    ASSERT_TRUE(make_song(house_->tools(), *engine_, lease));
    EXPECT_EQ(song(id).state, library::SongState::ready);
    EXPECT_EQ(base::to_hex(base::sha256(object(library::keys_in(song(id).objects).audio))),
              song(id).audio_sha256);
    expect_clean();
}

// Objects whose first put is held up while something happens.
class HeldUp : public store::Objects {
  public:
    HeldUp(store::Objects& objects, std::function<void()> meanwhile)
        : objects_(objects), meanwhile_(std::move(meanwhile)) {}
    std::string scratch_path(std::string_view suffix) override { return objects_.scratch_path(suffix); }
    base::Result<store::ObjectInfo> put_file(const std::string& key, const std::string& path) override {
        return objects_.put_file(key, path);
    }
    base::Result<store::ObjectInfo> put(const std::string& key, std::string_view bytes) override {
        if (const auto now = std::exchange(meanwhile_, nullptr)) now();
        return objects_.put(key, bytes);
    }
    base::Result<std::unique_ptr<store::ObjectReader>> open(const std::string& key) override {
        return objects_.open(key);
    }
    base::Status remove(const std::string& key) override { return objects_.remove(key); }
    base::Result<std::vector<std::string>> list(const std::string& prefix) override {
        return objects_.list(prefix);
    }
    base::Result<std::string> place_id() override { return objects_.place_id(); }
    base::Result<int> sweep_scratch(std::int64_t seconds) override { return objects_.sweep_scratch(seconds); }

  private:
    store::Objects& objects_;
    std::function<void()> meanwhile_;
};

TEST_P(Workers, P52_What_is_written_after_the_song_was_deleted_and_swept_is_removed_too) {
    const std::string id = order(request());
    const jobs::Claim late = claim();
    const std::string folder = song(id).making_objects;
    // As it begins to write, its lease runs out, the song is deleted, and its folder swept.
    HeldUp objects(*house_->objects, [&] {
        run_out(late.job_id);
        ASSERT_TRUE(reap(database()));
        ASSERT_TRUE(database().write([&](Transaction& t) { return library::remove(t, account_, id); }));
        ASSERT_TRUE(database().execute("UPDATE object_deletions SET due_at = 0"));
        ASSERT_TRUE(library::sweep_deletions(database(), *house_->objects));
    });
    {
        Lease lease(database(), late, id);
        const Tools all = house_->tools();
        const Tools tools{all.database, objects, all.plans, all.registry, all.sender, all.marks};
        ASSERT_FALSE(make_song(tools, *engine_, lease).has_value());
    }
    ASSERT_FALSE(house_->objects->list(folder + "/").value().empty()) << "it wrote, and nobody owns that";
    const auto deletions = [&] {
        return database().query("SELECT key FROM object_deletions").value().size();
    };
    ASSERT_EQ(deletions(), 0u);
    AtWork worker(*house_);
    ASSERT_TRUE(wait_until([&] { return deletions() == 1; }, 30s));
    ASSERT_TRUE(
        database().execute("UPDATE object_deletions SET due_at = due_at - ?", {library::kOrphanStays_ms}));
    ASSERT_TRUE(wait_until([&] {
        EXPECT_TRUE(database().execute("UPDATE jobs SET run_after_at = 0 WHERE kind = 'sweep_deletions'"));
        return house_->objects->list(folder + "/").value().empty();
    }));
    worker.stop();
    expect_clean();
}

TEST_P(Workers, P52_A_stopped_worker_hands_its_song_back) {
    const std::string id = order(request(300));
    {
        AtWork worker(*house_);
        ASSERT_TRUE(wait_for_progress(id));
        const auto asked = std::chrono::steady_clock::now();
        worker.stop();
        EXPECT_LT(std::chrono::steady_clock::now() - asked, 30s);
    }
    EXPECT_EQ(song(id).state, library::SongState::queued);
    const auto job = jobs::find_by_subject(database(), account_, id).value();
    ASSERT_TRUE(job.has_value());
    EXPECT_EQ(job->state, jobs::State::queued);
    EXPECT_EQ(job->attempts, 0);
    expect_clean();
}

TEST_P(Workers, P52_After_a_kill_another_worker_finishes_the_song) {
    const std::int64_t credits_before = usage().credits;
    const std::string id = order(request(100));
    std::string self = fs::read_symlink("/proc/self/exe");
    std::vector<std::string> variables = {"MMX_TEST_WORKER=" + fresh_.address(),
                                          "MMX_TEST_FOLDER=" + folder()};
    for (char** variable = environ; *variable != nullptr; ++variable) variables.emplace_back(*variable);
    std::vector<char*> environment;
    for (std::string& variable : variables) environment.push_back(variable.data());
    environment.push_back(nullptr);
    char* arguments[] = {self.data(), nullptr};
    pid_t child = 0;
    ASSERT_EQ(::posix_spawn(&child, self.c_str(), nullptr, nullptr, arguments, environment.data()), 0);
    const bool began = wait_for_progress(id);
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(began);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it was killed while it worked";
    ASSERT_EQ(song(id).state, library::SongState::making);

    // A minute later, as far as the database can tell.
    run_out(jobs::find_by_subject(database(), account_, id).value()->id);
    ASSERT_TRUE(reap(database()));
    EXPECT_EQ(song(id).state, library::SongState::queued);
    ASSERT_TRUE(database().execute("UPDATE jobs SET run_after_at = 0 WHERE subject = ?", {id}));
    const AtWork worker(*house_);
    ASSERT_TRUE(wait_for(id, library::SongState::ready));
    EXPECT_EQ(usage().credits, credits_before - 2);
    EXPECT_EQ(usage().day.used, 1);
    EXPECT_EQ(billing::audit_ledger(database()).value(), std::vector<std::string>{});
    ASSERT_TRUE(house_->objects->sweep_scratch(0));
    EXPECT_EQ(house_->objects->sweep_scratch(0).value(), 0);
    EXPECT_EQ(base::to_hex(base::sha256(object(library::keys_in(song(id).objects).audio))),
              song(id).audio_sha256);
}

}  // namespace

int run_as_child(const char* address, const char* folder) {
    const House house(address, folder);
    Worker::open(settings_with(real_engine), house.tools()).value()->run();
    return 0;
}

}  // namespace mmx::work

// The program is also the worker that one test kills.
int main(int argc, char** argv) {
    const char* address = std::getenv("MMX_TEST_WORKER");
    const char* folder = std::getenv("MMX_TEST_FOLDER");
    if (address != nullptr && folder != nullptr) return mmx::work::run_as_child(address, folder);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
