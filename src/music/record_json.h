// The record as JSON: what was asked, what was decided, and all that is needed to make the song again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "music/plan.h"
#include "music/song_request.h"

namespace mmx::music {

// What is kept of a song. A song is a function of `request` (its seed included) and the engine's version;
// the rest tells what came out and lets a remake say whether it is exact.
struct StoredRecord {
    SongRequest request;  // as asked; `seed` is always given
    SongRequest decided;  // the same with nothing left open: title, bpm, key, metre, duration, ending ...
    std::string genre;    // style id
    std::string asked_genre;
    std::vector<Decision> decisions;
    std::vector<std::string> not_understood;
    std::vector<Substitution> substitutions;
    std::vector<std::string> messages;
    std::string engine, engine_version, sounds_hash;
    std::string samples_sha256;
    std::string created_at;  // ISO 8601, UTC: "2031-05-04T12:00:00Z"
};

// Reads a request, strictly: unknown and repeated fields, wrong types, numbers out of range, more than 128 KB
// or nesting deeper than 8 are refused with a message that names the field. Takes a plain request or a stored
// record (whose `request` it gives back).
base::Result<SongRequest> parse_record(std::string_view json);
// The fields that were given, and the two with fixed defaults left out when they have them.
std::string write_request(const SongRequest& request);

base::Result<StoredRecord> parse_stored_record(std::string_view json);
std::string write_stored_record(const StoredRecord& record);

// Fills in everything but engine, hashes and time.
StoredRecord record_of(const SongRequest& request, const Plan& plan);
// The plan's decisions as a request with nothing left open.
SongRequest decided_request(const SongRequest& request, const Plan& plan);

}  // namespace mmx::music
