// Automation: a value that moves along the song, written as ramps between points.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace mmx::mix {

// Points ascend by frame; between them the value eases in and out (smoothstep), so its slope never jumps.
class Curve {
  public:
    explicit Curve(double value = 0) : points_{{0, value}} {}

    // From `from` (or from the last point, if that is later) to `to` the value glides to `value` and stays
    // there.
    void glide(std::int64_t from, std::int64_t to, double value) {
        from = std::max(from, points_.back().frame);
        to = std::max(to, from + 1);
        if (from > points_.back().frame) points_.push_back({from, points_.back().value});
        points_.push_back({to, value});
    }
    double at(std::int64_t frame) const {
        const auto after = std::upper_bound(points_.begin(), points_.end(), frame,
                                            [](std::int64_t f, const Point& p) { return f < p.frame; });
        if (after == points_.begin()) return points_.front().value;
        const Point& a = *(after - 1);
        if (after == points_.end() || after->value == a.value) return a.value;
        const double t = static_cast<double>(frame - a.frame) / static_cast<double>(after->frame - a.frame);
        return a.value + (after->value - a.value) * t * t * (3 - 2 * t);
    }
    bool constant() const {
        return std::all_of(points_.begin(), points_.end(),
                           [&](const Point& p) { return p.value == points_[0].value; });
    }

  private:
    struct Point {
        std::int64_t frame;
        double value;
    };
    std::vector<Point> points_;
};

}  // namespace mmx::mix
