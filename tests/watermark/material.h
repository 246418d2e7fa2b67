// Sound to try marks on: the engine's own songs without a mark, and files cut into clips.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "audio/buffer.h"
#include "base/random.h"
#include "base/result.h"
#include "engine/engine.h"

namespace mmx::watermark {

// One prompt for each of the engine's genres and some that ask for more than one.
const std::vector<std::string>& prompts();

class Songs {
  public:
    static base::Result<Songs> open();
    // Mastered, 48 kHz, as it would leave but for the mark. `sung`: some words are sung.
    enum class Voice { none, sung };
    base::Result<audio::StereoBuffer> unmarked(const std::string& prompt, std::uint64_t seed, double seconds,
                                               Voice voice);

  private:
    std::unique_ptr<engine::Engine> engine_;
};

// From `first` on, as far as the sound goes.
audio::StereoBuffer cut(const audio::StereoBuffer& sound, std::size_t first, std::size_t frames);

}  // namespace mmx::watermark
