// The outline of a song for drawing its waveform.
#pragma once

#include <string>

#include "audio/buffer.h"

namespace mmx::codec {

// Lowest and highest sample of each of at most `buckets` equal stretches, both channels averaged, in 8 bits,
// as JSON in the layout that waveform players share (BBC audiowaveform, version 2): {"version":2,
// "channels":1,"sample_rate":48000,"samples_per_pixel":5040,"bits":8,"length":2000,"data":[-3,5,...]}.
// Three and a half minutes: about 15 KB. Extremes are rounded outwards, so no peak looks smaller than it is.
std::string peaks_json(audio::ConstStereoView audio, int sample_rate, std::size_t buckets = 2000);

}  // namespace mmx::codec
