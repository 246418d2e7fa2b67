#include "mix/strip.h"

#include <algorithm>
#include <array>

#include "audio/loudness.h"
#include "base/maths.h"
#include "mix/sides.h"

namespace mmx::mix {
namespace {

using audio::Frame2;

constexpr double kNominalLufs =
    -20;  // what the trim brings every part to, so that "compress = 0.4" means the same
constexpr double kButterworth = 0.70710678118654752;

audio::StereoCascade equaliser(const style::ChannelStyle& c, double tilt_db_per_octave, int rate) {
    std::vector<audio::BiquadCoefficients> filters;
    if (c.high_pass > 0) filters.push_back(audio::high_pass(c.high_pass, kButterworth, rate));
    filters.push_back(audio::low_shelf(c.low_shelf.hertz, c.low_shelf.db, rate));
    for (const style::EqBand& band : c.peaks)
        filters.push_back(audio::peak(band.hertz, band.q, band.db, rate));
    filters.push_back(audio::high_shelf(c.high_shelf.hertz, c.high_shelf.db, rate));
    if (c.low_pass > 0) filters.push_back(audio::low_pass(c.low_pass, kButterworth, rate));
    for (const auto& filter : audio::tilt(tilt_db_per_octave, rate)) filters.push_back(filter);
    return audio::StereoCascade(filters);
}

// 0.4: from -22.6 dB on at 2.4 to 1, so 1.5 dB at the nominal level and 4 on accents.
CompressorSettings compressor(const style::ChannelStyle& c) {
    if (c.compress <= 0) return {};
    return {kNominalLufs + 1 - 9 * c.compress, 1 + 3.5 * c.compress, 8, c.attack_ms, c.release_ms};
}

}  // namespace

Strip::Strip(const Channel& channel, music::Role role, double tilt_db_per_octave, const Song& song)
    : song_(&song), channel_(channel), role_(role), saturation_(channel.style.drive) {
    const style::ChannelStyle& c = channel_.style;
    const int rate = song.sample_rate;
    equaliser_ = equaliser(c, tilt_db_per_octave, rate);
    compressor_ = Compressor(compressor(c), static_cast<double>(rate) / kBlock);

    // Constant power, 0 dB at the centre: +3 dB on the one side when the other is silent. A stereo part that
    // is panned is also narrowed, so that what it has on the far side comes along instead of being lost.
    const double angle = (channel_.pan + 1) * base::kPi / 4;
    left_gain_ = 1.41421356237309505 * base::cos(angle);
    right_gain_ = 1.41421356237309505 * base::sin(angle);
    side_width_ = c.width * (1 - 0.75 * std::abs(channel_.pan));
    spread_ = 0.7 * c.spread * (1 - std::abs(channel_.pan));
    has_sides_ = side_width_ > 0 || spread_ > 0 || channel_.pan != 0;

    sides_ = one_bass(rate);
    // Three all-passes turn the middle's phase by frequency; added to one side and taken from the other they
    // make a mono part wide, and in mono they cancel exactly (Orban 1970).
    const std::array phases = {audio::all_pass(330, 0.5, rate), audio::all_pass(1250, 0.5, rate),
                               audio::all_pass(4600, 0.5, rate)};
    decorrelate_ = audio::StereoCascade(phases);

    treble_keep_ = base::exp(-base::kTwoPi * 4000 / rate);
    brightens_ = !song.automation.brightness_db.constant() || song.automation.brightness_db.at(0) != 0;
    const bool melodic_or_effect = role == music::Role::lead || role == music::Role::effects;
    swept_high_ = !melodic_or_effect && !song.automation.high_pass.mix.constant();
    swept_low_ = !melodic_or_effect && role != music::Role::bass && role != music::Role::drums &&
                 !song.automation.low_pass.mix.constant();
    fader_db_ = channel_.target_lufs - kNominalLufs;
    fader_ = base::decibels_to_gain(fader_db_);
}

void Strip::calibrate(audio::ConstStereoView sound) {
    const int rate = song_->sample_rate;
    const double dry = audio::measure_loudness(sound, rate).integrated_lufs;
    if (dry <= -69) return;  // nothing to hear: the fader stays where an average part would have it
    trim_db_ = std::clamp(kNominalLufs - dry, -40.0, 40.0);
    trim_ = base::decibels_to_gain(trim_db_);
    Strip rehearsal = *this;
    rehearsal.flat_ = true;
    audio::StereoBuffer copy(sound.frames(), rate);
    std::ranges::copy(sound.left, copy.left.begin());
    std::ranges::copy(sound.right, copy.right.begin());
    rehearsal.process(copy.view());
    const double wet = audio::measure_loudness(copy.view(), rate).integrated_lufs;
    if (wet > -69) fader_db_ = std::clamp(channel_.target_lufs - wet, -40.0, 20.0);
    fader_ = base::decibels_to_gain(fader_db_);
}

double Strip::Known::of(double decibels) {
    if (decibels != db) {
        db = decibels;
        gain = base::decibels_to_gain(decibels);
    }
    return gain;
}

Strip::Gains Strip::gains_at(std::int64_t frame) {
    Gains gains;
    gains.side = side_width_;
    if (flat_) return gains;
    const Automation& automation = song_->automation;
    double db = automation.level_db.at(frame);
    if (channel_.style.duck > 0 && song_->pump.works()) db += channel_.style.duck * song_->pump.db_at(frame);
    gains.level = fader_ * automation.fade(frame) * level_.of(db);
    gains.side = std::max(0.0, side_width_ * (1 + automation.width.at(frame)));
    if (brightens_) gains.brightness = brightness_.of(automation.brightness_db.at(frame)) - 1;
    return gains;
}

void Strip::process(audio::StereoView audio) {
    if (position_ == 0) to_ = gains_at(0);
    for (std::size_t first = 0; first < audio.frames();) {
        const std::size_t at = static_cast<std::size_t>(position_ % static_cast<std::int64_t>(kBlock));
        const std::size_t count = std::min(kBlock - at, audio.frames() - first);
        if (at == 0) {
            from_ = to_;
            to_ = gains_at(position_ + static_cast<std::int64_t>(kBlock));
        }
        block(audio.left.subspan(first, count), audio.right.subspan(first, count));
        first += count;
        position_ += static_cast<std::int64_t>(count);
    }
}

void Strip::block(std::span<float> left, std::span<float> right) {
    const std::size_t n = left.size(),
                      at = static_cast<std::size_t>(position_ % static_cast<std::int64_t>(kBlock));
    std::array<Frame2, kBlock> storage;
    const std::span<Frame2> frames = std::span(storage).first(n);
    for (std::size_t i = 0; i < n; ++i)
        frames[i] = Frame2{static_cast<double>(left[i]), static_cast<double>(right[i])} * trim_;
    equaliser_.process(frames);
    if (compressor_.works()) follow_dynamics(frames, at);
    if (saturation_.works())
        for (Frame2& frame : frames) frame = saturation_(frame);
    if (!flat_) {
        if (swept_high_) sweep(frames, at, song_->automation.high_pass, true, high_state_);
        if (swept_low_) sweep(frames, at, song_->automation.low_pass, false, low_state_);
        if (brightens_) brighten(frames, at, from_.brightness, to_.brightness);
    }
    if (has_sides_)
        spread(frames, at);
    else
        for (Frame2& frame : frames) {
            const double middle = 0.5 * (frame[0] + frame[1]);
            frame = Frame2{middle, middle};
        }
    // The gain comes last, after everything that rings: where the fade is 0, the sound is 0.
    const double slope = (to_.level - from_.level) / kBlock;
    for (std::size_t i = 0; i < n; ++i) {
        const Frame2 frame = frames[i] * (from_.level + slope * static_cast<double>(at + i));
        left[i] = static_cast<float>(frame[0]);
        right[i] = static_cast<float>(frame[1]);
    }
}

void Strip::follow_dynamics(std::span<Frame2> frames, std::size_t at) {
    const double slope = (gain_to_ - gain_from_) / kBlock;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const Frame2 square = frames[i] * frames[i];
        power_ += square[0] + square[1];
        frames[i] *= gain_from_ + slope * static_cast<double>(at + i);
    }
    if (at + frames.size() < kBlock) return;
    gain_from_ = gain_to_;
    gain_to_ = compressor_.next_gain(power_ / (2 * kBlock));
    power_ = 0;
}

