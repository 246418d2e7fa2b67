#include "perform/tone.h"

#include <algorithm>
#include <optional>

#include "audio/biquad.h"
#include "base/maths.h"
#include "base/random.h"
#include "perform/chorus.h"
#include "perform/synth/lanes.h"

namespace mmx::perform {
namespace {

using synth::all;
using synth::f32x8;
using synth::kLanes;
constexpr std::size_t kFrames = ToneBox::kFrames;
constexpr double kButterworth = 0.70710678118654752;
typedef float Pair __attribute__((vector_size(8)));  // left and right

MMX_LANES_KERNEL void drive(float* audio, std::size_t frames, float push, float pull) {
    for (std::size_t i = 0; i < frames; i += kLanes)
        synth::store(audio + i, synth::soft(synth::load(audio + i) * push) * pull);
}

// Reads a line of frames at places that lie `delay` and up to `step` a frame more behind `write`. Hermite: a
// straight line between samples would dull what is read between them.
MMX_LANES_KERNEL void read_line(const Pair* line, std::size_t mask, std::size_t write, float delay,
                                float step, float* left, float* right) {
    const f32x8 ahead = {0, 1, 2, 3, 4, 5, 6, 7};
    for (std::size_t i = 0; i < kFrames; i += kLanes) {
        const f32x8 place = all(delay) + step * (ahead + static_cast<float>(i));
        const synth::i32x8 whole = synth::to_int(place);
        const f32x8 t = place - synth::to_float(whole), t2 = t * t, t3 = t2 * t;
        const f32x8 w0 = t2 - 0.5f * (t + t3), w1 = 1.0f - 2.5f * t2 + 1.5f * t3,
                    w2 = 0.5f * t + 2.0f * t2 - 1.5f * t3, w3 = 0.5f * (t3 - t2);
        for (std::size_t l = 0; l < kLanes; ++l) {
            const std::size_t at = write + i + l - static_cast<std::size_t>(whole[l]);
            const Pair sum = (w0[l] * line[(at + 1) & mask] + w1[l] * line[at & mask]) +
                             (w2[l] * line[(at - 1) & mask] + w3[l] * line[(at - 2) & mask]);
            left[i + l] = sum[0];
            right[i + l] = sum[1];
        }
    }
}

// What a high-pass leaves, added to the sound: a shelf whose corner stays where it is at any gain.
audio::BiquadCoefficients shelf(double hertz, double gain, int sample_rate) {
    const audio::BiquadCoefficients high = audio::high_pass(hertz, kButterworth, sample_rate);
    return {1 + gain * high.b0, high.a1 + gain * high.b1, high.a2 + gain * high.b2, high.a1, high.a2};
}

}  // namespace

struct ToneBox::Parts {
    style::Tone tone;
    double rate;
    std::uint64_t seed;
    std::optional<audio::StereoCascade> before, after;  // of the drive
    float push = 1, pull = 1;
    std::optional<Chorus> chorus;
    // wow and flutter: a delay line read at a place that wanders
    std::vector<Pair> line;
    std::size_t mask = 0, write = 0;
    double wow = 0, flutter = 0;
    double drift = 0, drift_target = 0, drift_share = 0;
    double delay = 0;

    // A bent spindle (0.5 Hz), a worn capstan (6 Hz) and a tape that slips now and then: the three move the
    // pitch by about 8, 4 and 8 cents at full depth. The place is worked out every kFrames and moves in lines
    // between; at 6 Hz that is exact to a millionth.
    double next_delay() {
        if (write % 4096 == 0)
            drift_target =
                base::Chance(seed, base::Stream::effects, {static_cast<std::uint64_t>(write / 4096), 7, 0})
                    .uniform(-1, 1);
        drift += (drift_target - drift) * drift_share;
        const double sway = 0.0016 * base::sin(base::kTwoPi * wow) +
                            0.00007 * base::sin(base::kTwoPi * flutter) + 0.002 * drift;
        wow += 0.53 * kFrames / rate;
        if (wow >= 1.0) wow -= 1.0;
        flutter += 6.3 * kFrames / rate;
        if (flutter >= 1.0) flutter -= 1.0;
        return 2.0 + tone.wobble * rate * (0.0042 + sway);
    }
    void wobble(float* left, float* right) {
        for (std::size_t i = 0; i < kFrames; ++i) line[(write + i) & mask] = Pair{left[i], right[i]};
        const double next = next_delay();
        read_line(line.data(), mask, write, static_cast<float>(delay),
                  static_cast<float>((next - delay) / kFrames), left, right);
        delay = next;
        write += kFrames;
    }
};

ToneBox::ToneBox(const style::Tone& tone, int sample_rate, std::uint64_t seed)
    : parts_(std::make_unique<Parts>()) {
    Parts& p = *parts_;
    p.tone = tone;
    p.rate = sample_rate;
    p.seed = seed;
    const double gain = base::decibels_to_gain(tone.level_db);
    std::vector<audio::BiquadCoefficients> filters;
    if (tone.highpass_hz > 0)
        filters.push_back(audio::high_pass(tone.highpass_hz, kButterworth, sample_rate));
    if (tone.drive > 0) {
        if (!filters.empty()) p.before.emplace(filters);
        filters.clear();
        // Quiet playing passes at its level; peaks of -6 dBFS are rounded by a few decibels at full drive.
        const double push = 0.6 + 3.4 * tone.drive;
        p.push = static_cast<float>(push);
        p.pull = static_cast<float>((1.0 - 0.25 * tone.drive) / push);
    }
    if (tone.lowpass_hz > 0)
        filters.push_back(
            audio::low_pass(std::min(tone.lowpass_hz, 0.45 * sample_rate), kButterworth, sample_rate));
    if (tone.brightness_db != 0)
        filters.push_back(shelf(3000.0, base::decibels_to_gain(tone.brightness_db) - 1.0, sample_rate));
    filters.push_back({gain, 0, 0, 0, 0});
    p.after.emplace(filters);
    if (tone.ensemble > 0) p.chorus.emplace(ChorusKind::juno, tone.ensemble, sample_rate);
    if (tone.wobble > 0) {
        std::size_t size = 1;
        while (size < static_cast<std::size_t>(sample_rate / 50)) size *= 2;
        p.mask = size - 1;
        p.line.assign(size, Pair{});
        p.drift_share = 1.0 - base::exp(-1.2 * kFrames / sample_rate);
        p.delay = p.next_delay();
    }
}

ToneBox::~ToneBox() = default;

void ToneBox::process(audio::StereoView audio) {
    Parts& p = *parts_;
    const std::size_t frames = audio.frames();
    if (p.before) p.before->process(audio);
    if (p.tone.drive > 0)
        for (float* channel : {audio.left.data(), audio.right.data()}) drive(channel, frames, p.push, p.pull);
    p.after->process(audio);
    if (p.tone.wobble > 0)
        for (std::size_t i = 0; i < frames; i += kFrames)
            p.wobble(audio.left.data() + i, audio.right.data() + i);
    if (p.chorus) p.chorus->process(audio.left.data(), audio.right.data(), frames);
}

}  // namespace mmx::perform
