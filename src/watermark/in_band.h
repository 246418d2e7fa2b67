// Layer B: each band of each frame a little louder or softer than it was, as far as the sound itself hides
// it.
#pragma once

#include <memory>

#include "audio/buffer.h"
#include "watermark/grid.h"

namespace mmx::watermark {

// The mark is a gain: the same on both channels, so it is in either of them, in their sum and in their
// difference, and the picture between the loudspeakers stays. It lies on 300 Hz to 10 kHz of a signal at
// 48 kHz.
class InBand {
  public:
    InBand(const Key& key, std::uint64_t id);

    // What has to be added to frames first ... first + delta.frames() - 1 of the host. A pure function of
    // host, guide and place, so any cut into pieces, on any threads, gives the same mark. first is a multiple
    // of 1536. The guide, as long as the host, says how much may be done: the host itself, or for a stem the
    // mix, so that the marks of all stems add up to the mark of the mix.
    void add(audio::ConstStereoView host, audio::ConstStereoView guide, float most, std::size_t first,
             audio::StereoView delta) const;

  private:
    Grid grid_;
    std::vector<std::int8_t> chips_;
};

}  // namespace mmx::watermark
