#include "mix/delay.h"

#include <algorithm>
#include <array>

#include "base/maths.h"
#include "mix/saturation.h"

namespace mmx::mix {

Delay::Delay(const style::DelayStyle& style, double quarter_seconds, int sample_rate)
    : feedback_(static_cast<float>(style.feedback)),
      drive_(static_cast<float>(drive_gain(style.drive))),
      ping_pong_(style.ping_pong) {
    double seconds = style.beats * quarter_seconds;
    while (seconds > 1.6) seconds /= 2;  // a slow ballad's dotted quarter would answer when nobody remembers
    time_ = static_cast<std::size_t>(base::floor(std::max(seconds, 0.02) * sample_rate + 0.5));
    left_ = Ring(time_ + 2 * kBlock);
    right_ = Ring(time_ + 2 * kBlock);
    const std::array filters = {audio::high_pass(style.low_cut, 0.6, sample_rate),
                                audio::low_pass(style.high_cut, 0.6, sample_rate)};
    filters_ = audio::StereoCascade(filters);
}

void Delay::process(audio::StereoView audio) {
    for (std::size_t first = 0; first < audio.frames();) {
        const std::size_t count = std::min(kBlock, audio.frames() - first);
        block(audio.left.subspan(first, count), audio.right.subspan(first, count));
        first += count;
        position_ += count;
    }
}

void Delay::block(std::span<float> left, std::span<float> right) {
    const std::size_t n = left.size();
    std::array<float, kBlock> echo_left, echo_right;
    left_.read(position_ - time_, std::span(echo_left).first(n));
    right_.read(position_ - time_, std::span(echo_right).first(n));
    std::array<audio::Frame2, kBlock> fed;
    for (std::size_t i = 0; i < n; ++i) {
        if (ping_pong_) {
            // Everything enters on the left and crosses over with every echo.
            const float in = 0.5f * (left[i] + right[i]) * 1.41421356f;
            fed[i] = audio::Frame2{static_cast<double>(in + feedback_ * echo_right[i]),
                                   static_cast<double>(echo_left[i])};
        } else {
            fed[i] = audio::Frame2{static_cast<double>(left[i] + feedback_ * echo_left[i]),
                                   static_cast<double>(right[i] + feedback_ * echo_right[i])};
        }
        left[i] = echo_left[i];
        right[i] = ping_pong_ ? feedback_ * echo_right[i] : echo_right[i];
    }
    filters_.process(std::span(fed).first(n));
    for (std::size_t i = 0; i < n; ++i) {
        echo_left[i] = soft_clip(static_cast<float>(fed[i][0]), drive_);
        echo_right[i] = soft_clip(static_cast<float>(fed[i][1]), drive_);
    }
    left_.write(position_, std::span(echo_left).first(n));
    right_.write(position_, std::span(echo_right).first(n));
}

}  // namespace mmx::mix
