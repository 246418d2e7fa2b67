#include "mix/pump.h"

#include <algorithm>

#include "base/maths.h"

namespace mmx::mix {

std::int64_t frame_at(const music::Score& score, base::Ticks at, int sample_rate) {
    return static_cast<std::int64_t>(
        base::floor(score.tempo.to_seconds(music::swung(score, at)).value * sample_rate + 0.5));
}

Pump::Pump(const music::Score& score, PumpShape shape, int sample_rate)
    : depth_db_(shape.depth_db),
      attack_(0.005 *
              sample_rate),        // down 5 ms before the kick's own attack: no click, and the kick is clear
      hold_(0.030 * sample_rate),  // as long as its beater and first swing
      release_(std::max(shape.release_seconds, 0.05) * sample_rate) {
    if (depth_db_ <= 0) return;
    for (const music::Part& part : score.parts) {
        if (part.role != music::Role::drums) continue;
        for (const music::Note& note : part.notes)
            if (note.pitch == 35 || note.pitch == 36)
                kicks_.push_back(frame_at(score, note.start, sample_rate));
    }
    std::ranges::sort(kicks_);
    kicks_.erase(std::unique(kicks_.begin(), kicks_.end()), kicks_.end());
}

double Pump::db_at(std::int64_t frame) const {
    const auto next = std::upper_bound(kicks_.begin(), kicks_.end(), frame);
    double pushed = 0;  // 0-1
    if (next != kicks_.end()) {
        const double before = static_cast<double>(*next - frame);
        if (before < attack_) pushed = 1 - before / attack_;
    }
    if (next != kicks_.begin()) {
        const double since = static_cast<double>(frame - *(next - 1));
        if (since < hold_) return -depth_db_;
        const double t = (since - hold_) / release_;
        if (t < 1) pushed = std::max(pushed, 1 - t * t * (3 - 2 * t));
    }
    return -depth_db_ * pushed;
}

}  // namespace mmx::mix
