// The tags that every file of a song bears, whoever writes it and when.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace mmx::produce {

struct Told {
    std::string title, genre;
    double bpm = 0;
    std::string key;  // "D minor" or "none"
    std::string engine_version;
};
// By Vorbis comment names.
std::vector<std::pair<std::string, std::string>> tags(const Told& told);

}  // namespace mmx::produce
