// One mouth through the whole song, in mono.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "voice/control.h"
#include "voice/line.h"
#include "voice/pitch.h"
#include "voice/vocoder.h"

namespace mmx::voice {

// One thread at a time; consecutive chunks from the song's first frame; the sound does not depend on how they
// are cut.
class Singer {
  public:
    // `inhale`: the mel-cepstrum of breath.
    Singer(const Voice& voice, const Take& take, std::shared_ptr<const std::vector<Line>> lines,
           std::shared_ptr<const std::vector<float>> inhale, std::uint64_t seed, int sample_rate);

    // Overwrites `out` with the next frames.
    void render(std::span<float> out);

    // What the line is asked to be: the pitch that render() follows.
    static PitchCurve pitch_of(const Voice& voice, const Take& take, const Line& line, std::uint64_t seed,
                               std::size_t index);

  private:
    void begin(std::size_t line);
    void sing_until(double frame, std::span<float> out, std::int64_t first);
    void breathe(const Line& line);

    Voice voice_;
    Take take_;
    std::shared_ptr<const std::vector<Line>> lines_;
    std::shared_ptr<const std::vector<float>> inhale_;
    std::uint64_t seed_;
    int rate_;
    Vocoder vocoder_;

    std::size_t line_ = 0;
    bool begun_ = false;
    double at_ = 0;  // frame where the next period begins
    ControlTrack track_;
    std::optional<PitchCurve> pitch_;
    double breath_from_ = 0, breath_to_ = 0;  // s
    std::int64_t position_ = 0;
    std::vector<float> tail_;  // of periods that reach beyond what has been asked for
};

}  // namespace mmx::voice
