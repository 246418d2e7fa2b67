#include "mix/strip.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "audio/k_weighting.h"
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

// Two frames in a register where there is AVX2: left, right, left, right. Everything below works frame by
// frame, so it gives the same bits in pairs and singly.
typedef double Frame4 __attribute__((vector_size(32), aligned(32)));
typedef float Floats4 __attribute__((vector_size(16)));
#define MMX_STRIP_KERNEL __attribute__((target_clones("avx2", "default"))) void
#define MMX_STRIP_INLINE [[gnu::always_inline]] inline

constexpr std::size_t kMost = 32;  // frames at once: the strip's block
struct alignas(32) Frames {
    double values[2 * kMost];
};

MMX_STRIP_INLINE Frame4 two(const double* from) {
    Frame4 frames;
    std::memcpy(&frames, from, sizeof frames);
    return frames;
}
MMX_STRIP_INLINE void put(Frame4 frames, double* to) {
    std::memcpy(to, &frames, sizeof frames);
}

// A line through the block, in pairs as the frames are.
struct Line {
    double from, slope;  // at the block's first frame; a frame
    MMX_STRIP_INLINE Frame4 at(std::size_t frame) const {
        const auto here = static_cast<double>(static_cast<int>(frame));
        return from + slope * Frame4{here, here, here + 1, here + 1};
    }
};

// Kernels work on whole pairs: where a block has been cut, what lies beyond its end is computed and thrown
// away.
MMX_STRIP_KERNEL ride(double* frames, std::size_t count, std::size_t at, double from, double slope) {
    const Line gain{from, slope};
    for (std::size_t i = 0; i < count; i += 2) put(two(frames + 2 * i) * gain.at(at + i), frames + 2 * i);
}

MMX_STRIP_KERNEL saturate(double* frames, std::size_t count, const Saturation& curve, double* before) {
    Frame4 last = {0, 0, before[0], before[1]};
    for (std::size_t i = 0; i < count; i += 2) {
        Frame4 now = two(frames + 2 * i) * curve.gain();
        now = now > 1 ? Frame4{1, 1, 1, 1} : now;
        now = now < -1 ? Frame4{-1, -1, -1, -1} : now;
        const Frame4 previous = __builtin_shufflevector(last, now, 2, 3, 4, 5);
        put(curve.shaped(now, previous), frames + 2 * i);
        last = now;
    }
    before[0] = count % 2 == 0 ? last[2] : last[0];
    before[1] = count % 2 == 0 ? last[3] : last[1];
}

MMX_STRIP_KERNEL to_middle(const double* frames, std::size_t count, double* out) {
    for (std::size_t i = 0; i < count; i += 2) {
        const Frame4 x = two(frames + 2 * i);
        put(0.5 * (x + __builtin_shufflevector(x, x, 1, 0, 3, 2)), out + 2 * i);
    }
}

// Left and right become middle and side, the side is scaled, widened by `turned` and both are panned.
struct Picture {
    Line side;
    double spread, near, far;  // of the pan: half the sum and half the difference of its gains
};
MMX_STRIP_KERNEL place(double* frames, std::size_t count, std::size_t at, const Picture& picture,
                       const double* turned) {
    const Frame4 straight = {picture.near, picture.far, picture.near, picture.far};
    const Frame4 crossed = {picture.far, picture.near, picture.far, picture.near};
    const Frame4 sign = {0.5, -0.5, 0.5, -0.5};
    for (std::size_t i = 0; i < count; i += 2) {
        const Frame4 x = two(frames + 2 * i), y = __builtin_shufflevector(x, x, 1, 0, 3, 2);
        const Frame4 middle = 0.5 * (x + y);
        Frame4 side = (x - y) * sign * picture.side.at(at + i);
        if (turned != nullptr) {
            const Frame4 wide = two(turned + 2 * i);
            side += picture.spread * __builtin_shufflevector(wide, wide, 0, 0, 2, 2);
        }
        put(middle * straight + side * crossed, frames + 2 * i);
    }
}

// Middle and side under the fader's line become left and right.
MMX_STRIP_KERNEL hand_out(const double* frames, std::size_t count, std::size_t at, double from, double slope,
                          float* left, float* right) {
    const Line gain{from, slope};
    const Frame4 sign = {1, -1, 1, -1};
    const auto out = [&](std::size_t i) __attribute__((always_inline)) {
        const Frame4 x = two(frames + 2 * i);
        const Frame4 middle = __builtin_shufflevector(x, x, 0, 0, 2, 2);
        const Frame4 side = __builtin_shufflevector(x, x, 1, 1, 3, 3);
        return __builtin_convertvector((middle + side * sign) * gain.at(at + i), Floats4);
    };
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        const Floats4 a = out(i), b = out(i + 2);
        const Floats4 l = __builtin_shufflevector(a, b, 0, 2, 4, 6),
                      r = __builtin_shufflevector(a, b, 1, 3, 5, 7);
        std::memcpy(left + i, &l, sizeof l);
        std::memcpy(right + i, &r, sizeof r);
    }
    for (; i < count; i += 2) {
        const Floats4 a = out(i);
        left[i] = a[0];
        right[i] = a[1];
        if (i + 1 == count) break;
        left[i + 1] = a[2];
        right[i + 1] = a[3];
    }
}

