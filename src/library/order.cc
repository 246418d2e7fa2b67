#include "library/order.h"

#include "base/secrets.h"
#include "billing/usage.h"
#include "jobs/queue.h"
#include "library/making.h"
#include "library/refusals.h"
#include "library/rows.h"
#include "library/song_row.h"
#include "library/words.h"
#include "music/record_json.h"

namespace mmx::library {
namespace {

jobs::NewJob making_job(const std::string& account_id, const std::string& song_id, const Runs& runs,
                        int parallel) {
    jobs::NewJob job;
    job.kind = kMakeSong;
    job.unique_key = "song:" + song_id;
    job.account_id = account_id;
    job.subject = song_id;
    job.engine = runs.engine;
    job.engine_version = runs.engine_version;
    job.parallel = parallel;
    return job;
}

base::Status insert_song(store::Transaction& transaction, const std::string& account_id,
                         const std::string& song_id, const Draft& draft, const Runs& runs,
                         const std::string& parent_id) {
    const music::Plan& plan = draft.plan;
    const store::Rows rows = TRY(transaction.query(
        "INSERT INTO songs (id, account_id, state, title, title_key, genre, bpm, musical_key, metre, "
        "duration_ms, "
        "generation_id, seed, engine, engine_version, making_objects, parent_id, created_at, updated_at, "
        "prompt, "
        "lyrics, request) "
        "VALUES (?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now_ms(), now_ms(), ?, ?, ?) "
        "RETURNING seq",
        {song_id, account_id, plan.title, title_key(plan.title), plan.genre, plan.bpm,
         plan.key ? plan.key->name() : "none", plan.metre.name(), planned_ms(draft),
         base::to_hex(base::random_bytes(8)), std::to_string(*draft.request.seed), runs.engine,
         runs.engine_version, new_folder("songs"), parent_id, draft.request.prompt, draft.request.lyrics,
         music::write_request(draft.request)}));
    return index_song(transaction, rows.at(0).integer(0));
}

// Counts this remake in the account's day; Kind::too_many when the day is full.
base::Status count_remake(store::Transaction& transaction, const std::string& account_id) {
    constexpr std::int64_t kDay_ms = 24 * 60 * 60 * 1000;
    TRY_VOID(account_number(transaction, account_id));
    const std::int64_t now = TRY(now_ms(transaction));
    const std::int64_t counted = TRY(transaction.execute(
        "UPDATE library_accounts SET remakes = CASE WHEN remake_day = ? THEN remakes + 1 ELSE 1 END, "
        "remake_day = ? WHERE account_id = ? AND (remake_day <> ? OR remakes < ?)",
        {now / kDay_ms, now / kDay_ms, account_id, now / kDay_ms, kRemakesPerDay}));
    if (counted == 0)
        return base::fail_for_now(base::Kind::too_many,
                                  "Songs can be made again " + std::to_string(kRemakesPerDay) +
                                      " times a day; try again tomorrow (UTC).",
                                  {}, static_cast<int>((kDay_ms - now % kDay_ms) / 1000 + 1));
    return {};
}

base::Status check_remake(const Song& song, const Runs& runs, NewerEngine newer_engine) {
    using base::Kind;
    if (song.state == SongState::queued || song.state == SongState::making)
        return base::fail(Kind::conflict, "This song is being made already.");
    if (song.record_json.empty())
        return base::fail(Kind::conflict,
                          "This song was never made, so it cannot be made again; order it anew.");
    if (song.engine != runs.engine)
        return base::fail(Kind::conflict, "This song was made by the engine " + song.engine +
                                              ", which does not run here now.");
    if (song.engine_version != runs.engine_version && newer_engine != NewerEngine::accepted)
        return base::fail(Kind::conflict,
                          "This song was made by version " + song.engine_version +
                              " of the engine; version " + runs.engine_version +
                              " runs now, and it may sound different. Confirm to make it with that one.");
    return {};
}

}  // namespace

base::Result<Ordered> order(store::Transaction& transaction, const std::string& account_id,
                            const billing::Plans& plans, std::string_view plan_id, const Draft& draft,
                            const Runs& runs, const std::string& parent_id) {
    const billing::Plan& plan = plans.of(plan_id);
    TRY_VOID(check_plan(plan, draft));
    if (draft.request.engine != runs.engine)
        return base::fail_field("engine", "engine: " + draft.request.engine + " does not run here; \"" +
                                              runs.engine + "\" is allowed");
    Ordered ordered;
    ordered.song_id = base::random_id();
    TRY_VOID(billing::reserve(transaction, account_id, plan, ordered.song_id,
                              plans.cost(draft.plan.duration_seconds)));
    TRY_VOID(account_number(transaction, account_id));
    TRY_VOID(insert_song(transaction, account_id, ordered.song_id, draft, runs, parent_id));
    ordered.job_id =
        TRY(jobs::enqueue(transaction, making_job(account_id, ordered.song_id, runs, plan.parallel_jobs)));
    TRY_VOID(tell_song(transaction, ordered.song_id));
    return ordered;
}

base::Result<Draft> variation_draft(store::Database& database, const std::string& account_id,
                                    const std::string& song_id) {
    const Song song = TRY(database.read([&](store::Transaction& t) { return get(t, account_id, song_id); }));
    music::SongRequest request = TRY(music::parse_record(song.request_json));
    request.seed.reset();
    return draft(std::move(request));
}

base::Result<Ordered> regenerate(store::Transaction& transaction, const std::string& account_id,
                                 const billing::Plan& plan, const std::string& song_id, const Runs& runs,
                                 NewerEngine newer_engine) {
    const Song song = TRY(get_locked(transaction, account_id, song_id));
    TRY_VOID(check_remake(song, runs, newer_engine));
    TRY_VOID(count_remake(transaction, account_id));
    TRY_VOID(
        transaction.execute("UPDATE songs SET state = 'queued', making_objects = ?, error_user = '', "
                            "remake_exact = NULL, updated_at = now_ms() WHERE seq = ?",
                            {new_folder("songs"), song.seq}));
    TRY_VOID(index_song(transaction, song.seq));
    Ordered ordered;
    ordered.song_id = song_id;
    ordered.job_id =
        TRY(jobs::enqueue(transaction, making_job(account_id, song_id, runs, plan.parallel_jobs)));
    TRY_VOID(tell_song(transaction, song_id));
    return ordered;
}

base::Status cancel(store::Transaction& transaction, const std::string& account_id,
                    const std::string& song_id) {
    const Song song = TRY(get_locked(transaction, account_id, song_id));
    const std::vector<jobs::Touched> touched = TRY(jobs::cancel(transaction, account_id, song_id));
    if (touched.empty())
        return base::fail(base::Kind::conflict, "There is nothing to cancel: this song is " +
                                                    std::string(state_name(song.state)) + ".");
    for (const jobs::Touched& job : touched) TRY_VOID(settle(transaction, job));
    return {};
}

}  // namespace mmx::library
