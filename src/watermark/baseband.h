// The band around 19 kHz brought down to a slow complex signal, and back.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "watermark/crossing.h"

namespace mmx::watermark {

// 4 kHz complex: -1 to +1 kHz stand for 18 to 20 kHz. Twelve samples at 48 kHz are one of these.
inline constexpr int kBaseRate = 4000;
inline constexpr std::size_t kBaseStep = 12;
inline constexpr double kCentreHz = 19000;

struct Baseband {
    std::vector<float> re, im;  // same size
};

// Samples first ... first + count - 1 of the base rate, nothing but 18 to 20 kHz in them: what lies 150 Hz
// and more outside is 65 dB down. The signal is at 48 kHz with silence around it. Any thread.
Baseband to_baseband(std::span<const float> signal, std::ptrdiff_t first, std::size_t count);

// The channel filter alone: result[i] from band[i] ... band[i + 2 kChannelReach].
inline constexpr std::size_t kChannelReach = 56;
Baseband keep_channel(const Baseband& band);

// Adds the real signal at 48 kHz that the band stands for: sum[i] is sample `first` + i, and band sample
// `before` lies on sample `first`, a multiple of 12. Needs kRiseReach band samples to either side.
inline constexpr std::size_t kRiseReach = 5;
void add_from_baseband(const Baseband& band, std::size_t before, std::size_t first, std::span<float> sum);

// The same from and to another rate of 40 kHz or more; constant after construction, any number of threads.
class BasebandOf {
  public:
    // Only where possible(): whole samples in 20 ms, and a ratio of small numbers.
    explicit BasebandOf(int rate);
    static bool possible(int rate);
    // signal[0] lies on a base sample and where the oscillator begins: 20 ms hold whole turns of it.
    Baseband fall(std::span<const float> signal, std::ptrdiff_t first, std::size_t count) const;
    // sum[0] is the host's sample `first`, a multiple of 20 ms; band sample `before` lies on it.
    void add_risen(const Baseband& band, std::size_t before, std::span<float> sum) const;

  private:
    std::vector<float> cosine_, sine_;  // of 20 ms
    Crossing down_, up_;
};

}  // namespace mmx::watermark
