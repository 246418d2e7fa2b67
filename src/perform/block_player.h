// A player that works in small fixed blocks, so that its sound cannot depend on the caller's chunk size.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "perform/player.h"

namespace mmx::perform {

class BlockPlayer : public Player {
  public:
    // Control values (envelopes, pitch, cutoff) are worked out once a block: 3 kHz at 48 kHz.
    static constexpr std::size_t kBlock = 16;

    void render(audio::StereoView out) final {
        for (std::size_t at = 0; at < out.frames();) {
            if (used_ == kBlock) {
                block(left_.data(), right_.data());
                used_ = 0;
            }
            const std::size_t count = std::min(kBlock - used_, out.frames() - at);
            for (std::size_t i = 0; i < count; ++i) {
                out.left[at + i] = left_[used_ + i];
                out.right[at + i] = right_[used_ + i];
            }
            used_ += count;
            at += count;
        }
    }

  protected:
    // Overwrites kBlock frames of each channel: the next ones.
    virtual void block(float* left, float* right) = 0;

  private:
    std::array<float, kBlock> left_{}, right_{};
    std::size_t used_ = kBlock;
};

}  // namespace mmx::perform
