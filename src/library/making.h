// A song's way through the worker: each change of state is one transaction with the job's end and the
// credits' fate, and holds only while the worker's claim on the job does.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "jobs/queue.h"
#include "library/song.h"
#include "music/record_json.h"
#include "music/song_request.h"
#include "store/database.h"
#include "store/objects.h"

namespace mmx::library {

inline constexpr std::string_view kMakeSong = "make_song";  // the kind of job; its subject is the song

// What the worker needs to make the song.
struct Making {
    Song song;
    music::SongRequest request;  // with its seed
    ObjectKeys keys;  // where to put the objects: the same at every attempt, so that a second run overwrites
    bool remake = false;
};

// What came out. The objects must have been put under Making::keys before; peaks, score, MIDI and LRC are
// optional: a key that was not put reads as not found.
struct Made {
    music::StoredRecord record;  // engine, hashes and time filled in
    std::int64_t duration_ms = 0;
    store::ObjectInfo audio;
};

// All take the claim as the queue gave it. Kind::conflict when it holds no more (lease over, or the job
// was taken away): nothing changes then, and what was put is swept. Each appends a "song" event.

// State making. Kind::cancelled when the song is gone or was cancelled: end it with failed().
base::Result<Making> begin(store::Transaction& transaction, const jobs::Claim& claim);
// State ready; the reservation is committed; storage is counted; a remake is compared with the samples that
// were; the former audio and all renditions go; archiving is queued when the plan's storage is passed.
base::Status ready(store::Transaction& transaction, const jobs::Claim& claim, const Made& made,
                   std::int64_t plan_storage_bytes);
// Ends the attempt with jobs::fail() and says what became of the job. queued: it will be tried again and the
// song is queued again. failed, dead: the reservation is given back and the song failed (a remake leaves the
// song as it was, with the reason). cancelled (Kind::cancelled, or the account had asked): given back too.
base::Result<jobs::State> failed(store::Transaction& transaction, const jobs::Claim& claim,
                                 const base::Error& error);
// A worker that stops: jobs::give_back(), and the song is queued again.
base::Status given_back(store::Transaction& transaction, const jobs::Claim& claim);

// Jobs that changed without their worker (jobs::reap, cancel, cancel_all, replay), songs' and renditions'
// alike, in the same transaction; other kinds are left alone. A replay lets the song pass without credits.
base::Status settle(store::Transaction& transaction, const jobs::Touched& touched);

}  // namespace mmx::library
