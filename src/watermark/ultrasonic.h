// Layer A: what the song has between 18 and 20 kHz is taken out of its middle and the mark put in its place.
#pragma once

#include <optional>

#include "audio/buffer.h"
#include "watermark/baseband.h"
#include "watermark/grid.h"
#include "watermark/rates.h"

namespace mmx::watermark {

// replace: as loud as what it replaces, or 42 dB under the sound as a whole where that is more; from -72 to
// -42 dBFS. beside: at -100 dBFS beside what there is, for stems, whose sum must stay the mix. Nothing of it
// lies below 17.9 kHz.
enum class Place { replace, beside };
class Ultrasonic {
  public:
    // At 48 kHz, or another rate that BasebandOf knows.
    Ultrasonic(const Key& key, std::uint64_t id, int rate = kRate);

    // What has to be added to either channel of frames first ... first + delta.size() - 1 of a host. A pure
    // function of host and place; first is a multiple of 20 ms.
    void add(audio::ConstStereoView host, Place kind, std::size_t first, std::span<float> delta) const;

  private:
    std::size_t symbol_frames_;             // 960 at 48 kHz
    std::optional<BasebandOf> other_rate_;  // none at 48 kHz
    Baseband period_;                       // of mean power 1
};

}  // namespace mmx::watermark
