// Stems -> premaster, chunk by chunk: strips, sends, pump and automation. The front door of the mixing room.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "audio/buffer.h"
#include "music/plan.h"
#include "music/score.h"
#include "style/style.h"

namespace mmx::mix {

constexpr double kSoundCheckSeconds = 8;  // the stretch on which targets are set: the busiest of each part

// A bus that returns as a stem of its own: "reverb", "delay". A style that sends nothing to a bus has no such
// return.
struct Return {
    std::string id;
    std::string name;
};

// The sound check: a short score of the same parts in the same order, in which every part plays its own
// busiest bars (about 8 s of them, moved to bar 1). Played dry by a throw-away Performance from its first
// frame to its length, it lets Mixer::calibrate set each fader by loudness instead of by guess. Costs about
// 10 s of rendering, whatever the song's length.
music::Score sound_check(const music::Score& score);

// How much of a part's busiest bars it plays on average through the song, 0-1 in power.
double activity(const music::Score& score, const music::Part& part);

// The premaster is the plain sum of the processed stems and the returns (in index order), so exported stems
// null against it. Side-chain ducking and section automation are computed from the score, so stems stay
// independent of each other.
//
// Levels: with calibrate() a part's busiest bars leave its strip at the loudness its role has in the style;
// all parts together make -20 LUFS, and the lead is never more than the style's margin below the others.
// Without it every part is taken to arrive at -20 LUFS.
class Mixer {
  public:
    Mixer(const music::Score& score, const music::Plan& plan, const style::Style& style, int sample_rate);
    Mixer(Mixer&&) noexcept;
    Mixer& operator=(Mixer&&) noexcept;
    ~Mixer();

    // Stage 0, once per stem, any thread, before its first strip(): how the stem sounds in the sound check.
    void calibrate(std::size_t stem, audio::ConstStereoView sound_check);
    // After every stem's calibrate(), once: the band as a whole is brought nearer its genre's tonal curve.
    void balance();
    // Stage 1, per stem, any thread, consecutive chunks: EQ, compressor, level, duck, pan, width, in place.
    void strip(std::size_t stem, audio::StereoView chunk);
    // Stage 2, one thread, consecutive chunks: sends and their effects, then the sum. `returns` receives the
    // effects' outputs (one view for each of returns()); `premaster` the sum of stems and returns.
    const std::vector<Return>& returns() const;
    void sum(const std::vector<audio::ConstStereoView>& stems, const std::vector<audio::StereoView>& returns,
             audio::StereoView premaster);

    // How long the effects go on after the last sound until they are 60 dB down: what a loop's tail must
    // cover.
    double ring_seconds() const;

  private:
    struct Desk;
    std::unique_ptr<Desk> desk_;
};

}  // namespace mmx::mix
