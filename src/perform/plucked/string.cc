#include "perform/plucked/string.h"

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
    pole_ = static_cast<float>(pole);
    loss_at_fundamental_ = lowpass_gain(pole_, w);
    set_ring(ring_seconds);
    gain_ = gain_target_;
    // Stiff strings carry high partials faster: a negative allpass delays them less than the fundamental.
    stiff_ = static_cast<float>(-0.65 * stiffness * std::clamp(period / 400.0, 0.05, 1.0));
    const double rest = period - lowpass_delay(pole_, w) - allpass_delay(stiff_, w);
    const double whole = std::max(base::floor(rest - 0.5), 1.0);
    const double part = rest - whole;  // 0.5 ... 1.5, where the allpass is at its flattest
    double a = (1.0 - part) / (1.0 + part);
    double target = part;
    for (int step = 0; step < 6; ++step) {
        target += part - allpass_delay(a, w);
        a = (1.0 - target) / (1.0 + target);
    }
    tune_ = static_cast<float>(a);
    length_ = static_cast<std::size_t>(whole);
    if (line_.size() != length_) line_.assign(length_, 0.0f);
    at_ = 0;
}

void Loop::set_ring(double seconds) {
    const double wanted = base::exp2(-9.965784284662087 * period_seconds_ / seconds);
    gain_target_ = static_cast<float>(std::min(wanted / loss_at_fundamental_, 0.99995));
}

float Loop::next(float excitation) {
    const float out = line_[at_];
    gain_ += 0.006f * (gain_target_ - gain_);  // a finger comes down, it does not switch
    low_ = out * gain_ * (1.0f - pole_) + pole_ * low_;
    const float stiff = stiff_ * low_ + stiff_in_ - stiff_ * stiff_out_;
    stiff_in_ = low_;
    stiff_out_ = stiff;
    const float tuned = tune_ * stiff + tune_in_ - tune_ * tune_out_;
    tune_in_ = stiff;
    tune_out_ = tuned;
    line_[at_] = tuned + excitation;
    if (++at_ == length_) at_ = 0;
    return out;
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

void String::add(float* out, std::size_t frames) {
    for (std::size_t i = 0; i < frames; ++i) {
        const float e = excited_ < excitation_.size() ? excitation_[excited_++] : 0.0f;
        out[i] += 0.6f * first_.next(e) + 0.4f * second_.next(e);
    }
    quiet_after_ -= static_cast<std::int64_t>(frames);
}

}  // namespace mmx::perform::plucked
