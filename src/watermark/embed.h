// The room's front door for making marks: a sound becomes the same sound with its id in it.
#pragma once

#include <cstdint>

#include "audio/buffer.h"
#include "watermark/keys.h"

namespace mmx::base {
class Tasks;
}

namespace mmx::watermark {

struct EmbedReport {
    double marked_seconds = 0;
    double silent_seconds = 0;  // below -84 dBFS: bears no mark, digital silence stays digital silence
};

// In place, at any rate from 8 to 192 kHz. Works in pieces of 1.92 s, shared out among the crew; the result
// is the same to the last bit with any crew or none. Below 40 kHz there is no room for the ultrasonic layer.
// The mark follows the sound's own level, so gain before or after it makes no difference but to the floor of
// the ultrasonic layer. Peaks may rise by up to a decibel: a limiter comes after. Any thread.
EmbedReport embed(audio::StereoBuffer& sound, const Key& key, std::uint64_t id, base::Tasks* crew = nullptr);

// The same for one stem of a mix (or for the mix itself before mastering), as long as the mix and at its
// rate. The in-band mark is the one that the mix would get, at most 0.7 dB; the ultrasonic one is at -100
// dBFS: the sum of marked stems differs from the marked mix by less than -55 dB.
EmbedReport embed_stem(audio::StereoBuffer& stem, audio::ConstStereoView mix, const Key& key,
                       std::uint64_t id, base::Tasks* crew = nullptr);

}  // namespace mmx::watermark
