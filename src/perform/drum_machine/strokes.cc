#include "perform/drum_machine/strokes.h"

#include <algorithm>

#include "perform/drum_machine/models.h"
#include "perform/drum_machine/parts.h"

namespace mmx::perform::drum_machine {
namespace {

double length_of(const Drum& drum) {
    const double tail =
        std::max(drum.decay * 1.15, std::max(drum.noise, 0.0) > 0 ? drum.noise_decay * 1.15 : 0.0);
    return std::clamp(tail + drum.gate + 0.03, 0.05, 7.0);
}

void strike(Bench& bench) {
    switch (bench.drum.model) {
        case Model::kick:
            return kick(bench);
        case Model::snare:
            return snare(bench);
        case Model::clap:
            return clap(bench);
        case Model::hat:
            return hat(bench);
        case Model::cymbal:
            return cymbal(bench, false);
        case Model::ride:
            return cymbal(bench, true);
        case Model::tom:
            return tom(bench);
        case Model::stick:
            return stick(bench);
        case Model::cowbell:
            return cowbell(bench);
        case Model::shaker:
            return shaker(bench);
        case Model::bell:
            return bell(bench);
        case Model::ratchet:
            return ratchet(bench);
        case Model::whistle:
            return whistle(bench);
    }
}

// A dense room that a gate cuts off: a short row of random echoes (velvet noise) of nearly even level, other
// ones in each channel. The record sleeve says 1981; the sound says stadium.
std::vector<double> gated_room(const std::vector<double>& dry, const Drum& drum, double rate,
                               base::Chance& chance) {
    std::vector<double> wet(dry.size(), 0.0);
    Filter top(6500.0, 0.6, rate), bottom(220.0, 0.7, rate);
    std::vector<double> tone(dry.size());
    for (std::size_t i = 0; i < dry.size(); ++i) {
        top.feed(dry[i]);
        bottom.feed(top.low);
        tone[i] = bottom.high;
    }
    const double spacing = rate / 1500.0;
    const double level = base::decibels_to_gain(drum.gate_db) * 0.16;
    for (double at = 0.006 * rate; at < drum.gate * rate; at += spacing) {
        const auto delay = static_cast<std::size_t>(at + chance.uniform() * spacing);
        const double place = static_cast<double>(delay) / (drum.gate * rate);
        const double gate = place > 0.94 ? std::max((1.0 - place) / 0.06, 0.0) : 1.0;
        const double gain = (chance.happens(0.5) ? level : -level) * (1.0 - 0.45 * place) * gate;
        for (std::size_t i = delay; i < wet.size(); ++i) wet[i] += gain * tone[i - delay];
    }
    return wet;
}

}  // namespace

Stroke make_stroke(const Drum& drum, const Touch& touch, int sample_rate) {
    const auto frames = static_cast<std::size_t>(length_of(drum) * sample_rate);
    Bench bench{drum, touch.force, static_cast<double>(sample_rate),
                base::Chance(touch.seed, base::Stream::drum_machine,
                             {static_cast<std::uint64_t>(drum.pitch), touch.take, 1}),
                std::vector<double>(frames, 0.0)};
    strike(bench);
    // The stroke ends in silence, whatever its model left standing.
    const std::size_t fade = std::min(frames, static_cast<std::size_t>(sample_rate / 50));
    for (std::size_t i = 0; i < fade; ++i)
        bench.out[frames - 1 - i] *= static_cast<double>(i) / static_cast<double>(fade);
    // Drives and odd modes may leave a slow offset: hearing starts above it.
    Filter subsonic(18.0, 0.7, sample_rate);
    for (double& x : bench.out) {
        subsonic.feed(x);
        x = subsonic.high;
    }
    std::vector<double> left = bench.out, right;
    if (drum.gate > 0) {
        right = bench.out;
        const std::vector<double> room_left = gated_room(bench.out, drum, sample_rate, bench.chance);
        const std::vector<double> room_right = gated_room(bench.out, drum, sample_rate, bench.chance);
        for (std::size_t i = 0; i < frames; ++i) {
            left[i] += room_left[i];
            right[i] += room_right[i];
        }
    }
    double peak = 1e-9;
    for (const double x : left) peak = std::max(peak, std::max(x, -x));
    for (const double x : right) peak = std::max(peak, std::max(x, -x));
    Stroke stroke;
    stroke.left.resize(frames);
    stroke.right.resize(right.size());
    for (std::size_t i = 0; i < frames; ++i) stroke.left[i] = static_cast<float>(left[i] / peak);
    for (std::size_t i = 0; i < right.size(); ++i) stroke.right[i] = static_cast<float>(right[i] / peak);
    return stroke;
}

}  // namespace mmx::perform::drum_machine
