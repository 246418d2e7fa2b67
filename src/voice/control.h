// What the mouth and the folds do along one line, on a grid of 2.5 ms.
#pragma once

#include <vector>

#include "voice/line.h"
#include "voice/vocoder.h"
#include "voice/voices.h"

namespace mmx::voice {

inline constexpr double kControlSeconds = 0.0025;

struct Control {
    float frame = 0;  // place in the natural course
    float voicing = 0;
    float floor = 0.02f, top = 0.5f, corner = 2.5f;  // Noisiness
    float gain_db = 0;                               // -120: silence
    float open_octaves = 0;
    float first_formant_hz = 500;
};

// How one singer of many sings: doubles, the back row of a choir.
struct Take {
    double delay_seconds = 0;  // behind the notes
    double detune_cents = 0;
    double vibrato = 1;        // depth, against the voice's own
    double formants = 1;       // against the voice's own
    double consonants_db = 0;  // many mouths that hiss apart smear; backing singers hold back
    double unvoiced_db = 0;    // a vocoder's inner notes leave the consonants to its melody
};

class ControlTrack {
  public:
    ControlTrack() = default;
    // `vocoder` measures how loud each vowel would be.
    ControlTrack(const Line& line, const Voice& voice, const Take& take, Vocoder& vocoder);

    // Seconds from the line's first phone.
    Control at(double seconds) const;
    double length() const { return static_cast<double>(points_.size()) * kControlSeconds; }

  private:
    std::vector<Control> points_;
};

// The cepstrum at a place between two frames.
void cepstrum_at(const Spoken& spoken, double frame, float* cepstrum);

}  // namespace mmx::voice