// Simper's trapezoidal state-variable filter: its cutoff may move without clicks.
void Strip::sweep(std::span<Frame2> frames, std::size_t at, const Automation::Sweep& sweep, bool high,
                  Frame2 (&state)[2]) {
    const std::int64_t grid = position_ - static_cast<std::int64_t>(at);
    const double mix_from = sweep.mix.at(grid),
                 mix_to = sweep.mix.at(grid + static_cast<std::int64_t>(kBlock));
    if (mix_from == 0 && mix_to == 0) {
        state[0] = state[1] = Frame2{0, 0};
        return;
    }
    const double hertz = std::min(base::exp2(sweep.octave.at(grid)), 0.45 * song_->sample_rate);
    const double g = base::tan(base::kPi * hertz / song_->sample_rate), k = 1.1;
    const double a1 = 1 / (1 + g * (g + k)), a2 = g * a1, a3 = g * a2;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const Frame2 v3 = frames[i] - state[1];
        const Frame2 v1 = a1 * state[0] + a2 * v3;
        const Frame2 v2 = state[1] + a2 * state[0] + a3 * v3;
        state[0] = 2 * v1 - state[0];
        state[1] = 2 * v2 - state[1];
        const Frame2 filtered = high ? frames[i] - k * v1 - v2 : v2;
        const double mix = mix_from + (mix_to - mix_from) / kBlock * static_cast<double>(at + i);
        frames[i] += mix * (filtered - frames[i]);
    }
}

