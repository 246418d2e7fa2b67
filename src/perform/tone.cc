#include "perform/tone.h"

#include <optional>

#include "base/maths.h"
#include "base/random.h"
#include "perform/chorus.h"

namespace mmx::perform {
namespace {

// Second-order state-variable filter (Simper's form), one channel.
struct Svf {
    double a1 = 1, a2 = 0, a3 = 0, k = 1.414, s0 = 0, s1 = 0;
    void set(double hz, double rate) {
        const double g = base::tan(base::kPi * (hz < 0.45 * rate ? hz : 0.45 * rate) / rate);
        a1 = 1.0 / (1.0 + g * (g + k));
        a2 = g * a1;
        a3 = g * a2;
    }
    struct Out {
        double low, high;
    };
    Out feed(double x) {
        const double v3 = x - s1;
        const double band = a1 * s0 + a2 * v3;
        const double low = s1 + a2 * s0 + a3 * v3;
        s0 = 2.0 * band - s0;
        s1 = 2.0 * low - s1;
        return {low, x - k * band - low};
    }
};

double soften(double x) {
    if (x > 3.0) return 1.0;
    if (x < -3.0) return -1.0;
    return x * (27.0 + x * x) / (27.0 + 9.0 * x * x);
}

}  // namespace

struct ToneBox::Parts {
    style::Tone tone;
    double rate;
    std::uint64_t seed;
    float gain;
    Svf low[2], high[2], shelf[2];
    double shelf_gain = 0;
    double push = 1, pull = 1;
    std::optional<Chorus> chorus;
    // wow and flutter: a delay line read at a place that wanders
    std::vector<float> line[2];
    std::size_t mask = 0, write = 0;
    double wow = 0, flutter = 0;
    double drift = 0, drift_target = 0;
    std::int64_t frame = 0;

    void wobble(float& left, float& right) {
        line[0][write & mask] = left;
        line[1][write & mask] = right;
        // A bent spindle (0.5 Hz), a worn capstan (6 Hz) and a tape that slips now and then: the three move
        // the pitch by about 8, 4 and 8 cents at full depth.
        if (frame % 4096 == 0)
            drift_target =
                base::Chance(seed, base::Stream::effects, {static_cast<std::uint64_t>(frame / 4096), 7, 0})
                    .uniform(-1, 1);
        drift += (drift_target - drift) * (1.2 / rate);
        const double depth = tone.wobble * rate;
        const double sway = 0.0016 * base::sin(base::kTwoPi * wow) +
                            0.00007 * base::sin(base::kTwoPi * flutter) + 0.002 * drift;
        wow += 0.53 / rate;
        if (wow >= 1.0) wow -= 1.0;
        flutter += 6.3 / rate;
        if (flutter >= 1.0) flutter -= 1.0;
        ++frame;
        const double delay = 2.0 + depth * (0.0042 + sway);
        const auto whole = static_cast<std::size_t>(delay);
        const double part = delay - static_cast<double>(whole);
        for (int c = 0; c < 2; ++c) {
            const auto at = [&](std::size_t back) {
                return static_cast<double>(line[c][(write - back) & mask]);
            };
            // Hermite: a straight line between samples would dull what is read between them.
            const double x0 = at(whole - 1), x1 = at(whole), x2 = at(whole + 1), x3 = at(whole + 2);
            const double c1 = 0.5 * (x2 - x0), c2 = x0 - 2.5 * x1 + 2.0 * x2 - 0.5 * x3,
                         c3 = 0.5 * (x3 - x0) + 1.5 * (x1 - x2);
            (c == 0 ? left : right) = static_cast<float>(((c3 * part + c2) * part + c1) * part + x1);
        }
        ++write;
    }
};

ToneBox::ToneBox(const style::Tone& tone, int sample_rate, std::uint64_t seed)
    : parts_(std::make_unique<Parts>()) {
    Parts& p = *parts_;
    p.tone = tone;
    p.rate = sample_rate;
    p.seed = seed;
    p.gain = static_cast<float>(base::decibels_to_gain(tone.level_db));
    for (int c = 0; c < 2; ++c) {
        if (tone.lowpass_hz > 0) p.low[c].set(tone.lowpass_hz, sample_rate);
        if (tone.highpass_hz > 0) p.high[c].set(tone.highpass_hz, sample_rate);
        p.shelf[c].set(3000.0, sample_rate);
    }
    p.shelf_gain = base::decibels_to_gain(tone.brightness_db) - 1.0;
    if (tone.drive > 0) {
        // Quiet playing passes at its level; peaks of -6 dBFS are rounded by a few decibels at full drive.
        p.push = 0.6 + 3.4 * tone.drive;
        p.pull = (1.0 - 0.25 * tone.drive) / p.push;
    }
    if (tone.ensemble > 0) p.chorus.emplace(ChorusKind::juno, tone.ensemble, sample_rate);
    if (tone.wobble > 0) {
        std::size_t size = 1;
        while (size < static_cast<std::size_t>(sample_rate / 50)) size *= 2;
        p.mask = size - 1;
        for (auto& line : p.line) line.assign(size, 0.0f);
    }
}

ToneBox::~ToneBox() = default;

void ToneBox::process(audio::StereoView audio) {
    Parts& p = *parts_;
    for (std::size_t i = 0; i < audio.frames(); ++i) {
        float* ears[2] = {&audio.left[i], &audio.right[i]};
        for (int c = 0; c < 2; ++c) {
            double x = *ears[c];
            if (p.tone.highpass_hz > 0) x = p.high[c].feed(x).high;
            if (p.tone.drive > 0) x = soften(x * p.push) * p.pull;
            if (p.tone.lowpass_hz > 0) x = p.low[c].feed(x).low;
            if (p.tone.brightness_db != 0) x += p.shelf_gain * p.shelf[c].feed(x).high;
            *ears[c] = static_cast<float>(x) * p.gain;
        }
        if (p.tone.wobble > 0) p.wobble(*ears[0], *ears[1]);
    }
    if (p.chorus) p.chorus->process(audio.left.data(), audio.right.data(), audio.frames());
}

}  // namespace mmx::perform
