// The texts of lyrics/ as our own composer sets them: words, prompt and voice in, a score out.
#pragma once

#include <string>

#include "music/score.h"

namespace mmx::voice::testing {

// One text as a song of the style that `prompt` names.
music::Score compose_song(const std::string& path, const std::string& prompt, const std::string& voice,
                          std::uint64_t seed);

}  // namespace mmx::voice::testing
