// A delay line that remembers the last frames of one channel.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <span>
#include <vector>

namespace mmx::mix {

// Positions count from the beginning of the song; the line keeps at least as many frames as it was made for.
class Ring {
  public:
    Ring() = default;
    explicit Ring(std::size_t frames) : samples_(std::bit_ceil(frames + 1)) {}

    void write(std::size_t position, std::span<const float> from) {
        const std::size_t first = position & (samples_.size() - 1);
        const std::size_t straight = std::min(from.size(), samples_.size() - first);
        std::copy_n(from.begin(), straight, samples_.begin() + static_cast<std::ptrdiff_t>(first));
        std::copy(from.begin() + static_cast<std::ptrdiff_t>(straight), from.end(), samples_.begin());
    }
    // Position may be negative as an unsigned number: what was before the song is silence.
    void read(std::size_t position, std::span<float> to) const {
        const std::size_t first = position & (samples_.size() - 1);
        const std::size_t straight = std::min(to.size(), samples_.size() - first);
        std::copy_n(samples_.begin() + static_cast<std::ptrdiff_t>(first), straight, to.begin());
        std::copy_n(samples_.begin(), to.size() - straight,
                    to.begin() + static_cast<std::ptrdiff_t>(straight));
    }

    // The same without copying where the frames lie in a row; `scratch` is used where they do not.
    const float* view(std::size_t position, std::span<float> scratch) const {
        const std::size_t first = position & (samples_.size() - 1);
        if (first + scratch.size() <= samples_.size()) return samples_.data() + first;
        read(position, scratch);
        return scratch.data();
    }

  private:
    std::vector<float> samples_ = std::vector<float>(1);
};

}  // namespace mmx::mix
