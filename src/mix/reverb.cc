#include "mix/reverb.h"

#include <algorithm>
#include <cstring>

#include "base/maths.h"
#include "mix/sides.h"

namespace mmx::mix {
namespace {

// Delays without common divisors share no echo times: the tail grows dense instead of repeating.
std::size_t next_prime(std::size_t n) {
    for (n |= 1;; n += 2) {
        bool prime = true;
        for (std::size_t d = 3; d * d <= n && prime; d += 2) prime = n % d != 0;
        if (prime) return n;
    }
}

std::size_t frames_of(double milliseconds, int sample_rate) {
    return static_cast<std::size_t>(base::floor(milliseconds * 0.001 * sample_rate + 0.5));
}

struct Space {
    double shortest_ms, longest_ms;  // of the network's lines
    double diffusion_ms;
    double early_from_ms, early_to_ms;  // 0: none
};

// A room's walls are near, a hall's far; a plate answers at once and everywhere; a spring's travel times lie
// close together.
Space space_of(const style::ReverbStyle& style) {
    switch (style.kind) {
        case style::ReverbKind::room:
            return {11 + 9 * style.size, 31 + 26 * style.size, 3.5, 3, 16 + 22 * style.size};
        case style::ReverbKind::plate:
            return {18 + 12 * style.size, 57 + 34 * style.size, 5.0, 0, 0};
        case style::ReverbKind::hall:
            return {24 + 22 * style.size, 71 + 64 * style.size, 6.5, 9, 45 + 50 * style.size};
        case style::ReverbKind::spring:
            return {31 + 8 * style.size, 47 + 12 * style.size, 2.5, 0, 0};
    }
    return {24, 71, 6.5, 9, 60};
}

// Coefficient of a one-pole low-pass (unity at 0 Hz) whose amplitude at `hertz` is `ratio`.
double pole_for(double ratio, double hertz, int sample_rate) {
    const double c = base::cos(base::kTwoPi * std::min(hertz, 0.45 * sample_rate) / sample_rate),
                 r = ratio * ratio;
    const double a = 1 - r, b = 1 - r * c;
    return a <= 0 ? 0 : (b - base::sqrt(b * b - a * a)) / a;
}

double pole_gain(double pole, double hertz, int sample_rate) {
    const double c = base::cos(base::kTwoPi * hertz / sample_rate);
    return (1 - pole) / base::sqrt(1 - 2 * pole * c + pole * pole);
}

// Smooth oscillation of a phase in turns, -1 to 1: two parabolas with a continuous slope.
double wave(double turns) {
    const double t = 2 * turns - 1;
    return 4 * t * (1 - std::abs(t));
}

typedef float Four __attribute__((vector_size(16)));

Four load(const float* from) {
    Four four;
    std::memcpy(&four, from, sizeof four);
    return four;
}
void store(Four four, float* to) {
    std::memcpy(to, &four, sizeof four);
}

// Four rows of four become four columns.
void transpose(Four& a, Four& b, Four& c, Four& d) {
    const Four p = __builtin_shufflevector(a, b, 0, 4, 1, 5), q = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const Four r = __builtin_shufflevector(c, d, 0, 4, 1, 5), s = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    a = __builtin_shufflevector(p, r, 0, 1, 4, 5);
    b = __builtin_shufflevector(p, r, 2, 3, 6, 7);
    c = __builtin_shufflevector(q, s, 0, 1, 4, 5);
    d = __builtin_shufflevector(q, s, 2, 3, 6, 7);
}

constexpr double kMiddle = 1000;  // Hz: where the stated decay time holds
constexpr float kDiffusion = 0.62f;
constexpr float kDispersion = 0.6f;
constexpr double kSqrtHalf = 0.70710678118654752;

}  // namespace

Reverb::Reverb(const style::ReverbStyle& style, int sample_rate) {
    const std::array input = {audio::high_pass(style.low_cut, kSqrtHalf, sample_rate),
                              audio::low_pass(style.high_cut, kSqrtHalf, sample_rate)};
    input_filters_ = audio::StereoCascade(input);
    sides_ = one_bass(sample_rate);
    side_gain_ = static_cast<float>(style.width);
    pre_delay_ = frames_of(style.pre_delay_ms, sample_rate) + kBlock;
    early_delay_ = frames_of(style.pre_delay_ms * 0.4, sample_rate) + kBlock;
    set_lines(style, sample_rate);
    set_early(style, sample_rate);
    if (style.kind == style::ReverbKind::spring) springs_.resize(36);
}

void Reverb::set_lines(const style::ReverbStyle& style, int sample_rate) {
    const Space space = space_of(style);
    constexpr std::array<double, 4> kRatios = {1.0, 0.713, 0.467, 0.331};
    for (std::size_t side = 0; side < 2; ++side) {
        for (std::size_t i = 0; i < kRatios.size(); ++i) {
            // A plate and a spring are dense at once: longer diffusion for them would smear drums, shorter
            // clatters.
            const double ms = space.diffusion_ms * kRatios[i] * (side == 0 ? 1.0 : 1.093);
            const std::size_t delay =
                std::max(next_prime(frames_of(ms, sample_rate)), next_prime(kBlock + 1 + 4 * i + 2 * side));
            diffusers_[side].push_back({Ring(delay + 2 * kBlock), delay});
        }
    }
    double energy = 0;
    for (std::size_t i = 0; i < kLines; ++i) {
        // Evenly spaced in pitch, left and right in turns; the shuffle keeps neighbours from beating
        // together.
        const double place = static_cast<double>((i * 7) % kLines) / (kLines - 1);
        const double ms = space.shortest_ms * base::pow(space.longest_ms / space.shortest_ms, place);
        const std::size_t delay = next_prime(frames_of(ms, sample_rate));
        delay_[i] = static_cast<double>(delay);
        lines_[i] = Ring(delay + 2 * kBlock + 64);
        const double seconds = static_cast<double>(delay) / sample_rate;
        // 60 dB fall in style.seconds at kMiddle, in half of that at damping_hz.
        const double middle = base::exp2(-9.965784284662087 * seconds / style.seconds);
        const double pole = pole_for(middle, std::max(style.damping_hz, 1500.0), sample_rate);
        const double loop = std::min(middle / pole_gain(pole, kMiddle, sample_rate), 0.9997);
        keep_[i / 4][i % 4] = static_cast<float>(1 - pole);
        gain_[i / 4][i % 4] = static_cast<float>(loop) / 4;  // 1/4 makes the 16-row Hadamard matrix lossless
        energy +=
            loop * loop * pole_gain(pole, 2500, sample_rate) * pole_gain(pole, 2500, sample_rate) / kLines;
        // The lines move by up to 9 frames at about half a hertz: it breaks up ringing without audible
        // vibrato.
        depth_[i] = (i % 2 == 0 ? 9.0 : 4.0) * style.modulation * sample_rate / 48000;
        phase_[i] = static_cast<double>((i * 5) % kLines) / kLines;
        step_[i] = (0.31 + 0.037 * static_cast<double>(i)) * kBlock / sample_rate;
    }
    // Steady sound of power P into 8 lines a side leaves 8 P e / (1 - e) behind.
    tail_gain_ = static_cast<float>(base::sqrt((1 - energy) / (8 * energy)));
}

void Reverb::set_early(const style::ReverbStyle& style, int sample_rate) {
    const Space space = space_of(style);
    double longest = 0;
    if (space.early_to_ms > 0 && style.early_db > -60) {
        // Irregular steps that grow denser, as walls, corners and then second reflections answer.
        constexpr std::array<double, 8> kLeft = {0.0, 0.19, 0.31, 0.47, 0.58, 0.71, 0.83, 0.97};
        constexpr std::array<double, 8> kRight = {0.06, 0.14, 0.37, 0.43, 0.63, 0.74, 0.89, 1.0};
        const auto taps = [&](const std::array<double, 8>& times, bool left) {
            std::vector<Tap> list;
            double power = 0;
            for (std::size_t i = 0; i < times.size(); ++i) {
                const double ms = space.early_from_ms + (space.early_to_ms - space.early_from_ms) * times[i];
                const double level = base::pow(space.early_from_ms / ms, 0.6) * (i % 3 == 1 ? -1 : 1);
                const double near = i % 2 == 0 ? 0.9 : 0.44, far = i % 2 == 0 ? 0.44 : 0.9;
                list.push_back({frames_of(ms, sample_rate), static_cast<float>(level * (left ? near : far)),
                                static_cast<float>(level * (left ? far : near))});
                power += level * level;
                longest = std::max(longest, ms);
            }
            const auto gain = static_cast<float>(base::decibels_to_gain(style.early_db) / base::sqrt(power));
            for (Tap& tap : list) {
                tap.to_left *= gain;
                tap.to_right *= gain;
            }
            return list;
        };
        early_left_ = taps(kLeft, true);
        early_right_ = taps(kRight, false);
    }
    const std::size_t memory =
        std::max(pre_delay_, early_delay_ + frames_of(longest, sample_rate)) + 2 * kBlock;
    pre_left_ = Ring(memory);
    pre_right_ = Ring(memory);
}

void Reverb::process(audio::StereoView audio) {
    input_filters_.process(audio);
    for (std::size_t first = 0; first < audio.frames();) {
        const std::size_t count = std::min(kBlock - position_ % kBlock, audio.frames() - first);
        block(audio.left.subspan(first, count), audio.right.subspan(first, count));
        first += count;
        position_ += count;
    }
    std::array<audio::Frame2, 64> frames;
    for (std::size_t first = 0; first < audio.frames(); first += frames.size()) {
        const std::size_t count = std::min(frames.size(), audio.frames() - first);
        for (std::size_t i = 0; i < count; ++i) {
            const float left = audio.left[first + i], right = audio.right[first + i];
            frames[i] = audio::Frame2{static_cast<double>(0.5f * (left + right)),
                                      static_cast<double>(0.5f * side_gain_ * (left - right))};
        }
        sides_.process(std::span(frames).first(count));
        for (std::size_t i = 0; i < count; ++i) {
            audio.left[first + i] = static_cast<float>(frames[i][0] + frames[i][1]);
            audio.right[first + i] = static_cast<float>(frames[i][0] - frames[i][1]);
        }
    }
}

void Reverb::diffuse(std::span<Diffuser> stages, Row& row, std::size_t n) const {
    Row scratch, next;
    for (Diffuser& stage : stages) {
        const float* old = stage.ring.view(position_ - stage.delay, scratch);
        for (std::size_t i = 0; i < kBlock; ++i) {
            next[i] = row[i] + kDiffusion * old[i];
            row[i] = old[i] - kDiffusion * next[i];
        }
        stage.ring.write(position_, std::span(next).first(n));
    }
}

// Thirty-six all-passes let the lows through at once and the highs late: the drip of a spring tank.
void Reverb::drip(std::span<float> left, std::span<float> right) {
    for (std::size_t i = 0; i < left.size();) {
        const std::size_t slot = (position_ + i) % 4;
        if (slot == 0 && i + 4 <= left.size()) {  // four frames at once: none of them needs another's result
            Four x = 0.5f * (load(&left[i]) + load(&right[i]));
            for (Dispersion& stage : springs_) {
                const Four y = stage.input + kDispersion * (x - stage.output);
                stage.input = x;
                stage.output = y;
                x = y;
            }
            store(x, &left[i]);
            store(x, &right[i]);
            i += 4;
            continue;
        }
        float x = 0.5f * (left[i] + right[i]);
        for (Dispersion& stage : springs_) {
            const float y = stage.input[slot] + kDispersion * (x - stage.output[slot]);
            stage.input[slot] = x;
            stage.output[slot] = y;
            x = y;
        }
        left[i] = right[i] = x;
        ++i;
    }
}

// Loops run over whole blocks, whose constant length lets the compiler use vectors; what lies beyond the n
// frames of a cut block is computed from leftovers and thrown away.
void Reverb::block(std::span<float> left, std::span<float> right) {
    const std::size_t n = left.size(), at = position_ % kBlock;
    pre_left_.write(position_, left);
    pre_right_.write(position_, right);
    Row in_left, in_right, out_left, out_right, row;
    const auto cut = [n](Row& whole) { return std::span(whole).first(n); };
    pre_left_.read(position_ - pre_delay_, in_left);
    pre_right_.read(position_ - pre_delay_, in_right);
    if (!springs_.empty()) drip(cut(in_left), cut(in_right));
    diffuse(diffusers_[0], in_left, n);
    diffuse(diffusers_[1], in_right, n);

    // Frames by lines, so that the damping filters of all lines run side by side.
    std::array<std::array<Four, kFours>, kBlock> net;
    read_lines(net, at, n);
    std::array<Four, kFours> damped = damped_;
    const Four left_in = {1, 0, 1, 0}, right_in = {0, 1, 0, 1};
    for (std::size_t i = 0; i < n; ++i) {
        Four x[kFours];
#pragma GCC unroll 4
        for (std::size_t f = 0; f < kFours; ++f) {
            damped[f] += keep_[f] * (net[i][f] - damped[f]);
            x[f] = damped[f] * gain_[f];
        }
        // Even lines are heard on the left, odd ones on the right, with signs that share nothing.
        const Four heard = (x[0] * Four{1, 1, -1, 1} + x[1] * Four{1, -1, 1, -1}) +
                           (x[2] * Four{1, 1, -1, 1} - x[3] * Four{1, 1, -1, -1});
        out_left[i] = 4 * tail_gain_ * (heard[0] + heard[2]);
        out_right[i] = 4 * tail_gain_ * (heard[1] + heard[3]);
        // Hadamard: sums and differences over distances of 8, 4, 2 and 1 lines.
        const Four a = x[0] + x[2], b = x[1] + x[3], c = x[0] - x[2], d = x[1] - x[3];
        const Four mixed[kFours] = {a + b, a - b, c + d, c - d};
        const Four feed = left_in * in_left[i] + right_in * in_right[i];
#pragma GCC unroll 4
        for (std::size_t f = 0; f < kFours; ++f) {
            Four y = mixed[f];
            y = __builtin_shufflevector(y, y, 2, 3, 0, 1) + y * Four{1, 1, -1, -1};
            y = __builtin_shufflevector(y, y, 1, 0, 3, 2) + y * Four{1, -1, 1, -1};
            net[i][f] = y + feed;
        }
    }
    damped_ = damped;
    std::array<Row, 4> rows;
    for (std::size_t f = 0; f < kFours; ++f) {
        for (std::size_t i = 0; i < kBlock; i += 4) {
            Four a = net[i][f], b = net[i + 1][f], c = net[i + 2][f], d = net[i + 3][f];
            transpose(a, b, c, d);
            store(a, &rows[0][i]);
            store(b, &rows[1][i]);
            store(c, &rows[2][i]);
            store(d, &rows[3][i]);
        }
        for (std::size_t l = 0; l < 4; ++l) lines_[4 * f + l].write(position_, cut(rows[l]));
    }

    const auto reflect = [&](const std::vector<Tap>& taps, const Ring& ring) {
        for (const Tap& tap : taps) {
            const float* past = ring.view(position_ - early_delay_ - tap.delay, row);
            for (std::size_t i = 0; i < kBlock; ++i) out_left[i] += tap.to_left * past[i];
            for (std::size_t i = 0; i < kBlock; ++i) out_right[i] += tap.to_right * past[i];
        }
    };
    reflect(early_left_, pre_left_);
    reflect(early_right_, pre_right_);
    std::ranges::copy(cut(out_left), left.begin());
    std::ranges::copy(cut(out_right), right.begin());
}

void Reverb::read_lines(std::span<std::array<Four, kFours>, kBlock> net, std::size_t at, std::size_t n) {
    std::array<float, kBlock + 1> scratch;
    std::array<Row, 4> rows;
    for (std::size_t l = 0; l < kLines; ++l) {
        // The delay glides along a straight line within each block of the absolute grid; linear
        // interpolation.
        const double turns = phase_[l] + step_[l], next = turns >= 1 ? turns - 1 : turns;
        const double now = delay_[l] + depth_[l] * (wave(phase_[l]) - 1);
        const double later = delay_[l] + depth_[l] * (wave(next) - 1);
        const auto whole = static_cast<std::size_t>(now);
        const auto slope = static_cast<float>((later - now) / kBlock);
        const auto start = static_cast<float>(now - static_cast<double>(whole));
        if (at + n == kBlock) phase_[l] = next;
        const float* past = lines_[l].view(position_ - whole - 1, scratch);
        const auto first = static_cast<float>(at);
        Four count = {first, first + 1, first + 2, first + 3};
        for (std::size_t i = 0; i < kBlock; i += 4, count += 4.0f) {
            const Four older = load(past + i), newer = load(past + i + 1);
            store(newer + (start + slope * count) * (older - newer), &rows[l % 4][i]);
        }
        if (l % 4 < 3) continue;
        for (std::size_t i = 0; i < kBlock; i += 4) {
            Four a = load(&rows[0][i]), b = load(&rows[1][i]), c = load(&rows[2][i]), d = load(&rows[3][i]);
            transpose(a, b, c, d);
            net[i][l / 4] = a;
            net[i + 1][l / 4] = b;
            net[i + 2][l / 4] = c;
            net[i + 3][l / 4] = d;
        }
    }
}

}  // namespace mmx::mix
