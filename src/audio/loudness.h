// Loudness and peaks: ITU-R BS.1770-4, EBU Tech 3341 and 3342.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "audio/buffer.h"

namespace mmx::base {
class Tasks;
}

namespace mmx::audio {

struct Loudness {
    double integrated_lufs = -70;     // gated; -70 when there is nothing above the absolute gate
    double max_momentary_lufs = -70;  // 400 ms, looked at every 10 ms
    double max_short_term_lufs =
        -70;                       // 3 s, looked at every 10 ms; the mean of all when the sound is shorter
    double range_lu = 0;           // LRA; 0 below 3 s
    double true_peak_dbtp = -120;  // both channels; eight times oversampled where it is highest
    double sample_peak_dbfs = -120;
};

// Any rate from 8 to 192 kHz. A mono file is two equal channels here, so it reads 3 LU more than its one
// channel would. With a crew the work is shared out; the result is the same to the last bit with any crew or
// none.
Loudness measure_loudness(ConstStereoView audio, int sample_rate, base::Tasks* crew = nullptr);

// True peak alone, in linear amplitude; BS.1770-4 annex 2 with a longer filter.
double true_peak(ConstStereoView audio);

// The gated mean of 10 ms mean squares (both channels added), in LUFS: what measure_loudness makes of
// K-weighted sound. For those who already hold weighted energies.
double integrated_lufs(std::span<const double> mean_squares);

// The same for sound that comes in portions of any size, such as a mix in the making.
// Thread rule: one thread at a time.
class LoudnessMeter {
  public:
    explicit LoudnessMeter(int sample_rate);
    LoudnessMeter(LoudnessMeter&&) noexcept;
    LoudnessMeter& operator=(LoudnessMeter&&) noexcept;
    ~LoudnessMeter();

    void add(ConstStereoView portion);
    // The last 400 ms and the last 3 s; -70 for silence or too little sound.
    double momentary_lufs() const;
    double short_term_lufs() const;
    // Of everything so far.
    Loudness result() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mmx::audio
