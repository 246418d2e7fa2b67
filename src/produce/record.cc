#include "produce/record.h"

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/maths.h"
#include "produce/tags.h"

namespace mmx::produce {

music::StoredRecord stored_record(const music::SongRequest& request, const Song& song,
                                  std::string created_at) {
    music::StoredRecord record = music::record_of(request, song.plan);
    record.decided.duration_seconds = static_cast<double>(song.master.frames()) / song.master.sample_rate;
    record.engine = song.engine;
    record.engine_version = song.engine_version;
    record.sounds_hash = song.sounds_hash;
    record.samples_sha256 = song.samples_sha256;
    record.created_at = std::move(created_at);
    return record;
}

std::string now_as_text() {
    const std::time_t now = std::time(nullptr);
    std::tm utc = {};
    gmtime_r(&now, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

codec::FileInfo file_info(const music::StoredRecord& record, const std::string& title,
                          const std::string& score_json, int sample_rate) {
    const music::SongRequest& decided = record.decided;
    codec::FileInfo info;
    info.tags =
        tags({title, record.asked_genre.empty() ? record.genre : record.asked_genre, decided.bpm.value_or(0),
              decided.key && decided.key->key ? decided.key->key->name() : "none", record.engine_version});
    const auto score = nlohmann::json::parse(score_json, nullptr, /*allow_exceptions=*/false);
    if (!score.is_object() || !score.contains("sections") || !score["sections"].is_array()) return info;
    for (const auto& section : score["sections"]) {
        if (!section.is_object()) continue;
        const auto start = section.find("start_seconds"), label = section.find("label");
        if (start == section.end() || !start->is_number() || label == section.end() || !label->is_string())
            continue;
        const double frame = base::floor(start->get<double>() * sample_rate + 0.5);
        info.cues.push_back({static_cast<std::uint64_t>(std::max(frame, 0.0)), label->get<std::string>()});
    }
    return info;
}

}  // namespace mmx::produce
