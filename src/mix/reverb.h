// The reverb: a feedback delay network of sixteen lines with early reflections, or a spring tank.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "audio/biquad.h"
#include "audio/buffer.h"
#include "mix/ring.h"
#include "style/mix_style.h"

namespace mmx::mix {

// A send of 0 dB comes back about as loud as it went in, whatever the length: so the sends of a style say how
// wet it is. One thread at a time; consecutive chunks; the result does not depend on how they are cut.
class Reverb {
  public:
    Reverb(const style::ReverbStyle& style, int sample_rate);

    // Replaces `audio`, the sum of all sends, by the wet sound alone.
    void process(audio::StereoView audio);

  private:
    static constexpr std::size_t kLines = 16;
    static constexpr std::size_t kBlock =
        32;  // shorter than any delay, so a block is read before it is written
    using Row = std::array<float, kBlock>;
    static constexpr std::size_t kFours = kLines / 4;
    typedef float Four __attribute__((vector_size(16)));

    struct Diffuser {  // Schroeder all-pass
        Ring ring;
        std::size_t delay = kBlock;
    };
    struct Tap {
        std::size_t delay = 0;
        float to_left = 0, to_right = 0;
    };
    struct Dispersion {          // first-order all-pass with its delay stretched to four frames
        Four input{}, output{};  // by frame modulo 4
    };

    void set_lines(const style::ReverbStyle& style, int sample_rate);
    void set_early(const style::ReverbStyle& style, int sample_rate);
    void block(std::span<float> left, std::span<float> right);
    void diffuse(std::span<Diffuser> stages, Row& row, std::size_t n) const;
    void read_lines(std::span<std::array<Four, kFours>, kBlock> net, std::size_t at, std::size_t n);
    void drip(std::span<float> left, std::span<float> right);

    std::size_t position_ = 0;  // frames since the beginning
    audio::StereoCascade input_filters_, sides_;
    Ring pre_left_, pre_right_;
    std::size_t pre_delay_ = 0, early_delay_ = 0;
    std::vector<Tap> early_left_, early_right_;  // fed from the left, fed from the right
    std::array<std::vector<Diffuser>, 2> diffusers_;

    std::array<Ring, kLines> lines_;
    std::array<double, kLines> delay_{}, depth_{}, phase_{}, step_{};  // frames, frames, turns, turns a block
    std::array<Four, kFours> gain_{}, keep_{}, damped_{};
    float tail_gain_ = 1, side_gain_ = 1;
    std::vector<Dispersion> springs_;
};

}  // namespace mmx::mix
