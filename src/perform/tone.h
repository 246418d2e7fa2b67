// The character of the machine that an instrument was recorded through: filters, tape, wow, a chorus.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "audio/buffer.h"
#include "style/sound_style.h"

namespace mmx::perform {

// In place, in multiples of kFrames; otherwise chunk sizes do not matter. One object a stem.
class ToneBox {
  public:
    static constexpr std::size_t kFrames = 16;

    ToneBox(const style::Tone& tone, int sample_rate, std::uint64_t seed);
    ~ToneBox();
    void process(audio::StereoView audio);

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace mmx::perform
