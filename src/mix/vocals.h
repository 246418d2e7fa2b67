// What singing changes at the desk: the singers' channels, the room they stand in, and how the band makes
// way.
#pragma once

#include <cstddef>

#include "audio/biquad.h"
#include "audio/buffer.h"
#include "mix/channel.h"
#include "mix/curve.h"
#include "music/score.h"
#include "style/style.h"

namespace mmx::mix {

// The notes a singer sings, as a part: so that whatever looks at parts can look at singers.
music::Part as_part(const music::VocalPart& singer);

// 1 while the lead sings, 0 while it is silent for longer than a breath.
Curve words_of(const music::Score& score, int sample_rate);

// The chain every voice goes through: high-pass, less mud, presence, air, an even level. Without target.
Channel vocal_channel(const music::VocalPart& singer, const style::MixStyle& mix);
// The plate that only voices go to.
style::ReverbStyle vocal_plate(const style::MixStyle& mix);

// How far a part goes down under words, and what it leaves free where words are understood (1-4 kHz).
double under_words_db(music::Role role, const style::VocalStyle& vocals);
style::EqBand room_for_words(music::Role role, const style::VocalStyle& vocals);

// Holds back what hisses: the band above 5.5 kHz, whenever it comes near the level of the vowels.
// One thread at a time; consecutive chunks; on a grid of 32 frames, so the sound does not depend on how they
// are cut.
class DeEsser {
  public:
    explicit DeEsser(int sample_rate);
    void process(audio::StereoView audio);
    double reduction_db() const { return reduction_db_; }  // now, >= 0

  private:
    static constexpr std::size_t kBlock = 32;
    void turn_grid();

    audio::StereoCascade low_, high_;  // their sum passes every frequency at its level
    double fall_ = 0, hold_ = 0,
           open_ = 0;  // what is left after a block of the vowels' level; of the reduction
    std::size_t at_ = 0;
    double all_ = 0, hiss_ = 0;  // power sums of the running block
    double vowels_ = 0;          // mean power, falls slowly
    double reduction_db_ = 0;
    double gain_from_ = 1, gain_to_ = 1;
};

}  // namespace mmx::mix
