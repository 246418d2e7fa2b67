// Second-order filters for stereo audio: the designs of the RBJ cookbook, run in double precision, both
// channels in one register.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "audio/buffer.h"

namespace mmx::audio {

// Left and right of one frame. Two doubles fill an SSE2 register, so precision costs nothing over scalar
// float, and a 30 Hz high-pass at 48 kHz stays clean (in single precision its noise rises to -90 dB).
typedef double Frame2 __attribute__((vector_size(16)));

// Two channels become frames, and back. Any thread.
void interleave(ConstStereoView audio, double gain, Frame2* frames);
void deinterleave(const Frame2* frames, StereoView audio);

// y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2], a0 divided out. The default passes
// everything.
struct BiquadCoefficients {
    double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
    friend bool operator==(const BiquadCoefficients&, const BiquadCoefficients&) = default;
    bool passes_all() const { return *this == BiquadCoefficients{}; }
};

// Source: R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients". Frequencies are
// held within 1 Hz and 0.49 of the sample rate, q within 0.05 and 50. A gain of 0 dB gives the filter that
// passes everything.
BiquadCoefficients low_pass(double hertz, double q, int sample_rate);
BiquadCoefficients high_pass(double hertz, double q, int sample_rate);
BiquadCoefficients band_pass(double hertz, double q, int sample_rate);  // 0 dB at the centre
BiquadCoefficients all_pass(double hertz, double q, int sample_rate);
BiquadCoefficients peak(double hertz, double q, double gain_db, int sample_rate);
BiquadCoefficients low_shelf(double hertz, double gain_db,
                             int sample_rate);  // half the gain (in dB) at hertz, slope 1
BiquadCoefficients high_shelf(double hertz, double gain_db, int sample_rate);
// A see-saw about 1 kHz: a straight slope from 60 Hz to 12 kHz within about 0.6 dB for up to 1 dB an octave.
std::vector<BiquadCoefficients> tilt(double db_per_octave, int sample_rate);

// Amplitude of the response at a frequency.
double gain_at(const BiquadCoefficients& filter, double hertz, int sample_rate);

// Filters in a row. One thread at a time; consecutive chunks; the result does not depend on how the audio is
// cut.
class StereoCascade {
  public:
    static constexpr std::size_t kMost = 12;
    // Filters that pass everything are left out. More than kMost are a defect of the caller.
    explicit StereoCascade(std::span<const BiquadCoefficients> filters = {});
    // Other filters on the left than on the right (or on the middle than on the side); the shorter list
    // passes all.
    StereoCascade(std::span<const BiquadCoefficients> left, std::span<const BiquadCoefficients> right);

    std::size_t size() const { return size_; }
    void process(std::span<Frame2> frames);
    void process(StereoView audio);

  private:
    // Two filters in a row, side by side: the second works on the frame that the first has just finished.
    // Left and right of the first, then of the second.
    typedef double Frame4 __attribute__((vector_size(32), aligned(32)));
    struct Pair {
        Frame4 b0 = {1, 1, 1, 1}, b1{}, b2{}, a1{}, a2{};  // passes everything
        Frame4 state1{}, state2{};                         // transposed direct form II
    };
    static void one(Pair& pair, std::size_t half, std::span<Frame2> frames);
    template <std::size_t Count>
    static void row(Pair* pairs, std::span<Frame2> frames);
    static void row_of_1(Pair* pairs, Frame2* frames, std::size_t count);
    static void row_of_2(Pair* pairs, Frame2* frames, std::size_t count);
    static void row_of_3(Pair* pairs, Frame2* frames, std::size_t count);
    void rest();

    Pair pairs_[(kMost + 1) / 2] = {};
    std::size_t size_ = 0;
    std::size_t position_ = 0;
    bool rests_ = true;  // all states are 0
};

}  // namespace mmx::audio
