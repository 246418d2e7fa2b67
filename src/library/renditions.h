// Renditions: other formats and stems of a ready song, made when asked for and kept within a bound.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "jobs/queue.h"
#include "store/database.h"
#include "store/objects.h"

namespace mmx::library {

inline constexpr std::string_view kMakeRendition = "make_rendition";  // the kind of job

enum class RenditionState { queued, making, ready, failed };
std::string_view rendition_state_name(RenditionState state);

// "wav", "mp3_v0", "mp3_320", "opus", "stems".
inline constexpr std::int64_t kFailureStays_ms = 60'000;
bool is_rendition(std::string_view what);

struct Rendition {
    std::string id;  // the subject of its job
    std::string song_id, what;
    RenditionState state = RenditionState::queued;
    std::string objects;  // its folder: "<objects>/song.mp3", "<objects>/stems/<name>.flac"
    std::int64_t bytes = 0;
    std::string contents_json;  // of stems: their names, as finished() was told
    std::string error_user;
    std::string remark;  // of a ready one: what its owner should know of it; usually empty
    std::int64_t made_at = 0, last_used_at = 0;
};
// "<objects>/song.mp3": where the one file of a rendition that is not stems lies.
std::string rendition_key(const Rendition& rendition);
std::string stem_key(const Rendition& rendition, std::string_view stem_id);
std::string stems_zip_key(const Rendition& rendition);

// Ready: counts as used now. Otherwise one job is queued, however often it is asked for (a failed one is
// tried again once a minute has passed). Kind::conflict when the song has no audio (archived: make it again
// first), not_found as in get().
base::Result<Rendition> request_rendition(store::Transaction& transaction, const std::string& account_id,
                                          const std::string& song_id, std::string_view what,
                                          int parallel_jobs);
// What is there, without queueing anything.
base::Result<std::optional<Rendition>> find_rendition(store::Transaction& transaction,
                                                      const std::string& account_id,
                                                      const std::string& song_id, std::string_view what);

// The worker's, fenced by the claim as in making.h; given_back() there and settle() serve renditions too.
// Kind::cancelled from begin: song or rendition is gone.
base::Result<Rendition> begin_rendition(store::Transaction& transaction, const jobs::Claim& claim);
base::Status finish_rendition(store::Transaction& transaction, const jobs::Claim& claim, std::int64_t bytes,
                              std::string_view contents_json = {}, std::string_view remark = {});
base::Result<jobs::State> fail_rendition(store::Transaction& transaction, const jobs::Claim& claim,
                                         const base::Error& error);

// Marks it as used; while used within the last `kInUse_ms`, it is not evicted.
base::Status touch_rendition(store::Database& database, const std::string& rendition_id);
inline constexpr std::int64_t kInUse_ms = 15 * 60 * 1000;

// Least recently used first, until all renditions of the server take at most `bound_bytes`; says how many
// went.
base::Result<int> evict_renditions(store::Database& database, std::int64_t bound_bytes);

}  // namespace mmx::library
