// The electronic parts that drum models are soldered from: decays, filters, noise, modes.
#pragma once

#include <cstdint>

#include "base/maths.h"
#include "perform/synth/wavetables.h"

namespace mmx::perform::drum_machine {

// A multiplier a sample that falls by 60 dB in `seconds`.
inline double decay_factor(double seconds, double rate) {
    return base::exp(-6.907755278982137 / (seconds * rate));
}

struct Decay {  // an exponentially dying level
    double level = 1.0, factor;
    Decay(double seconds, double rate, double start = 1.0)
        : level(start), factor(decay_factor(seconds, rate)) {}
    double next() {
        const double now = level;
        level *= factor;
        return now;
    }
};

struct Noise {  // white, in [-1, 1)
    std::uint64_t state;
    explicit Noise(std::uint64_t seed) : state(seed * 2 + 1) {}
    double next() {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<double>(static_cast<std::int32_t>(state >> 32)) * (1.0 / 2147483648.0);
    }
};

// State-variable filter; low, band (peak gain 1) and high come together.
struct Filter {
    double g, k, a1, a2, a3, s0 = 0, s1 = 0, low = 0, band = 0, high = 0;
    Filter(double hz, double q, double rate) {
        const double limited = hz < 0.45 * rate ? hz : 0.45 * rate;
        g = base::tan(base::kPi * limited / rate);
        k = 1.0 / q;
        a1 = 1.0 / (1.0 + g * (g + k));
        a2 = g * a1;
        a3 = g * a2;
    }
    void feed(double x) {
        const double v3 = x - s1;
        const double b = a1 * s0 + a2 * v3;
        low = s1 + a2 * s0 + a3 * v3;
        s0 = 2.0 * b - s0;
        s1 = 2.0 * low - s1;
        high = x - k * b - low;
        band = k * b;
    }
};

// A dying sine by rotation: one mode of a shell, bar or plate. Its pitch is fixed.
struct Mode {
    double x, y, c, s;
    Mode(double hz, double seconds, double amplitude, double rate) {
        const double turn = base::kTwoPi * (hz < 0.47 * rate ? hz : 0.47 * rate) / rate;
        const double keep = decay_factor(seconds, rate);
        c = keep * base::cos(turn);
        s = keep * base::sin(turn);
        x = 0.0;  // starts at its zero crossing, like a struck thing
        y = hz < 0.47 * rate ? amplitude : 0.0;
    }
    double next() {
        const double now = x;
        const double moved = c * x + s * y;
        y = c * y - s * x;
        x = moved;
        return now;
    }
};

// A sine whose pitch may move: phase in turns.
struct Sine {
    double phase = 0.0;
    double next(double hz, double rate) {
        const double now = base::sin(base::kTwoPi * phase);
        phase += hz / rate;
        if (phase >= 1.0) phase -= 1.0;
        return now;
    }
};

// A square wave of fixed pitch without aliases.
struct Square {
    const float* table;
    std::uint32_t phase, step;
    Square(double hz, double rate, std::uint32_t start)
        : phase(start),
          step(static_cast<std::uint32_t>(4294967296.0 * (hz < 0.45 * rate ? hz : 0.45 * rate) / rate)) {
        table = synth::wavetables().saw[synth::table_level(step)];
    }
    double saw(std::uint32_t at) const {
        const std::uint32_t place = at >> 21;
        const double part = static_cast<double>(at & 0x1fffff) * (1.0 / 2097152.0);
        return table[place] + part * (static_cast<double>(table[place + 1]) - table[place]);
    }
    double next() {
        const double now = saw(phase) - saw(phase + 0x80000000u);
        phase += step;
        return now;
    }
};

// Pade's tanh: soft to +-1.
inline double soften(double x) {
    if (x > 3.0) return 1.0;
    if (x < -3.0) return -1.0;
    return x * (27.0 + x * x) / (27.0 + 9.0 * x * x);
}

}  // namespace mmx::perform::drum_machine
