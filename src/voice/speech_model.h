// The speech model: labels become what a mouth does, five milliseconds at a time. HTS Engine is used this far
// and no further: its own sound is never made.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace mmx::voice {

inline constexpr double kFrameSeconds = 0.005;
inline constexpr int kCoefficients = 45;
inline constexpr double kModelRate = 32000;  // Hz
inline constexpr double kModelWarp = 0.45;   // the all-pass constant of its frequency axis
// A frequency on that axis, radians.
double warped(double hertz);

// A line as the model would speak it.
struct Spoken {
    struct PhoneSpan {
        int first_frame = 0, frames = 0;
    };
    std::vector<PhoneSpan> phones;  // one a label
    int frames = 0;
    // Mel-cepstra, frame after frame: log amplitude at w is the sum of c[m] cos(m warped(w)); full scale
    // is 1.
    std::vector<float> cepstra;
    std::vector<float> log_f0;  // natural logarithm of Hz; 0 where the model is voiceless
};

// Thread rule: any number of threads; each takes an engine of its own, made when it is first needed (50 ms).
class SpeechModel {
  public:
    // Kind::missing_part names the package to install, Kind::unreadable the file that is not what it should
    // be.
    static base::Result<std::shared_ptr<const SpeechModel>> open(const std::string& path);
    ~SpeechModel();

    base::Result<Spoken> speak(const std::vector<std::string>& labels) const;
    const std::string& sha256() const { return sha256_; }

  private:
    SpeechModel() = default;
    struct Engines;
    std::unique_ptr<Engines> engines_;
    std::string sha256_;
};

}  // namespace mmx::voice
