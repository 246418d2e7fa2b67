// Kick, snare, toms and the clap.
#include <algorithm>

#include "perform/drum_machine/models.h"
#include "perform/drum_machine/parts.h"

namespace mmx::perform::drum_machine {

void kick(Bench& bench) {
    const Drum& drum = bench.drum;
    const double rate = bench.rate;
    const double tune = drum.hz * (1.0 + bench.chance.uniform(-0.004, 0.004));
    // The fall is steep at first and eases: two exponentials, as the loosening skin of an 808 or the swept
    // oscillator of a 909 show. Harder strokes stretch the skin further.
    const double fall = base::exp2(drum.sweep * (0.75 + 0.35 * bench.force)) - 1.0;
    Decay quick(drum.sweep_time, rate, fall), slow(drum.sweep_time * 6.0, rate, fall * 0.10);
    Decay body(drum.decay * (0.85 + 0.2 * bench.force), rate);
    Sine sine;
    Noise noise(bench.chance.bits());
    Filter click_band(2200.0 + 2600.0 * drum.tone + 1200.0 * bench.force, 0.8, rate);
    Decay click(0.018, rate, drum.click * (0.25 + 0.75 * bench.force));
    const double push = 1.0 + 4.0 * drum.drive;
    const double attack_step = 1.0 / (0.0008 * rate);
    double attack = 0.0;
    for (std::size_t i = 0; i < bench.out.size(); ++i) {
        attack = std::min(attack + attack_step, 1.0);
        const double hz = tune * (1.0 + quick.next() + slow.next());
        double x = sine.next(hz, rate) * body.next() * attack;
        if (drum.drive > 0) x = soften(x * push) / soften(push);
        click_band.feed(noise.next());
        bench.out[i] += x + 0.9 * click.next() * (0.6 * click_band.band + 0.25 * click_band.low);
    }
}

void snare(Bench& bench) {
    const Drum& drum = bench.drum;
    const double rate = bench.rate;
    const double tune = drum.hz * (1.0 + bench.chance.uniform(-0.008, 0.008));
    const double fall = base::exp2(drum.sweep) - 1.0;
    Decay sweep(drum.sweep_time, rate, fall);
    Decay low(drum.decay, rate, 1.0), high(drum.decay * 0.6, rate, 0.55 + 0.2 * bench.force);
    Sine first, second;
    // Ghost strokes hardly wake the wires' top.
    Noise noise(bench.chance.bits());
    Filter wires(drum.noise_hz * (0.75 + 0.35 * bench.force), 0.55, rate),
        floor_cut(450.0 + 500.0 * drum.tone, 0.7, rate);
    Filter air(7000.0, 0.6, rate);
    const double length =
        drum.noise_decay * (0.8 + 0.3 * bench.force) * (1.0 + bench.chance.uniform(-0.06, 0.06));
    Decay rattle(length, rate), snap(length * 0.25, rate);
    Decay stick_click(0.012, rate, drum.click * (0.3 + 0.7 * bench.force));
    const double body = 1.0 - 0.85 * drum.noise;
    for (std::size_t i = 0; i < bench.out.size(); ++i) {
        const double bend = 1.0 + sweep.next();
        const double shell =
            first.next(tune * bend, rate) * low.next() + second.next(tune * 1.79 * bend, rate) * high.next();
        const double white = noise.next();
        wires.feed(white);
        floor_cut.feed(wires.band + 0.35 * wires.low);
        air.feed(white);
        const double wire_sound = floor_cut.high * (0.75 * rattle.next() + 0.6 * snap.next()) +
                                  (0.10 + 0.30 * drum.tone) * bench.force * air.band * rattle.level;
        double x = body * 0.8 * shell + 2.6 * drum.noise * wire_sound + stick_click.next() * 0.7 * air.high;
        if (drum.drive > 0) x = soften(x * (1.0 + 3.0 * drum.drive)) / (1.0 + 1.5 * drum.drive);
        bench.out[i] += x;
    }
}

void tom(Bench& bench) {
    const Drum& drum = bench.drum;
    const double rate = bench.rate;
    const double tune = drum.hz * (1.0 + bench.chance.uniform(-0.006, 0.006));
    Decay sweep(drum.sweep_time, rate, (base::exp2(drum.sweep) - 1.0) * (0.5 + 0.6 * bench.force));
    Decay body(drum.decay, rate), overtone(drum.decay * 0.45, rate, 0.16 + 0.22 * drum.tone * bench.force);
    Sine first, second;
    Noise noise(bench.chance.bits());
    Filter skin(drum.noise_hz, 0.8, rate), thud(tune * 3.1, 1.2, rate);
    Decay hiss(drum.noise_decay, rate, drum.noise), hit(0.02, rate, drum.click * (0.3 + 0.7 * bench.force));
    const double attack_step = 1.0 / (0.0007 * rate);
    double attack = 0.0;
    for (std::size_t i = 0; i < bench.out.size(); ++i) {
        attack = std::min(attack + attack_step, 1.0);
        const double bend = 1.0 + sweep.next();
        const double white = noise.next();
        skin.feed(white);
        thud.feed(white);
        // 1.594 is the ratio of a circular skin's first two modes (zeros of the Bessel functions J0 and J1).
        double x = attack * (first.next(tune * bend, rate) * body.next() +
                             second.next(tune * 1.594 * bend, rate) * overtone.next());
        x += 0.5 * skin.band * hiss.next() + 0.8 * hit.next() * (thud.band + 0.4 * skin.band);
        if (drum.drive > 0) x = soften(x * (1.0 + 3.0 * drum.drive)) / (1.0 + 1.6 * drum.drive);
        bench.out[i] += x;
    }
}

void clap(Bench& bench) {
    const Drum& drum = bench.drum;
    const double rate = bench.rate;
    Noise noise(bench.chance.bits());
    Filter band(drum.hz * (0.96 + 0.08 * bench.chance.uniform()), 1.5, rate), body(drum.hz * 2.1, 0.7, rate),
        cut(500.0, 0.7, rate);
    // Hands do not meet at once: four bursts about 9 ms apart, the last one rings into the room.
    double bursts[4] = {0.0, 0.0095, 0.0185, 0.0275};
    for (int b = 1; b < 4; ++b) bursts[b] += bench.chance.uniform(-0.0012, 0.0012);
    double levels[4] = {0.75, 0.85, 0.8, 1.0};
    for (double& level : levels) level *= bench.chance.uniform(0.85, 1.1);
    for (std::size_t i = 0; i < bench.out.size(); ++i) {
        const double t = bench.seconds(i);
        double envelope = 0.0;
        for (int b = 0; b < 4; ++b) {
            if (t < bursts[b]) continue;
            const double since = t - bursts[b];
            envelope = std::max(envelope, levels[b] * base::exp(-since / (b < 3 ? 0.0035 : 0.012)));
        }
        if (t > bursts[3]) envelope += 0.32 * base::exp(-(t - bursts[3]) * 6.9 / drum.decay);
        const double white = noise.next();
        band.feed(white);
        body.feed(white);
        cut.feed(1.5 * band.band + (0.35 + 0.5 * drum.tone * bench.force) * body.band);
        bench.out[i] += cut.high * envelope;
    }
}

}  // namespace mmx::perform::drum_machine
