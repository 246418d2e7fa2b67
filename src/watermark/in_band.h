// Layer B: each band of each frame a little louder or softer than it was, as far as the sound itself hides
// it.
#pragma once

#include <optional>
#include <utility>

#include "audio/buffer.h"
#include "watermark/crossing.h"
#include "watermark/grid.h"
#include "watermark/rates.h"

namespace mmx::watermark {

// The mark is a gain: the same on both channels, so it is in either of them, in their sum and in their
// difference, and the picture between the loudspeakers stays. It lies on 300 Hz to 10 kHz.
class InBand {
  public:
    // At 48 kHz, or another rate from which Crossing::possible() leads to 24 kHz and back.
    InBand(const Key& key, std::uint64_t id, int rate = kRate);

    // What has to be added to frames first ... first + delta.frames() - 1 of the host. A pure function of
    // host, guide and place, so any cut into pieces, on any threads, gives the same mark. The guide, as long
    // as the host, says how much may be done: the host itself, or for a stem the mix, so that the marks of
    // all stems add up to the mark of the mix.
    void add(audio::ConstStereoView host, audio::ConstStereoView guide, float most, std::size_t first,
             audio::StereoView delta) const;

  private:
    // Samples first ... of the half rate, and from the half rate to the host's.
    void fall(std::span<const float> whole, std::ptrdiff_t first, std::span<float> half) const;
    void rise(std::span<const float> half, std::ptrdiff_t half_first, std::size_t first,
              std::span<float> whole) const;

    int rate_;
    std::optional<std::pair<Crossing, Crossing>> crossings_;  // to the half rate and back; none at 48 kHz
    Grid grid_;
    std::vector<std::int8_t> chips_;
};

}  // namespace mmx::watermark
