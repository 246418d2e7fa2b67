// Ordering songs: from a request to a row, a reservation and a job, in one transaction.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "billing/plans.h"
#include "music/plan.h"
#include "music/song_request.h"
#include "store/database.h"

namespace mmx::library {

// What this release makes songs with.
struct Runs {
    std::string engine = "embedded";
    std::string engine_version;
};

// A request that was checked and read, before anything is stored.
struct Draft {
    music::SongRequest request;  // `seed` is given
    music::Plan plan;            // the reading: prompt::understand
};
// Validates, draws a seed where none is given, and reads the prompt. Pure but for the seed; some milliseconds
// (the first call builds an index): call it before the transaction. Errors name the field.
base::Result<Draft> draft(music::SongRequest request);

// What the words were taken to mean, as JSON: {"genre", "bpm", "key", "time_signature", "duration_seconds",
// "ending", "title", "instruments", "instrumental", "decisions": [{"field", "value", "because"}],
// "not_understood": [], "substitutions": [{"asked", "given"}], "messages": []}.
std::string reading_json(const music::Plan& plan);

struct Estimate {
    std::int64_t duration_ms = 0;
    std::int64_t storage_bytes = 0;  // about what its FLAC will take
    std::int64_t cost_credits = 0;
    // What remains before this song is ordered.
    std::int64_t credits_left = 0;
    std::int64_t today_left = 0, month_left = 0;
    std::int64_t storage_left_bytes = 0;
    std::string refusal;  // why an order would be refused now, or empty
};
base::Result<Estimate> estimate(store::Database& database, const std::string& account_id,
                                const billing::Plans& plans, std::string_view plan_id, const Draft& draft);

struct Ordered {
    std::string song_id, job_id;
};
// The plan's longest song and storage are checked, credits and counts reserved, the song and its job
// ("make_song") stored, and a "song" event appended: all or nothing. Errors: invalid_request (field
// "duration_seconds", "engine"), over_quota. The caller commits.
base::Result<Ordered> order(store::Transaction& transaction, const std::string& account_id,
                            const billing::Plans& plans, std::string_view plan_id, const Draft& draft,
                            const Runs& runs, const std::string& parent_id = {});

// The same request with a new seed, as a song of its own (P04); it costs what a song costs.
// Kind::not_found as in get().
base::Result<Draft> variation_draft(store::Database& database, const std::string& account_id,
                                    const std::string& song_id);

// Makes a ready or archived song again from its stored record, without credits, at most `kRemakesPerDay` a
// day and account (Kind::too_many). Kind::conflict: it is already being made, was never made, or its engine
// version is not the one this release runs and `newer_engine` is not `accepted` (the message says so).
enum class NewerEngine { not_accepted, accepted };
inline constexpr int kRemakesPerDay = 20;
base::Result<Ordered> regenerate(store::Transaction& transaction, const std::string& account_id,
                                 const billing::Plan& plan, const std::string& song_id, const Runs& runs,
                                 NewerEngine newer_engine);

// Queued: cancelled at once and given back. Being made: asked to stop; the worker's cancelled() follows.
// Kind::conflict when there is nothing to cancel.
base::Status cancel(store::Transaction& transaction, const std::string& account_id,
                    const std::string& song_id);

}  // namespace mmx::library
