// The journey on one page: a request becomes a finished song.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "codec/codec.h"
#include "engine/engine.h"
#include "master/master.h"
#include "music/plan.h"
#include "music/song_request.h"
#include "produce/mark.h"

namespace mmx::produce {

// The finished song, still in memory: callers write it where and as they like.
struct Song {
    music::Plan plan;             // what was decided, the composer's choices included
    engine::Rendering rendering;  // score and stems; the premaster only when it was to be kept
    audio::StereoBuffer master;
    master::Report mastering;
    std::string engine, engine_version, sounds_hash;
    // Of the master before it was marked (codec::hash_samples), the same on every machine: what a remake is
    // compared with.
    std::string samples_sha256;
    // Of a marked song: its id, and the hash of the samples as they leave.
    std::optional<std::uint64_t> mark_id;
    std::string marked_sha256;
    double silent_seconds = 0;  // of the master; these bear no mark
};

struct Options {
    engine::WantStems stems = engine::WantStems::no;
    bool keep_premaster = false;
    // What leaves bears a mark: master, stems and premaster. Only tests go without.
    std::optional<Mark> mark;
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
