// One channel strip of the desk: equaliser, compressor, saturation, sweep, width, pan, fader.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "audio/biquad.h"
#include "audio/buffer.h"
#include "mix/automation.h"
#include "mix/balance.h"
#include "mix/channel.h"
#include "mix/compressor.h"
#include "mix/pump.h"
#include "mix/saturation.h"

namespace mmx::mix {

// What all strips share; outlives them and is never written to while they run.
struct Song {
    Automation automation;
    Pump pump;
    int sample_rate = 48000;
    Curve words;  // 1 while somebody sings
};

// One thread at a time; consecutive chunks; the result does not depend on how they are cut.
class Strip {
  public:
    // `tilt` is the genre's slope, the same on every strip: a linear filter on each part is one on their sum.
    Strip(const Channel& channel, music::Role role, double tilt_db_per_octave, const Song& song);

    // Trim and fader from how the part sounds when it is played dry and by itself (some seconds of its
    // busiest bars).
    void calibrate(audio::ConstStereoView sound);
    // The correction of the whole mix; after calibrate().
    void correct(const TonalCorrection& correction);
    void process(audio::StereoView audio);

    // How the part left its fader in calibrate(), octave by octave; zeros when it was silent.
    const OctavePowers& octaves() const { return octaves_; }
    double trim_db() const { return trim_db_; }
    double fader_db() const { return fader_db_; }

  private:
    static constexpr std::size_t kBlock = 32;  // the grid on which gains are set; lines between

    struct Gains {  // at one point of the grid
        double level = 1, side = 1, brightness = 0;
    };
    Gains gains_at(std::int64_t frame);
    void block(std::span<float> left, std::span<float> right);
    void follow_dynamics(std::span<audio::Frame2> frames, std::size_t at);
    void sweep(std::span<audio::Frame2> frames, std::size_t at, const Automation::Sweep& sweep, bool high,
               audio::Frame2 (&state)[2]);
    void brighten(std::span<audio::Frame2> frames, std::size_t at, double from, double to);
    void spread(std::span<audio::Frame2> frames, std::size_t at);

    const Song* song_;
    Channel channel_;
    bool flat_ = false;  // measuring: no automation, no fader
    std::int64_t position_ = 0;
    double trim_db_ = 0, fader_db_ = 0, trim_ = 1, fader_ = 1;

    audio::StereoCascade equaliser_;
    Compressor compressor_;
    audio::Frame2 power_[2] = {{0, 0}, {0, 0}};
    double gain_from_ = 1, gain_to_ = 1;
    Saturation saturation_;
    audio::StereoCascade balance_;
    OctavePowers octaves_{};
    double saturated_[2] = {0, 0};  // the last frame
    audio::Frame2 high_state_[2] = {{0, 0}, {0, 0}}, low_state_[2] = {{0, 0}, {0, 0}};
    bool swept_high_ = false, swept_low_ = false;
    audio::Frame2 treble_state_ = {0, 0};
    double treble_keep_ = 0;
    bool brightens_ = false;
    audio::StereoCascade decorrelate_, sides_;
    bool has_sides_ = true;
    double left_gain_ = 1, right_gain_ = 1, side_width_ = 1, spread_ = 0;
    Gains from_, to_;
    struct Known {  // most of the song the desk stands still: the last conversion is kept
        double db = 0, gain = 1;
        double of(double decibels);
    };
    Known level_, brightness_;
};

}  // namespace mmx::mix
