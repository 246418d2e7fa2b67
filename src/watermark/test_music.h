// A minute's worth of music-like sound for tests: decaying chords, a bass, hats, from a counter.
#pragma once

#include <cstdint>

#include "audio/buffer.h"
#include "base/maths.h"
#include "base/random.h"

namespace mmx::watermark {

// Stereo; plucked notes of seven partials, two every half second, over a noise that follows the beat.
// Peaks below -6 dBFS.
inline audio::StereoBuffer test_music(double seconds, int rate = 48000, std::uint64_t seed = 1) {
    audio::StereoBuffer sound(static_cast<std::size_t>(seconds * rate), rate);
    const auto add_note = [&](double start, double note, double pan, double level) {
        const double hertz = base::midi_to_hertz(note);
        for (int partial = 1; partial <= 7; ++partial) {
            const double f = hertz * partial * (1 + 0.0003 * partial * partial);
            if (f > 0.45 * rate) break;
            // A rotating phasor with a decay: two multiplications a sample.
            const double c = base::cos(base::kTwoPi * f / rate), s = base::sin(base::kTwoPi * f / rate);
            const double decay = base::exp(-(0.8 + 0.3 * partial) / rate);
            double re = level / partial, im = 0;
            const auto first = static_cast<std::size_t>(start * rate);
            for (std::size_t i = first; i < sound.frames() && i < first + static_cast<std::size_t>(4 * rate);
                 ++i) {
                const double next = (re * c - im * s) * decay;
                im = (re * s + im * c) * decay;
                re = next;
                sound.left[i] += static_cast<float>(im * (1 - pan));
                sound.right[i] += static_cast<float>(im * pan);
            }
        }
    };
    base::Chance chance(seed, base::Stream::effects);
    for (double start = 0; start < seconds; start += 0.5)
        for (int n = 0; n < 2; ++n)
            add_note(start, 45 + chance.integer(0, 30), chance.uniform(0.3, 0.7), 0.06);
    double hiss = 0;
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const std::size_t beat = i % static_cast<std::size_t>(rate / 2);
        if (beat == 0) hiss = 0.03;
        hiss *= base::exp2(-30.0 / rate);
        sound.left[i] += static_cast<float>((0.012 + hiss) * chance.uniform(-1, 1));
        sound.right[i] += static_cast<float>((0.012 + hiss) * chance.uniform(-1, 1));
    }
    return sound;
}

}  // namespace mmx::watermark
