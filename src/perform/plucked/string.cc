#include "perform/plucked/string.h"

#include <array>

#include "base/maths.h"
#include "base/random.h"

namespace mmx::perform::plucked {
namespace {

// First-order filters at one frequency w (radians a sample): phase delays in samples.
double allpass_delay(double a, double w) {
    return 1.0 - 2.0 * base::atan(a * base::sin(w) / (1.0 + a * base::cos(w))) / w;
}
double lowpass_delay(double b, double w) {
    return base::atan(b * base::sin(w) / (1.0 - b * base::cos(w))) / w;
}
double lowpass_gain(double b, double w) {
    return (1.0 - b) / base::sqrt(1.0 - 2.0 * b * base::cos(w) + b * b);
}

// A finger comes down, it does not switch: the gain goes 0.6 % of its way a frame.
struct Glide {
    std::array<float, Loop::kFrames> powers{};  // of what is still to go
    constexpr Glide() {
        double power = 1;
        for (float& p : powers) p = static_cast<float>(power *= 0.994);
    }
};
constexpr Glide kGlide;

// Loss, stiffness, tuning, and what the pick adds: block holds what left the delay and gets what goes in
// again.
MMX_LANES_KERNEL void once_around(const Loop::Filters& filters, Loop::State& state, float gain_off,
                                  float gain, const float* excitation, float* block) {
    using namespace synth;
    for (std::size_t i = 0; i < Loop::kFrames; i += kLanes) {
        const f32x8 gains = all(gain) + gain_off * load(kGlide.powers.data() + i);
        const f32x8 low = filters.loss.over(load(block + i) * gains * filters.loss_share, state.low);
        const f32x8 stiff =
            filters.stiff.over(filters.stiff_gain * low + one_ago(low, state.low), state.stiff);
        const f32x8 tuned =
            filters.tune.over(filters.tune_gain * stiff + one_ago(stiff, state.stiff), state.tuned);
        state = {low[kLanes - 1], stiff[kLanes - 1], tuned[kLanes - 1]};
        store(block + i, tuned + load(excitation + i));
    }
}

}  // namespace

void Loop::tune(double hz, double ring_seconds, double bright_seconds, double stiffness, double rate) {
    const double period = rate / hz, w = base::kTwoPi / period;
    period_seconds_ = 1.0 / hz;
    // The pole that makes partials near 3.5 kHz die in bright_seconds while the fundamental rings
    // ring_seconds.
    const double bright_hz = std::min(std::max(3500.0, 4.0 * hz), 0.4 * rate);
    const double wanted =
        base::exp2(-9.965784284662087 * period_seconds_ * (1.0 / bright_seconds - 1.0 / ring_seconds));
    const double bright_w = base::kTwoPi * bright_hz / rate;
    double low = 0.0, high = 0.97;
    for (int step = 0; step < 40; ++step) {
        const double middle = 0.5 * (low + high);
        (lowpass_gain(middle, bright_w) / lowpass_gain(middle, w) > wanted ? low : high) = middle;
    }
    const double pole = 0.5 * (low + high);
    loss_at_fundamental_ = lowpass_gain(pole, w);
    set_ring(ring_seconds);
    gain_ = gain_target_;
    // Stiff strings carry high partials faster: a negative allpass delays them less than the fundamental.
    const double stiff = -0.65 * stiffness * std::clamp(period / 400.0, 0.05, 1.0);
    const double rest = period - lowpass_delay(pole, w) - allpass_delay(stiff, w);
    // Loops are worked through kFrames at a time, so none may be shorter: that is above 2.6 kHz, beyond any
    // fret.
    const double whole = std::max(base::floor(rest - 0.5), static_cast<double>(kFrames));
    // 0.5 ... 1.5, where the allpass is at its flattest
    const double part = std::clamp(rest - whole, 0.1, 1.5);
    double a = (1.0 - part) / (1.0 + part);
    double target = part;
    for (int step = 0; step < 6; ++step) {
        target += part - allpass_delay(a, w);
        a = (1.0 - target) / (1.0 + target);
    }
    filters_.loss_share = static_cast<float>(1.0 - pole);
    filters_.loss = synth::Recursion(pole);
    filters_.stiff_gain = static_cast<float>(stiff);
    filters_.stiff = synth::Recursion(-stiff);
    filters_.tune_gain = static_cast<float>(a);
    filters_.tune = synth::Recursion(-a);
    const auto length = static_cast<std::size_t>(whole);
    if (line_.size() != length) line_.assign(length, 0.0f);
    at_ = 0;
}

void Loop::set_ring(double seconds) {
    const double wanted = base::exp2(-9.965784284662087 * period_seconds_ / seconds);
    gain_target_ = static_cast<float>(std::min(wanted / loss_at_fundamental_, 0.99995));
}

void Loop::add(const float* excitation, float level, float* out) {
    // What comes out of the delay now went in a period ago, so kFrames are known at once.
    std::array<float, kFrames> block;
    const std::size_t first = std::min(kFrames, line_.size() - at_);
    std::copy_n(line_.data() + at_, first, block.data());
    std::copy_n(line_.data(), kFrames - first, block.data() + first);
    for (std::size_t i = 0; i < kFrames; ++i) out[i] += level * block[i];
    once_around(filters_, state_, gain_ - gain_target_, gain_target_, excitation, block.data());
    gain_ = gain_target_ + kGlide.powers[kFrames - 1] * (gain_ - gain_target_);
    std::copy_n(block.data(), first, line_.data() + at_);
    std::copy_n(block.data() + first, kFrames - first, line_.data());
    at_ += kFrames;
    if (at_ >= line_.size()) at_ -= line_.size();
}

String::String(const PluckedPatch& patch, int sample_rate) : patch_(patch), rate_(sample_rate) {}

void String::pluck(const Pluck& pluck, bool ringing) {
    const double hz = base::midi_to_hertz(pluck.pitch + pluck.cents / 100.0);
    const bool muted = pluck.muted || patch_.muted;
    const double octaves_up = (pluck.pitch - 40) / 12.0;
    double ring = patch_.decay * base::exp2(-patch_.decay_fall * octaves_up);
    double bright = 0.12 * base::exp2(4.2 * patch_.brightness);
    if (muted) {
        ring = patch_.mute_decay * base::exp2(-0.3 * octaves_up);
        bright = std::min(bright, 0.10);
    }
    bright = std::min(bright, ring * 0.9);
    if (!ringing) {
        first_.tune(hz, ring, bright, patch_.stiffness, rate_);
        second_.tune(hz * base::exp2(patch_.beating_cents / 1200.0), ring * 0.7, bright * 0.8,
                     patch_.stiffness, rate_);
        first_.hush();
        second_.hush();
    } else {
        first_.set_ring(ring);
        second_.set_ring(ring * 0.7);
    }

    // The pick pulls a corner of a certain width out of the string and lets go; the two waves that run from
    // there meet the bridge one after the other, which is the comb of the picking place.
    base::Chance chance(pluck.seed, base::Stream::plucked);
    const double period = rate_ / hz;
    const double force = pluck.force;
    const double hardness =
        std::clamp(patch_.pick_hardness + 0.5 * (force - 0.7) - (muted ? 0.15 : 0.0), 0.0, 1.0);
    const double width = rate_ * 0.0016 * base::exp2(-3.6 * hardness);
    const double position = std::clamp(patch_.pick_position * (1.0 + chance.uniform(-0.08, 0.08)), 0.02, 0.5);
    const auto pulse = static_cast<std::size_t>(std::max(width, 3.0));
    const auto comb = static_cast<std::size_t>(std::max(position * period, 1.0));
    // A string pulled into a triangle sends a rectangle of force to the bridge: up while one corner is past
    // it, down when the other comes. The pick's width rounds the edges; the period's mean is taken out, for a
    // string has no standing force.
    const auto one_period = static_cast<std::size_t>(period);
    std::vector<double> edge(one_period + pulse + comb + 1, 0.0);
    double risen = 0.0;
    for (std::size_t i = 0; i < edge.size(); ++i) {
        if (i < pulse)
            risen += (1.0 -
                      base::cos(base::kTwoPi * (static_cast<double>(i) + 0.5) / static_cast<double>(pulse))) /
                     static_cast<double>(pulse);
        edge[i] = risen;
    }
    std::vector<double> shape(one_period + pulse, 0.0);
    double mean = 0.0;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        shape[i] = edge[i] - (i >= comb ? edge[i - comb] : 0.0);
        mean += shape[i];
    }
    mean /= static_cast<double>(one_period);
    // Narrow rectangles are weak ones: even out half of that, as a player picks harder near the bridge.
    const double scale = 0.55 / base::sqrt(base::sqrt(position * (1.0 - position)));
    double noise_low = 0.0;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (i < one_period) shape[i] -= mean;
        noise_low += (chance.uniform(-1, 1) - noise_low) * (0.15 + 0.7 * hardness);
        const double fade = std::max(1.0 - static_cast<double>(i) / period, 0.0);
        shape[i] = scale * shape[i] + patch_.pick_noise * 0.5 * noise_low * fade * fade;
    }
    excitation_.assign(shape.begin(), shape.end());
    excited_ = 0;
    const double level =
        base::pow(force / 0.7, patch_.velocity_db / 12.0412) * (1.0 + chance.uniform(-0.05, 0.05));
    for (float& x : excitation_) x *= static_cast<float>(level);
    quiet_after_ = static_cast<std::int64_t>(ring * 1.5 * rate_);
}

void String::damp(double seconds_to_silence) {
    first_.set_ring(seconds_to_silence);
    second_.set_ring(seconds_to_silence);
    quiet_after_ = std::min(quiet_after_, static_cast<std::int64_t>(seconds_to_silence * 2.2 * rate_));
}

void String::add(float* out) {
    std::array<float, Loop::kFrames> excitation{};
    const std::size_t count = std::min(Loop::kFrames, excitation_.size() - excited_);
    std::copy_n(excitation_.data() + excited_, count, excitation.data());
    excited_ += count;
    first_.add(excitation.data(), 0.6f, out);
    second_.add(excitation.data(), 0.4f, out);
    quiet_after_ -= static_cast<std::int64_t>(Loop::kFrames);
}

}  // namespace mmx::perform::plucked
