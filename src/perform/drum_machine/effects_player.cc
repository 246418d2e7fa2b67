#include "perform/drum_machine/effects_player.h"

#include <algorithm>
#include <array>

#include "base/maths.h"
#include "base/random.h"
#include "perform/block_player.h"
#include "perform/drum_machine/parts.h"

namespace mmx::perform::drum_machine {
namespace {

// One effect in progress. Its noises are its own, so that it sounds the same wherever the song puts it.
class Effect {
  public:
    Effect(const PlayedNote& note, double rate, std::uint64_t seed)
        : kind_(note.pitch),
          rate_(rate),
          start_(note.start.value),
          length_(std::max<std::int64_t>(note.length.value, 1)),
          gain_(base::pow(note.velocity / 0.7, 1.5)),
          chance_(seed, base::Stream::ambience, {note.serial, static_cast<std::uint64_t>(note.pitch), 0}),
          left_(chance_.bits()),
          right_(chance_.bits()),
          low_{Filter(300, 0.7, rate), Filter(300, 0.7, rate)},
          high_{Filter(3000, 0.7, rate), Filter(3000, 0.7, rate)},
          boom_(3.4, rate) {}

    std::int64_t start() const { return start_; }
    // The impact rings out; the others end with their note and a short fade.
    std::int64_t end() const {
        return start_ + (kind_ == kImpact ? static_cast<std::int64_t>(4.0 * rate_)
                                          : length_ + static_cast<std::int64_t>(fade_seconds() * rate_));
    }

    void add(std::int64_t at, float* left, float* right, std::size_t frames) {
        // Slowly moving filters are set once a block.
        const double turn = static_cast<double>(at - start_) / static_cast<double>(length_);
        prepare(std::clamp(turn, 0.0, 1.0),
                static_cast<double>(std::max<std::int64_t>(at - start_, 0)) / rate_);
        for (std::size_t i = 0; i < frames; ++i) {
            const std::int64_t frame = at + static_cast<std::int64_t>(i) - start_;
            if (frame < 0) continue;
            double l = 0, r = 0;
            next(frame, l, r);
            const double level = gain_ * edge(frame);
            left[i] += static_cast<float>(level * l);
            right[i] += static_cast<float>(level * r);
        }
    }

  private:
    bool ambience() const { return kind_ == kVinyl || kind_ == kRain || kind_ == kWind; }
    double fade_seconds() const { return ambience() ? 0.8 : kind_ == kImpact ? 0.0 : 0.03; }

    double edge(std::int64_t frame) const {
        const double in = ambience() ? std::min(static_cast<double>(frame) / (0.5 * rate_), 1.0) : 1.0;
        if (kind_ == kImpact || frame < length_) return in;
        return in * std::max(1.0 - static_cast<double>(frame - length_) / (fade_seconds() * rate_), 0.0);
    }

    void tune(Filter& filter, double hz, double q) {
        const double s0 = filter.s0, s1 = filter.s1;
        filter = Filter(hz, q, rate_);
        filter.s0 = s0;
        filter.s1 = s1;
    }

    void prepare(double turn, double seconds) {
        switch (kind_) {
            case kRiser:
            case kReverseCymbal:
                for (Filter& filter : high_)
                    tune(
                        filter,
                        (kind_ == kRiser ? 300.0 : 1800.0) * base::exp2((kind_ == kRiser ? 4.6 : 2.2) * turn),
                        1.2);
                swell_ = kind_ == kRiser ? base::exp2(5.5 * (turn - 1.0)) : base::exp2(7.5 * (turn - 1.0));
                sweep_hz_ = 110.0 * base::exp2(3.0 * turn);
                break;
            case kDownlifter:
                for (Filter& filter : high_) tune(filter, 7000.0 * base::exp2(-5.0 * turn), 1.2);
                swell_ = base::exp2(-4.0 * turn);
                sweep_hz_ = 880.0 * base::exp2(-4.0 * turn);
                break;
            case kImpact:
                for (Filter& filter : high_) tune(filter, 200.0 + 5200.0 * base::exp(-seconds * 5.0), 0.7);
                swell_ = 0.9 * base::exp(-seconds * 1.6);
                sweep_hz_ = 34.0 + 60.0 * base::exp(-seconds * 12.0);
                break;
            case kWind: {
                // Gusts: three slow waves that never meet.
                const double gust = 0.5 + 0.22 * base::sin(base::kTwoPi * 0.071 * seconds) +
                                    0.16 * base::sin(base::kTwoPi * 0.113 * seconds + 1.0) +
                                    0.1 * base::sin(base::kTwoPi * 0.19 * seconds + 2.0);
                tune(high_[0], 260.0 + 620.0 * gust, 1.1);
                tune(high_[1], 290.0 + 560.0 * gust, 1.1);
                swell_ = 0.25 + 0.75 * gust;
                break;
            }
            default:
                break;
        }
    }

