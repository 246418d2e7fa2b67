// Rims, claves, shakers, scrapers and whistles.
#include <algorithm>
#include <array>

#include "perform/drum_machine/models.h"
#include "perform/drum_machine/parts.h"

namespace mmx::perform::drum_machine {

void stick(Bench& bench) {
    const Drum& drum = bench.drum;
    constexpr std::array<double, 3> kRatios = {1.0, 2.42, 3.66};
    const double tune = drum.hz * (1.0 + bench.chance.uniform(-0.01, 0.01));
    std::vector<Mode> modes;
    for (std::size_t m = 0; m < kRatios.size(); ++m) {
        const auto order = static_cast<double>(m);
        modes.emplace_back(tune * kRatios[m], drum.decay / (1.0 + 0.8 * order),
                           base::exp(-order * (1.6 - 1.3 * drum.tone)), bench.rate);
    }
    Noise noise(bench.chance.bits());
    Filter band(drum.noise_hz, 0.7, bench.rate);
    Decay hiss(drum.noise_decay, bench.rate, drum.noise),
        click(0.004, bench.rate, drum.click * (0.3 + 0.7 * bench.force));
    for (double& out : bench.out) {
        double x = 0.0;
        for (Mode& mode : modes) x += mode.next();
        band.feed(noise.next());
        x += 1.4 * band.band * hiss.next() + band.high * click.next();
        out += drum.drive > 0 ? soften(x * (1.0 + 4.0 * drum.drive)) : x;
    }
}

void shaker(Bench& bench) {
    const Drum& drum = bench.drum;
    const double rate = bench.rate;
    Noise noise(bench.chance.bits());
    Filter band(drum.hz * (0.94 + 0.12 * bench.force) * (1.0 + bench.chance.uniform(-0.03, 0.03)), 0.9, rate),
        cut(drum.hz * 0.5, 0.7, rate);
    // The beads arrive after a swing of the hand (`sweep_time`) and stop at the wall.
    const double swell = drum.sweep_time * (1.15 - 0.4 * bench.force);
    Decay tail(drum.decay, rate);
    std::array<Mode, 5> jingles = {Mode(drum.hz * 0.82, drum.noise_decay, 1, rate),
                                   Mode(drum.hz * 1.07, drum.noise_decay, 1, rate),
                                   Mode(drum.hz * 1.31, drum.noise_decay * 0.8, 1, rate),
                                   Mode(drum.hz * 1.62, drum.noise_decay * 0.7, 1, rate),
                                   Mode(drum.hz * 1.93, drum.noise_decay * 0.6, 1, rate)};
    for (std::size_t i = 0; i < bench.out.size(); ++i) {
        const double t = bench.seconds(i);
        const double rise = t < swell ? t / swell : 1.0;
        const double envelope = rise * rise * (t < swell ? 1.0 : tail.next());
        band.feed(noise.next());
        cut.feed(band.band);
        double x = 1.6 * cut.high * envelope;
        if (drum.tone > 0.8)  // a tambourine's jingles
            for (Mode& mode : jingles) x += 0.10 * mode.next();
        bench.out[i] += x;
    }
}

void ratchet(Bench& bench) {
    const Drum& drum = bench.drum;
    const double rate = bench.rate;
    Noise noise(bench.chance.bits());
    Filter band(drum.hz, 2.0, rate);
    // Teeth pass ever `sweep_time`, quicker in the middle of the stroke.
    Decay body(drum.decay, rate);
    double tooth = 1.0, tooth_level = 0.0;
    const double tooth_keep = base::exp(-1.0 / (0.0025 * rate));
    for (std::size_t i = 0; i < bench.out.size(); ++i) {
        tooth += 1.0 / (drum.sweep_time * rate);
        if (tooth >= 1.0) {
            tooth -= 1.0;
            tooth_level = bench.chance.uniform(0.7, 1.0);
        }
        band.feed(noise.next() * tooth_level);
        tooth_level *= tooth_keep;
        bench.out[i] += 2.0 * band.band * body.next();
    }
}

void whistle(Bench& bench) {
    const Drum& drum = bench.drum;
    const double rate = bench.rate;
    Sine tone;
    Noise noise(bench.chance.bits());
    Filter breath(drum.hz, 3.0, rate);
    Decay fall(drum.sweep_time, rate, base::exp2(drum.sweep) - 1.0);
    for (std::size_t i = 0; i < bench.out.size(); ++i) {
        const double t = bench.seconds(i);
        const double rise = std::min(t / 0.012, 1.0), end = std::clamp((drum.decay - t) / 0.03, 0.0, 1.0);
        const double trill = 1.0 + 0.03 * drum.tone * base::sin(base::kTwoPi * 28.0 * t);
        breath.feed(noise.next());
        bench.out[i] +=
            rise * end * (tone.next(drum.hz * trill * (1.0 + fall.next()), rate) + drum.noise * breath.band);
    }
}

}  // namespace mmx::perform::drum_machine
