// Audio in memory: planar 32-bit float, one or two channels, at a sample rate that travels with it.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/units.h"

namespace mmx::audio {

// A window on planar audio that somebody else owns. Stereo, 3 s, 48 kHz: frames() is 144000.
struct StereoView {
    std::span<float> left;
    std::span<float> right;  // same size as left

    std::size_t frames() const { return left.size(); }
    StereoView part(std::size_t first, std::size_t count) const {
        return {left.subspan(first, count), right.subspan(first, count)};
    }
    void clear() const {
        for (float& x : left) x = 0.0f;
        for (float& x : right) x = 0.0f;
    }
};
struct ConstStereoView {
    std::span<const float> left;
    std::span<const float> right;

    ConstStereoView(std::span<const float> l, std::span<const float> r) : left(l), right(r) {}
    ConstStereoView(StereoView view) : left(view.left), right(view.right) {}
    std::size_t frames() const { return left.size(); }
    ConstStereoView part(std::size_t first, std::size_t count) const {
        return {left.subspan(first, count), right.subspan(first, count)};
    }
};

class StereoBuffer {
  public:
    StereoBuffer() = default;
    StereoBuffer(std::size_t frames, int rate) : sample_rate(rate), left(frames), right(frames) {}
    int sample_rate = 48000;
    std::vector<float> left, right;  // full scale is +-1; values beyond it are allowed before mastering

    std::size_t frames() const { return left.size(); }
    StereoView view() { return {left, right}; }
    ConstStereoView view() const { return {left, right}; }
};

}  // namespace mmx::audio