    void next(std::int64_t frame, double& l, double& r) {
        const double a = left_.next(), b = right_.next();
        switch (kind_) {
            case kVinyl:
                return vinyl(frame, a, b, l, r);
            case kRain:
                return rain(a, b, l, r);
            case kWind:
                high_[0].feed(a);
                high_[1].feed(b);
                l = 0.16 * swell_ * (high_[0].band + 0.1 * high_[0].low);
                r = 0.16 * swell_ * (high_[1].band + 0.1 * high_[1].low);
                return;
            default:
                break;
        }
        high_[0].feed(a);
        high_[1].feed(b);
        const bool noise_only = kind_ == kReverseCymbal;
        const double tone = noise_only ? 0.0 : sine_.next(sweep_hz_, rate_);
        if (kind_ == kImpact) {
            const double body = soften(1.8 * tone) * boom_.next();
            l = 0.42 * body + 0.28 * swell_ * high_[0].low;
            r = 0.42 * body + 0.28 * swell_ * high_[1].low;
            return;
        }
        if (noise_only) {
            l = 0.24 * swell_ * high_[0].high;
            r = 0.24 * swell_ * high_[1].high;
            return;
        }
        l = swell_ * (0.38 * high_[0].band + 0.05 * tone);
        r = swell_ * (0.38 * high_[1].band + 0.05 * tone);
    }

    // Dust comes as Poisson's clicks: many faint, some loud; a deep scratch returns with each turn of 33 1/3
    // a minute.
    void vinyl(std::int64_t frame, double a, double b, double& l, double& r) {
        if (chance_.uniform() < 16.0 / rate_) {
            const double size = chance_.uniform();
            pop_[0] = pop_[1] = 0.11 * size * size * size + 0.010;
            pop_[chance_.integer(0, 1)] *= chance_.uniform(0.2, 1.0);
            pop_hz_ = chance_.integer(0, 2);
        }
        const auto revolution = static_cast<std::int64_t>(1.8 * rate_);
        if (frame % revolution == revolution / 3) pop_[0] = pop_[1] = 0.05;
        for (double& pop : pop_) pop *= pop_hz_ == 0 ? 0.86 : pop_hz_ == 1 ? 0.93 : 0.97;
        low_[0].feed(a);
        low_[1].feed(b);
        high_[0].feed(a);
        high_[1].feed(b);
        l = 0.0060 * high_[0].band + 0.0055 * low_[0].low + pop_[0] * (0.6 + 0.4 * a);
        r = 0.0060 * high_[1].band + 0.0055 * low_[1].low + pop_[1] * (0.6 + 0.4 * b);
    }

    void rain(double a, double b, double& l, double& r) {
        // A far hiss, and drops near by: short rings of their own pitch and place.
        if (chance_.uniform() < 55.0 / rate_) {
            Drop& drop = drops_[next_drop_++ % drops_.size()];
            const double size = chance_.uniform();
            const double pan = chance_.uniform();
            // One draw a statement: compilers disagree in which order a call's arguments are made.
            const double seconds = 0.012 + 0.03 * chance_.uniform();
            const double hertz = 1300.0 + 5200.0 * chance_.uniform();
            drop.mode = Mode(hertz, seconds, 0.004 + 0.02 * size * size * size, rate_);
            drop.left = base::sqrt(1.0 - pan);
            drop.right = base::sqrt(pan);
        }
        high_[0].feed(a);
        high_[1].feed(b);
        low_[0].feed(a);
        low_[1].feed(b);
        l = 0.020 * high_[0].band + 0.003 * high_[0].high + 0.012 * low_[0].band;
        r = 0.020 * high_[1].band + 0.003 * high_[1].high + 0.012 * low_[1].band;
        for (Drop& drop : drops_) {
            const double x = drop.mode.next();
            l += drop.left * x;
            r += drop.right * x;
        }
    }

    struct Drop {
        Mode mode{1000, 0.01, 0.0, 48000};
        double left = 0, right = 0;
    };

    int kind_;
    double rate_;
    std::int64_t start_, length_;
    double gain_;
    base::Chance chance_;
    Noise left_, right_;
    Filter low_[2], high_[2];
    Decay boom_;
    Sine sine_;
    double swell_ = 1, sweep_hz_ = 100;
    double pop_[2] = {};
    int pop_hz_ = 0;
    std::array<Drop, 8> drops_{};
    std::size_t next_drop_ = 0;
};

class EffectsPlayer final : public BlockPlayer {
  public:
    EffectsPlayer(const KitPatch& kit, std::vector<PlayedNote> notes, int sample_rate, std::uint64_t seed)
        : notes_(std::move(notes)),
          rate_(sample_rate),
          seed_(seed),
          level_(static_cast<float>(base::decibels_to_gain(kit.level_db))) {}

  private:
    void block(float* left, float* right) override {
        std::fill_n(left, kBlock, 0.0f);
        std::fill_n(right, kBlock, 0.0f);
        const std::int64_t end = now_ + static_cast<std::int64_t>(kBlock);
        for (; next_ < notes_.size() && notes_[next_].start.value < end; ++next_)
            if (notes_[next_].pitch >= kVinyl && notes_[next_].pitch <= kReverseCymbal)
                effects_.emplace_back(notes_[next_], rate_, seed_);
        for (Effect& effect : effects_) effect.add(now_, left, right, kBlock);
        std::erase_if(effects_, [&](const Effect& effect) { return effect.end() <= end; });
        for (std::size_t i = 0; i < kBlock; ++i) {
            left[i] *= level_;
            right[i] *= level_;
        }
        now_ = end;
    }

    std::vector<PlayedNote> notes_;
    int rate_;
    std::uint64_t seed_;
    float level_;
    std::size_t next_ = 0;
    std::int64_t now_ = 0;
    std::vector<Effect> effects_;
};

}  // namespace

std::unique_ptr<Player> make_effects_player(const KitPatch& kit, std::vector<PlayedNote> notes,
                                            int sample_rate, std::uint64_t seed) {
    return std::make_unique<EffectsPlayer>(kit, std::move(notes), sample_rate, seed);
}

}  // namespace mmx::perform::drum_machine
