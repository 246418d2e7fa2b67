// How accounts, songs and times look in JSON: one shape each, wherever they appear.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "accounts/registry.h"
#include "accounts/sessions.h"
#include "api/json_text.h"
#include "library/renditions.h"
#include "library/song.h"

namespace mmx::api {

// "2031-05-04T12:00:00.000Z"; null for 0.
nlohmann::ordered_json time_text(std::int64_t at_ms);
nlohmann::ordered_json to_json(const accounts::Account& account);
nlohmann::ordered_json to_json(const accounts::Session& session);
void write(JsonText& json, const library::Summary& song);
nlohmann::ordered_json to_json(const library::Song& song);  // with its record
nlohmann::ordered_json to_json(const library::Rendition& rendition);
// Text that is JSON already; null when it is empty or broken.
nlohmann::ordered_json parsed_or_null(const std::string& json);

}  // namespace mmx::api
