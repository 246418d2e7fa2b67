// From a master to a file in any format: lossy ones are limited for themselves and measured after decoding.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "audio/loudness.h"
#include "base/result.h"
#include "codec/codec.h"
#include "engine/engine.h"
#include "master/master.h"
#include "produce/produce.h"

namespace mmx::produce {

struct Master {
    audio::ConstStereoView sound;
    int sample_rate;
    const master::Preset& preset;  // whose ceiling holds
    master::Seam seam = master::Seam::none;
};

// The song's own; it must outlive the master.
Master master_of(const Song& song);

struct Delivery {
    // Lossy formats only: what a player's decoder gives.
    std::optional<audio::Loudness> decoded;
    int rounds = 1;  // how often it was encoded
    // False when the last round still was above the ceiling + 0.1 dB or off the master's loudness by more
    // than 0.5 LU; the file is there all the same.
    bool within_bounds = true;
};

// Lossless formats are written as they are. A lossy encoder moves peaks: the file is decoded and measured,
// and where it overshoots, the master is limited that much lower and encoded again, at most three rounds in
// all. MP3 at a rate it does not know is resampled to 44.1 or 48 kHz. The file appears whole or not at all; a
// trial lies beside it meanwhile. Errors: those of codec::AudioWriter, and cancelled. Any thread.
base::Result<Delivery> deliver(const Master& master, codec::Format format, const codec::FileInfo& info,
                               const std::string& path, const std::function<void(double)>& progress,
                               const engine::Cancellation& cancellation);

// For the user where within_bounds is false: "The file peaks at -0.6 dBTP ...".
std::string tell_of(const Delivery& delivery);

}  // namespace mmx::produce
