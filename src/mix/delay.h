// The echo: a stereo delay in time with the song, each repeat thinner, darker and a little more worn.
#pragma once

#include <cstddef>
#include <span>

#include "audio/biquad.h"
#include "audio/buffer.h"
#include "mix/ring.h"
#include "style/mix_style.h"

namespace mmx::mix {

// The first echo of a send of 0 dB comes back at its own level (before the filters).
// One thread at a time; consecutive chunks; the result does not depend on how they are cut.
class Delay {
  public:
    // quarter_seconds: length of a quarter note at the beginning. Echoes longer than 1.6 s are halved until
    // they fit.
    Delay(const style::DelayStyle& style, double quarter_seconds, int sample_rate);

    // Replaces `audio`, the sum of all sends, by the echoes alone.
    void process(audio::StereoView audio);
    std::size_t frames() const { return time_; }  // between echoes

  private:
    static constexpr std::size_t kBlock = 32;
    void block(std::span<float> left, std::span<float> right);

    std::size_t position_ = 0;
    std::size_t time_ = 24000;
    float feedback_ = 0.35f, drive_ = 0;
    bool ping_pong_ = true;
    Ring left_, right_;
    audio::StereoCascade filters_;
};

}  // namespace mmx::mix