// A shelf whose gain can move: what a one-pole low-pass at 4 kHz leaves is added or taken away.
void Strip::brighten(std::span<Frame2> frames, std::size_t at, double from, double to) {
    const double slope = (to - from) / kBlock;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        treble_state_ = frames[i] + treble_keep_ * (treble_state_ - frames[i]);
        frames[i] += (from + slope * static_cast<double>(at + i)) * (frames[i] - treble_state_);
    }
    if (at + frames.size() == kBlock &&
        treble_state_[0] * treble_state_[0] + treble_state_[1] * treble_state_[1] < 1e-60)
        treble_state_ = Frame2{0, 0};
}

void Strip::spread(std::span<Frame2> frames, std::size_t at) {
    std::array<Frame2, kBlock> turned;
    const std::size_t n = frames.size();
    if (spread_ > 0) {
        for (std::size_t i = 0; i < n; ++i) turned[i] = Frame2{0.5 * (frames[i][0] + frames[i][1]), 0};
        decorrelate_.process(std::span(turned).first(n));
    }
    const double slope = (to_.side - from_.side) / kBlock;
    for (std::size_t i = 0; i < n; ++i) {
        const double middle = 0.5 * (frames[i][0] + frames[i][1]);
        double side =
            0.5 * (frames[i][0] - frames[i][1]) * (from_.side + slope * static_cast<double>(at + i));
        if (spread_ > 0) side += spread_ * turned[i][0];
        const double l = (middle + side) * left_gain_, r = (middle - side) * right_gain_;
        frames[i] = Frame2{0.5 * (l + r), 0.5 * (l - r)};
    }
    sides_.process(frames);
    for (Frame2& frame : frames) frame = Frame2{frame[0] + frame[1], frame[0] - frame[1]};
}

}  // namespace mmx::mix
