// What is kept of a finished song.
#pragma once

#include <string>

#include "music/record_json.h"
#include "produce/produce.h"

namespace mmx::produce {

// With engine, hashes and the true length filled in. created_at: see now_as_text().
music::StoredRecord stored_record(const music::SongRequest& request, const Song& song,
                                  std::string created_at);
// "2031-05-04T12:00:00Z"
std::string now_as_text();

// The tags and cue points of a song of which only the record and the score are at hand: those of
// file_info(). `score_json` as music::score_to_json wrote it; empty: no cue points.
codec::FileInfo file_info(const music::StoredRecord& record, const std::string& title,
                          const std::string& score_json, int sample_rate);

}  // namespace mmx::produce
