// Score -> stems, chunk by chunk: the front door of the playing room.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "audio/buffer.h"
#include "base/result.h"
#include "music/plan.h"
#include "music/score.h"
#include "style/style.h"

namespace mmx::perform {

class SoundBank;  // the mapped sound fonts (perform/sampler/sound_bank.h)

// Maps both sound fonts, checks that they are the ones this engine was made for, and reads their tables
// (milliseconds; the full hash is taken once and remembered in the user's cache folder). Kind::missing_part
// names the package to install; Kind::unreadable the damaged file. Share one bank between songs and threads:
// it is never written to.
base::Result<std::shared_ptr<const SoundBank>> open_sound_bank(
    const std::string& folder = "/usr/share/sounds/sf2");
std::string sounds_hash(const SoundBank& bank);  // 64 hex digits: part of the engine's version

// One song being played. stems() is the number of score.parts, in their order.
class Performance {
  public:
    static base::Result<Performance> prepare(const music::Score& score, const music::Plan& plan,
                                             const style::Style& style, int sample_rate,
                                             std::shared_ptr<const SoundBank> bank);
    Performance(Performance&&) noexcept;
    Performance& operator=(Performance&&) noexcept;
    ~Performance();

    std::size_t stems() const;
    base::Frames length() const;  // of the whole song with its tail; a loop's tail is rendered beyond its end
    // The next out.frames() frames of one stem, dry, before its strip. Different stems may be rendered on
    // different threads.
    void render(std::size_t stem, audio::StereoView out);

  private:
    struct Song;
    explicit Performance(std::unique_ptr<Song> song);
    std::unique_ptr<Song> song_;
};

}  // namespace mmx::perform
