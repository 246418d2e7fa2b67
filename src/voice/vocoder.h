// The vocoder: one pitch period of sound after another, from what the mouth does at that moment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "audio/fft.h"
#include "base/random.h"
#include "voice/speech_model.h"
#include "voice/voices.h"

namespace mmx::voice {

// How much of the sound is noise, bin by bin: `floor` below the corner, rising to `top` within an octave and
// a half above it. Amplitudes, 0-1; 1 everywhere is a whisper.
struct Noisiness {
    float floor = 0.02f, top = 0.6f, corner_octave = 2.3f;  // octaves above 1 kHz
};

struct Moment {
    const float* cepstrum = nullptr;  // kCoefficients
    double f0_hz = 200;
    double voicing = 1;  // 0: noise alone
    Noisiness noisiness;
    double gain_db = 0;
    double open_octaves = 0;  // the first formant is raised by this much: what sopranos do with their jaws
    double first_formant_hz = 500;
};

// Tables for one throat at one sample rate; shared by everybody who has it. Constant.
struct ThroatTables {
    ThroatTables(const Throat& throat, int sample_rate, std::size_t size);
    std::size_t size, bins, row;  // row: bins padded to whole vectors
    std::vector<float> cosines;   // kCoefficients rows
    std::vector<float> shape;     // log amplitude that the throat adds to every sound
    std::vector<float> octave;    // log2 of the frequency in kHz
};

// One thread at a time. The sound depends on the moments alone, in their order.
class Vocoder {
  public:
    Vocoder(const Throat& throat, int sample_rate, std::uint64_t seed);

    // Longest response, in frames.
    std::size_t reach() const { return wide_.tables->size; }
    // Adds the period that begins `fraction` (0-1) of a frame after out[0] and lasts `period` frames.
    // out.size() >= reach().
    void period(const Moment& moment, double fraction, double period, std::span<float> out);

    // Mean power of the sound that a moment would give, with the weight the ear gives to 0.5-4 kHz.
    double power_of(const Moment& moment);

    // Mean power of a hiss: every frequency alike, as it comes from the teeth.
    double hiss_of(const Moment& moment);

  private:
    struct Bench {  // tables and working memory for one size of transform
        Bench(const Throat& throat, int sample_rate, std::size_t size);
        std::shared_ptr<const ThroatTables> tables;
        audio::RealFft<float> fft;
        std::vector<float> envelope, phase, pulse, noise, noise_real, noise_imaginary, real, imaginary,
            signal;
    };
    void shape(Bench& bench, const Moment& moment) const;

    int rate_;
    Bench narrow_, wide_;
    base::Chance chance_;
};

}  // namespace mmx::voice