// Integrated loudness of a sound that is treated on the way, portion by portion: no peaks are looked for and
// no copy of the whole is made.
template <class Treat>
double loudness_after(audio::ConstStereoView sound, int rate, const Treat& treat) {
    audio::KWeighting weighting(rate);
    const auto step = static_cast<std::size_t>(rate) / 100;
    audio::StereoBuffer portion(step, rate);
    std::vector<double> mean_squares;
    for (std::size_t first = 0; first + step <= sound.frames(); first += step) {
        std::ranges::copy(sound.left.subspan(first, step), portion.left.begin());
        std::ranges::copy(sound.right.subspan(first, step), portion.right.begin());
        treat(portion.view());
        mean_squares.push_back(weighting.add(portion.left.data(), portion.right.data(), step) /
                               static_cast<double>(step));
    }
    return audio::integrated_lufs(mean_squares);
}

// 0.4: from -22.6 dB on at 2.4 to 1, so 1.5 dB at the nominal level and 4 on accents.
CompressorSettings compressor(const style::ChannelStyle& c) {
    if (c.compress <= 0) return {};
    return {kNominalLufs + 1 - 9 * c.compress, 1 + 3.5 * c.compress, 8, c.attack_ms, c.release_ms};
}

}  // namespace

Strip::Strip(const Channel& channel, music::Role role, double tilt_db_per_octave, const Song& song)
    : song_(&song), channel_(channel), saturation_(channel.style.drive) {
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
    const double dry = loudness_after(sound, rate, [](audio::StereoView) {});
    if (dry <= -69) return;  // nothing to hear: the fader stays where an average part would have it
    trim_db_ = std::clamp(kNominalLufs - dry, -40.0, 40.0);
    trim_ = base::decibels_to_gain(trim_db_);
    Strip rehearsal = *this;
    rehearsal.flat_ = true;
    OctaveMeter meter(rate);
    const double wet = loudness_after(sound, rate, [&](audio::StereoView part) {
        rehearsal.process(part);
        meter.add(part);
    });
    if (wet > -69) fader_db_ = std::clamp(channel_.target_lufs - wet, -40.0, 20.0);
    fader_ = base::decibels_to_gain(fader_db_);
    octaves_ = meter.powers();
    for (double& power : octaves_) power *= fader_ * fader_;
}

void Strip::correct(const TonalCorrection& correction) {
    balance_ = audio::StereoCascade(correction.filters);
    fader_ = base::decibels_to_gain(fader_db_ + correction.gain_db);
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
    if (channel_.under_words_db > 0) db -= channel_.under_words_db * song_->words.at(frame);
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
    static_assert(kBlock == kMost);
    const std::size_t n = left.size(),
                      at = static_cast<std::size_t>(position_ % static_cast<std::int64_t>(kBlock));
    Frames storage;
    double* const x = storage.values;
    const std::span<Frame2> frames(reinterpret_cast<Frame2*>(x), n);
    if (n % 2 != 0) x[2 * n] = x[2 * n + 1] = 0;
    audio::interleave({left, right}, trim_, frames.data());
    equaliser_.process(frames);
    if (compressor_.works()) follow_dynamics(frames, at);
    if (saturation_.works()) saturate(x, n, saturation_, saturated_);
    if (balance_.size() > 0) balance_.process(frames);
    if (!flat_) {
        if (swept_high_) sweep(frames, at, song_->automation.high_pass, true, high_state_);
        if (swept_low_) sweep(frames, at, song_->automation.low_pass, false, low_state_);
        if (brightens_) brighten(frames, at, from_.brightness, to_.brightness);
    }
    if (has_sides_) {
        spread(frames, at);
        sides_.process(frames);
    } else {
        to_middle(x, n, x);
        for (Frame2& frame : frames) frame[1] = 0;
    }
    // The gain comes last, after everything that rings: where the fade is 0, the sound is 0.
    hand_out(x, n, at, from_.level, (to_.level - from_.level) / kBlock, left.data(), right.data());
}

void Strip::follow_dynamics(std::span<Frame2> frames, std::size_t at) {
    // Even and odd frames of the grid are summed apart, so that neither sum waits for the other.
    for (std::size_t i = 0; i < frames.size(); ++i) power_[(at + i) % 2] += frames[i] * frames[i];
    ride(reinterpret_cast<double*>(frames.data()), frames.size(), at, gain_from_,
         (gain_to_ - gain_from_) / kBlock);
    if (at + frames.size() < kBlock) return;
    gain_from_ = gain_to_;
    const Frame2 power = power_[0] + power_[1];
    gain_to_ = compressor_.next_gain((power[0] + power[1]) / (2 * kBlock));
    power_[0] = power_[1] = Frame2{0, 0};
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
        treble_state_ = treble_keep_ * treble_state_ + (1 - treble_keep_) * frames[i];
        frames[i] += (from + slope * static_cast<double>(at + i)) * (frames[i] - treble_state_);
    }
    if (at + frames.size() == kBlock &&
        treble_state_[0] * treble_state_[0] + treble_state_[1] * treble_state_[1] < 1e-60)
        treble_state_ = Frame2{0, 0};
}

void Strip::spread(std::span<Frame2> frames, std::size_t at) {
    double* const x = reinterpret_cast<double*>(frames.data());
    Frames storage;
    if (spread_ > 0) {
        to_middle(x, frames.size(), storage.values);
        decorrelate_.process({reinterpret_cast<Frame2*>(storage.values), frames.size()});
    }
    const Picture picture{{from_.side, (to_.side - from_.side) / kBlock},
                          spread_,
                          0.5 * (left_gain_ + right_gain_),
                          0.5 * (left_gain_ - right_gain_)};
    place(x, frames.size(), at, picture, spread_ > 0 ? storage.values : nullptr);
}

}  // namespace mmx::mix
