// Hats, cymbals, cowbell and bells.
#include <algorithm>
#include <array>

#include "perform/drum_machine/models.h"
#include "perform/drum_machine/parts.h"
#include "perform/synth/lanes.h"

namespace mmx::perform::drum_machine {
namespace {

// The six oscillators of the TR-808's metal, in Hz (service notes; measured values vary by machine).
constexpr std::array<double, 6> kMetal = {205.3, 304.4, 369.6, 522.7, 540.0, 800.0};

// 8 n dying sines at once by rotation; each adds amp * sin.
struct ModeBank {
    static constexpr std::size_t kVectors = 6;
    synth::f32x8 x[kVectors] = {}, y[kVectors] = {}, c[kVectors] = {}, s[kVectors] = {};

    void set(std::size_t mode, double hz, double seconds, double amplitude, double start, double rate) {
        if (hz > 0.45 * rate) return;
        const double turn = base::kTwoPi * hz / rate, keep = decay_factor(seconds, rate);
        const std::size_t v = mode / 8, l = mode % 8;
        c[v][l] = static_cast<float>(keep * base::cos(turn));
        s[v][l] = static_cast<float>(keep * base::sin(turn));
        x[v][l] = static_cast<float>(amplitude * base::sin(start));
        y[v][l] = static_cast<float>(amplitude * base::cos(start));
    }
};

MMX_LANES_KERNEL
void ring(ModeBank& bank, double* out, std::size_t frames, double gain) {
    for (std::size_t i = 0; i < frames; ++i) {
        synth::f32x8 sum = {};
        for (std::size_t v = 0; v < ModeBank::kVectors; ++v) {
            sum += bank.x[v];
            const synth::f32x8 moved = bank.c[v] * bank.x[v] + bank.s[v] * bank.y[v];
            bank.y[v] = bank.c[v] * bank.y[v] - bank.s[v] * bank.x[v];
            bank.x[v] = moved;
        }
        out[i] += gain * static_cast<double>(((sum[0] + sum[4]) + (sum[1] + sum[5])) +
                                             ((sum[2] + sum[6]) + (sum[3] + sum[7])));
    }
}

}  // namespace

void hat(Bench& bench) {
    const Drum& drum = bench.drum;
    const double rate = bench.rate;
    const double tune = drum.hz / 540.0 * (1.0 + bench.chance.uniform(-0.006, 0.006));
    std::vector<Square> squares;
    for (const double hz : kMetal)
        squares.emplace_back(hz * tune, rate, static_cast<std::uint32_t>(bench.chance.bits()));
    Noise noise(bench.chance.bits());
    const double top = 6200.0 + 2600.0 * drum.tone;
    Filter first(top, 0.9, rate), second(top * 0.92, 0.75, rate), sheen(10200.0, 1.2, rate),
        ease(11000.0 + 5000.0 * bench.force * drum.tone, 0.6, rate);
    const double length =
        drum.decay * (0.75 + 0.35 * bench.force) * (1.0 + bench.chance.uniform(-0.08, 0.08));
    Decay body(length, rate), tick(std::min(0.03, length), rate, 0.3 + 0.6 * bench.force);
    const double attack_step = 1.0 / (0.0004 * rate);
    double attack = 0.0;
    for (std::size_t i = 0; i < bench.out.size(); ++i) {
        attack = std::min(attack + attack_step, 1.0);
        double metal = 0.0;
        for (Square& square : squares) metal += square.next();
        const double x = (1.0 - drum.noise) * metal * 0.4 + drum.noise * noise.next() * 1.1;
        first.feed(x);
        second.feed(first.high);
        sheen.feed(x);
        ease.feed(second.high + 0.7 * sheen.band);
        bench.out[i] += ease.low * attack * (body.next() + tick.next());
    }
}

void cymbal(Bench& bench, bool ping) {
    const Drum& drum = bench.drum;
    const double rate = bench.rate;
    ModeBank bank;
    // Plate modes crowd upwards; high ones die first. The draw of the modes belongs to the cymbal, not to the
    // stroke.
    base::Chance plate(0x5ca1ab1eULL, base::Stream::drum_machine,
                       {static_cast<std::uint64_t>(drum.pitch), 0, 0});
    for (std::size_t m = 0; m < 48; ++m) {
        const double place = (static_cast<double>(m) + plate.uniform(0.05, 0.95)) / 48.0;
        const double hz = drum.hz * base::exp2(place * 4.6);
        const double length = drum.decay * plate.uniform(0.55, 1.1) * (1.15 - 0.75 * place);
        const double weight = (0.35 + 0.65 * drum.tone * place + 0.5 * (1.0 - drum.tone) * (1.0 - place)) *
                              plate.uniform(0.4, 1.0);
        // One draw a statement: compilers disagree in which order a call's arguments are made.
        const double phase = bench.chance.uniform(0.0, base::kTwoPi);
        const double tuned = hz * (1.0 + bench.chance.uniform(-0.0006, 0.0006));
        bank.set(m, tuned, length, weight, phase, rate);
    }
    ring(bank, bench.out.data(), bench.out.size(), ping ? 0.030 : 0.05);
    Noise noise(bench.chance.bits());
    Filter wash(drum.noise_hz, 0.6, rate), cut(drum.noise_hz * 0.5, 0.7, rate);
    Decay hiss(drum.noise_decay * (0.8 + 0.3 * bench.force), rate, drum.noise),
        burst(0.12, rate, 0.7 * drum.noise * bench.force);
    // Stick on the bow: three clear modes that a ride's wash forms around.
    Mode stick_modes[3] = {Mode(drum.hz * 7.1, 0.5, 0.5, rate), Mode(drum.hz * 9.73, 0.35, 0.42, rate),
                           Mode(drum.hz * 13.1, 0.22, 0.3, rate)};
    Decay click(0.006, rate, drum.click);
    // A crash needs some milliseconds to bloom; a ping does not.
    double attack = ping ? 0.6 : 0.0;
    const double attack_share = 1.0 - base::exp(-1.0 / ((ping ? 0.004 : 0.007) * rate));
    for (std::size_t i = 0; i < bench.out.size(); ++i) {
        attack += (1.0 - attack) * attack_share;
        const double white = noise.next();
        wash.feed(white);
        cut.feed(wash.band);
        double x = attack * (bench.out[i] + 0.55 * cut.high * (hiss.next() + burst.next()));
        if (ping) {
            double sound = 0.0;
            for (Mode& mode : stick_modes) sound += mode.next();
            x += (0.25 + 0.3 * bench.force) * sound + click.next() * wash.high;
        }
        bench.out[i] = x;
    }
}

void cowbell(Bench& bench) {
    const Drum& drum = bench.drum;
    const double rate = bench.rate;
    Square low(drum.hz, rate, 0), high(drum.hz * 1.4815, rate, 0);  // 540 and 800 Hz in the 808
    Filter band(drum.hz * 1.5, 1.1, rate);
    Decay hit(0.06, rate, 0.6 + 0.4 * bench.force), body(drum.decay, rate, 0.5);
    for (std::size_t i = 0; i < bench.out.size(); ++i) {
        band.feed(0.5 * (low.next() + high.next()));
        bench.out[i] += (band.band + 0.15 * band.high) * (hit.next() + body.next());
    }
}

void bell(Bench& bench) {
    const Drum& drum = bench.drum;
    constexpr std::array<double, 7> kRatios = {1.0,  1.503, 2.17, 2.76,
                                               3.63, 4.42,  5.4};  // a bent bar's, roughly
    Noise noise(bench.chance.bits());
    Filter top(9000.0, 0.7, bench.rate);
    Decay click(0.004, bench.rate, 0.5 * drum.click);
    std::vector<Mode> modes;
    for (std::size_t m = 0; m < kRatios.size(); ++m) {
        const auto order = static_cast<double>(m);
        const double weight = base::exp(-order * (1.1 - 0.8 * drum.tone) * (1.2 - 0.4 * bench.force)) *
                              bench.chance.uniform(0.85, 1.1);
        modes.emplace_back(drum.hz * kRatios[m] * (1.0 + bench.chance.uniform(-0.001, 0.001)),
                           drum.decay / (1.0 + 0.35 * order), weight, bench.rate);
    }
    for (double& out : bench.out) {
        for (Mode& mode : modes) out += 0.4 * mode.next();
        top.feed(noise.next());
        out += click.next() * top.high;
    }
}

}  // namespace mmx::perform::drum_machine
