// Ears for this room's tests: tones found, levels measured, one note played. libm is allowed here.
#pragma once

#include <cmath>
#include <complex>
#include <filesystem>
#include <memory>
#include <numbers>
#include <vector>

#include "audio/buffer.h"
#include "perform/perform.h"
#include "perform/player.h"

namespace mmx::perform::listening {

inline PlayedNote note(double start_seconds, double seconds, int pitch, float velocity = 0.7f,
                       int rate = 48000, music::Articulation articulation = music::Articulation::normal) {
    return {base::Frames(std::llround(start_seconds * rate)),
            base::Frames(std::llround(seconds * rate)),
            pitch,
            velocity,
            articulation,
            0};
}

inline std::vector<PlayedNote> in_order(std::vector<PlayedNote> notes) {
    for (std::size_t i = 0; i < notes.size(); ++i) notes[i].serial = static_cast<std::uint32_t>(i);
    return notes;
}

inline audio::StereoBuffer play(Player& player, double seconds, int rate = 48000, std::size_t chunk = 4096) {
    audio::StereoBuffer out(static_cast<std::size_t>(seconds * rate), rate);
    for (std::size_t at = 0; at < out.frames(); at += chunk)
        player.render(out.view().part(at, std::min(chunk, out.frames() - at)));
    return out;
}

inline double peak(const audio::StereoBuffer& audio) {
    double most = 0;
    for (std::size_t i = 0; i < audio.frames(); ++i)
        most = std::max<double>(most, std::max(std::abs(audio.left[i]), std::abs(audio.right[i])));
    return most;
}

inline double rms(const std::vector<float>& audio, std::size_t first, std::size_t count) {
    double sum = 0;
    for (std::size_t i = first; i < first + count; ++i) sum += static_cast<double>(audio[i]) * audio[i];
    return std::sqrt(sum / static_cast<double>(count));
}

inline double mean(const std::vector<float>& audio, std::size_t first, std::size_t count) {
    double sum = 0;
    for (std::size_t i = first; i < first + count; ++i) sum += audio[i];
    return sum / static_cast<double>(count);
}

inline double db(double gain) {
    return 20 * std::log10(std::max(gain, 1e-12));
}

// Amplitude of the sine at hz, through a Blackman-Harris window (side lobes -92 dB).
inline std::complex<double> tone(const std::vector<float>& audio, std::size_t first, std::size_t count,
                                 double hz, double rate) {
    std::complex<double> sum = 0;
    double weight = 0;
    const std::complex<double> turn = std::polar(1.0, -2 * std::numbers::pi * hz / rate);
    std::complex<double> spin = 1;
    for (std::size_t i = 0; i < count; ++i) {
        const double x = 2 * std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(count);
        const double w =
            0.35875 - 0.48829 * std::cos(x) + 0.14128 * std::cos(2 * x) - 0.01168 * std::cos(3 * x);
        sum += w * static_cast<double>(audio[first + i]) * spin;
        weight += w;
        spin *= turn;
        if (i % 1024 == 1023) spin /= std::abs(spin);
    }
    return 2.0 * sum / weight;
}

// How many cents the tone near hz is off, from the turn of its phase between two windows.
inline double cents_off(const std::vector<float>& audio, std::size_t first, std::size_t count, double hz,
                        double rate) {
    double found = hz;
    for (int pass = 0; pass < 3; ++pass) {
        const std::size_t step = count / 8;
        const auto a = tone(audio, first, count, found, rate),
                   b = tone(audio, first + step, count, found, rate);
        // The analysis turns with its own start: put both at one clock.
        const double own = 2 * std::numbers::pi * found * static_cast<double>(step) / rate;
        found += std::arg(b / a * std::polar(1.0, -own)) / (2 * std::numbers::pi) * rate /
                 static_cast<double>(step);
    }
    return 1200 * std::log2(found / hz);
}

}  // namespace mmx::perform::listening
