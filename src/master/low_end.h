// The first pass over a premaster: the low end is put in order, and what the gain needs to know is noted
// down.
#pragma once

#include <vector>

#include "audio/buffer.h"
#include "base/tasks.h"
#include "master/master.h"

namespace mmx::master {

// One value for each block of block_frames(rate), of the sound after this pass.
struct Profile {
    std::vector<float> peaks;     // true peak, both channels
    std::vector<float> energies;  // K-weighted, squared, summed over frames and channels
};

// In place:
// - below 20 Hz nothing is heard, but it takes away headroom: Butterworth high-pass, 12 dB an octave. DC goes
// too.
// - below 150 Hz loudspeakers and cutting heads want one bass, so the difference between the sides is
// removed:
//   high-pass on the side signal, once forwards and once backwards. Its phase is then untouched, and what is
//   panned stays where it is panned; the middle signal is not touched at all.
Profile order_low_end(audio::StereoView audio, int sample_rate, Seam seam, base::Tasks& crew);

}  // namespace mmx::master
