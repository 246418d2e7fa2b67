// The mark in the journey: after the loudness, before the last word on peaks.
#pragma once

#include <cstdint>
#include <optional>

#include "audio/buffer.h"
#include "master/master.h"
#include "music/song_request.h"
#include "watermark/embed.h"
#include "watermark/keys.h"

namespace mmx::produce {

// Whose mark a song bears. Without an id it is a keyed function of the request, so that the same record gives
// the same file.
struct Mark {
    const watermark::Key* key = nullptr;  // outlives the call
    std::optional<std::uint64_t> id;
};
std::uint64_t id_of(const Mark& mark, const music::SongRequest& request);

struct Marked {
    watermark::EmbedReport embedding;
    audio::Loudness loudness;  // measured with the mark
};

// Marks a finished master in place and brings its peaks back under the ceiling (in dBTP), which a mark may
// pass by a decibel. Any rate from 8 to 192 kHz; the same bits every time. Any thread.
Marked mark_master(audio::StereoBuffer& sound, double ceiling_dbtp, master::Seam seam,
                   const watermark::Key& key, std::uint64_t id);

}  // namespace mmx::produce
