#include "codec/peaks.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/maths.h"

namespace mmx::codec {

std::string peaks_json(audio::ConstStereoView audio, int sample_rate, std::size_t buckets) {
    const std::size_t frames = audio.frames();
    buckets = std::max<std::size_t>(buckets, 1);
    const std::size_t step = std::max<std::size_t>((frames + buckets - 1) / buckets, 1);
    const std::size_t length = (frames + step - 1) / step;
    std::string json = fmt::format(
        R"({{"version":2,"channels":1,"sample_rate":{},"samples_per_pixel":{},"bits":8,"length":{},"data":[)",
        sample_rate, step, length);
    for (std::size_t first = 0; first < frames; first += step) {
        float low = 0, high = 0;  // a waveform is drawn around its axis
        for (std::size_t i = first; i < std::min(frames, first + step); ++i) {
            const float x = (audio.left[i] + audio.right[i]) * 0.5f;
            low = std::min(low, x);
            high = std::max(high, x);
        }
        const int lowest = static_cast<int>(std::max(base::floor(static_cast<double>(low) * 128), -128.0));
        const int highest = static_cast<int>(std::min(-base::floor(static_cast<double>(-high) * 128), 127.0));
        fmt::format_to(std::back_inserter(json), "{}{},{}", first == 0 ? "" : ",", lowest, highest);
    }
    return json + "]}";
}

}  // namespace mmx::codec
