// genre.toml: what the prompt reader needs to know of a genre.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "music/key.h"
#include "music/metre.h"

namespace toml {
inline namespace v3 {
class table;
}
}  // namespace toml

namespace mmx::style {

struct GenreStyle {
    std::string name;    // "lo-fi hip hop"
    std::string family;  // "electronic", "jazz", "rock" ...: acceptance ranges are kept by family
    double bpm_low = 80, bpm_high = 120, bpm_usual = 100;  // counts Metre::beat()
    std::vector<music::Metre> metres;                      // first is the usual one
    std::vector<music::Mode> major_modes, minor_modes;  // in order of preference, for bright and dark moods
    double minor_share = 0.5;                           // how often the genre is minor when nothing is said
    double swing = 0;                                   // 0-1
    bool swings_sixteenths = false;
    double energy = 0.5;
    double duration_seconds = 150;  // when nothing is said
    bool has_drums = true;
};

base::Result<GenreStyle> read_genre_style(const toml::table& table);

}  // namespace mmx::style
