// The journey on one page: a request becomes a finished song.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "codec/codec.h"
#include "engine/engine.h"
#include "master/master.h"
#include "music/plan.h"
#include "music/song_request.h"

namespace mmx::produce {

// The finished song, still in memory: callers write it where and as they like.
struct Song {
    music::Plan plan;             // what was decided, the composer's choices included
    engine::Rendering rendering;  // score and stems; the premaster only when it was to be kept
    audio::StereoBuffer master;
    master::Report mastering;
    std::string engine, engine_version, sounds_hash;
    std::string samples_sha256;  // of the master (codec::hash_samples): what a remake is compared with
};

struct Options {
    engine::WantStems stems = engine::WantStems::no;
    bool keep_premaster = false;
};

// The request must be valid and carry a seed. Any thread; the engine may use more of its own.
base::Result<Song> produce_song(const music::SongRequest& request, engine::Engine& engine,
                                const Options& options, const engine::Progress& progress,
                                const engine::Cancellation& cancellation);

// The score as a Standard MIDI File; empty when the engine gave no score.
std::vector<std::uint8_t> song_midi(const Song& song);
// Tags (title, tempo, key, genre, what made it) and a cue point for every section.
codec::FileInfo file_info(const Song& song);

}  // namespace mmx::produce
