// Premaster -> master: low end, loudness and peaks as a preset says.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "audio/buffer.h"
#include "audio/loudness.h"
#include "base/result.h"

namespace mmx::base {
class Tasks;
}

namespace mmx::master {

// data/mastering.toml would be the place if there were many; the two of today are in presets.cc.
struct Preset {
    std::string name;  // "streaming"
    std::string help;
    double loudness_lufs = -14;  // target, +-0.3 LU; "natural" treats it as a maximum
    double ceiling_dbtp = -1;    // never above
    // The limiter's work: no more than this for all but the rarest half per cent of the time, and no more
    // than twice this ever. Beyond it the loudness is lowered and the report says so.
    double most_limiting_db = 6;
    bool natural = false;  // keep the dynamics: gain only, at most loudness_lufs
};
const std::vector<Preset>& presets();
const Preset* find_preset(std::string_view name);

struct Report {
    double gain_db = 0;
    double limited_db = 0;          // deepest gain reduction of the limiter
    bool loudness_lowered = false;  // the peaks left no room for the wanted loudness
    audio::Loudness loudness;       // of the result
};

enum class Seam { none, loop };  // loop: the end runs on into the beginning, so filters and limiter do too

// In place, at any rate from 8 to 192 kHz. What happens, in order: subsonic noise and DC go (20 Hz); what the
// two sides differ in goes below 150 Hz (correlation below 120 Hz is then at least 0.9); the gain that
// reaches the target; a limiter that looks ahead; a measurement, and a correction where it is off. Silence
// stays silent. Samples that are not numbers are a defect of the caller (Kind::internal). The result is the
// same to the last bit with any crew; without one a crew of one thread per core is made. Memory: about a
// quarter of the audio's own. progress (0-1) is called from the calling thread.
base::Result<Report> master(audio::StereoBuffer& audio, const Preset& preset, Seam seam,
                            const std::function<void(double)>& progress, base::Tasks* crew = nullptr);

}  // namespace mmx::master
