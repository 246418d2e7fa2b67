// The key-free half of detection: what of a sound is looked at, small enough to send and too coarse to play.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audio/buffer.h"
#include "base/result.h"

namespace mmx::watermark {

// Two grids of values that are -3, -1, +1 or +3, each relative to its own neighbourhood: neither levels nor
// phases nor pitches are kept. Four minutes take 275,000 bytes when written.
struct Features {
    double seconds = 0;         // of the sound
    double silent_seconds = 0;  // below -84 dBFS
    // In-band: for each frame of 32 ms, kHalfBands values: is this stretch of spectrum louder than it was and
    // will be, and than its neighbours are?
    std::vector<std::int8_t> in_band;
    // Ultrasonic: for each symbol of 20 ms, kCarriers values: did the carrier keep its sign (+) or turn (-)?
    // Empty where the sound has nothing above 18 kHz to look at (a rate below 40 kHz).
    std::vector<std::int8_t> ultrasonic;
};

// Sound at any rate from 8 to 192 kHz; both channels are added. Above a hundred times real time. Any thread.
Features extract(const audio::StereoBuffer& sound);

// The format: docs/watermark.md. Errors of parse: Kind::unreadable.
std::string write_features(const Features& features);
base::Result<Features> parse_features(std::string_view bytes);

}  // namespace mmx::watermark
