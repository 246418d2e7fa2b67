#include "sound.h"

#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace mmx::acceptance {
namespace {

constexpr double kPi = std::numbers::pi;

struct Biquad {
    double b0, b1, b2, a1, a2;
    double z1 = 0, z2 = 0;
    double run(double x) {
        const double y = b0 * x + z1;
        z1 = b1 * x - a1 * y + z2;
        z2 = b2 * x - a2 * y;
        return y;
    }
};

// The two filters of BS.1770 for any rate: the standard's 48 kHz coefficients traced back to their analogue
// prototypes (a high shelf of +4 dB at 1.68 kHz, a high-pass at 38 Hz).
Biquad shelf(double rate) {
    const double k = std::tan(kPi * 1681.974450955533 / rate), q = 0.7071752369554196;
    const double vh = std::pow(10.0, 3.999843853973347 / 20), vb = std::pow(vh, 0.4996667741545416);
    const double a0 = 1 + k / q + k * k;
    return {(vh + vb * k / q + k * k) / a0, 2 * (k * k - vh) / a0, (vh - vb * k / q + k * k) / a0,
            2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0};
}

Biquad high_pass(double rate) {
    const double k = std::tan(kPi * 38.13547087602444 / rate), q = 0.5003270373238773;
    const double a0 = 1 + k / q + k * k;
    return {1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0};
}

double lufs(double power) {
    return power > 0 ? -0.691 + 10 * std::log10(power) : -150;
}

double mean_above(const std::vector<double>& powers, double gate_lufs) {
    double sum = 0, count = 0;
    for (const double power : powers)
        if (lufs(power) >= gate_lufs) {
            sum += power;
            count += 1;
        }
    return count > 0 ? sum / count : 0;
}

}  // namespace

double to_db(double power) {
    return power > 1e-15 ? 10 * std::log10(power) : -150;
}

Sound Sound::part(double from_seconds, double to_seconds) const {
    const auto at = [&](double seconds) {
        return std::min(frames(), static_cast<std::size_t>(std::max(0.0, seconds * rate)));
    };
    const auto from = static_cast<std::ptrdiff_t>(at(from_seconds));
    const auto to = static_cast<std::ptrdiff_t>(std::max(at(from_seconds), at(to_seconds)));
    return {rate, {left.begin() + from, left.begin() + to}, {right.begin() + from, right.begin() + to}};
}

Sound read_sound(const std::string& path) {
    SF_INFO info{};
    SNDFILE* file = sf_open(path.c_str(), SFM_READ, &info);
    if (file == nullptr) throw std::runtime_error("cannot read " + path + ": " + sf_strerror(nullptr));
    if (info.channels < 1 || info.channels > 2) {
        sf_close(file);
        throw std::runtime_error(path + ": neither mono nor stereo");
    }
    std::vector<float> samples(static_cast<std::size_t>(info.frames * info.channels));
    const sf_count_t read = sf_readf_float(file, samples.data(), info.frames);
    sf_close(file);
    if (read != info.frames) throw std::runtime_error(path + " ends early");
    Sound sound;
    sound.rate = info.samplerate;
    const auto frames = static_cast<std::size_t>(info.frames);
    const auto channels = static_cast<std::size_t>(info.channels);
    sound.left.resize(frames);
    sound.right.resize(frames);
    for (std::size_t i = 0; i < frames; ++i) {
        sound.left[i] = samples[i * channels];
        sound.right[i] = samples[i * channels + channels - 1];
    }
    return sound;
}

Fourier::Fourier(std::size_t size) : turns_(size / 2), places_(size) {
    for (std::size_t i = 0; i < size / 2; ++i) {
        const double angle = -2 * kPi * static_cast<double>(i) / static_cast<double>(size);
        turns_[i] = {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
    }
    for (std::size_t i = 1, j = 0; i < size; ++i) {
        std::size_t bit = size >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j ^= bit;
        places_[i] = j;
    }
}

void Fourier::run(std::vector<std::complex<float>>& data) const {
    const std::size_t size = places_.size();
    for (std::size_t i = 0; i < size; ++i)
        if (i < places_[i]) std::swap(data[i], data[places_[i]]);
    for (std::size_t half = 1; half < size; half *= 2) {
        const std::size_t stride = size / (2 * half);
        for (std::size_t start = 0; start < size; start += 2 * half) {
            for (std::size_t i = 0; i < half; ++i) {
                const std::complex<float> turn = turns_[i * stride];
                std::complex<float>& a = data[start + i];
                std::complex<float>& b = data[start + i + half];
                const float re = b.real() * turn.real() - b.imag() * turn.imag();
                const float im = b.real() * turn.imag() + b.imag() * turn.real();
                b = {a.real() - re, a.imag() - im};
                a = {a.real() + re, a.imag() + im};
            }
        }
    }
}

Loudness measure_loudness(const Sound& sound) {
    Loudness result;
    const auto hop = static_cast<std::size_t>(sound.rate / 10);
    std::vector<double> tenths;  // mean power of 100 ms
    Biquad shelf_l = shelf(sound.rate), shelf_r = shelf_l;
    Biquad high_l = high_pass(sound.rate), high_r = high_l;
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const double l = high_l.run(shelf_l.run(sound.left[i]));
        const double r = high_r.run(shelf_r.run(sound.right[i]));
        sum += l * l + r * r;
        if (++count == hop) {
            tenths.push_back(sum / static_cast<double>(hop));
            sum = 0;
            count = 0;
        }
    }
    const auto windows = [&](std::size_t length) {
        std::vector<double> means;
        for (std::size_t i = 0; i + length <= tenths.size(); ++i) {
            double total = 0;
            for (std::size_t j = 0; j < length; ++j) total += tenths[i + j];
            means.push_back(total / static_cast<double>(length));
        }
        return means;
    };
    result.momentary_power = windows(4);
    const double ungated = mean_above(result.momentary_power, -70);
    result.integrated =
        std::max(-70.0, lufs(mean_above(result.momentary_power, std::max(-70.0, lufs(ungated) - 10))));

    std::vector<double> shorts = windows(30);
    const double gate = std::max(-70.0, lufs(mean_above(shorts, -70)) - 20);
    std::erase_if(shorts, [&](double power) { return lufs(power) < gate; });
    std::sort(shorts.begin(), shorts.end());
    if (shorts.size() > 1) {
        const auto at = [&](double share) {
            return lufs(shorts[static_cast<std::size_t>(
                std::lround(share * static_cast<double>(shorts.size() - 1)))]);
        };
        result.range = at(0.95) - at(0.10);
    }
    return result;
}

double loudness_between(const Loudness& loudness, double from_seconds, double to_seconds) {
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < loudness.momentary_power.size(); ++i) {
        const double centre = 0.1 * static_cast<double>(i) + 0.2;
        if (centre < from_seconds || centre > to_seconds) continue;
        sum += loudness.momentary_power[i];
        count += 1;
    }
    return count > 0 && sum > 0 ? std::max(-120.0, lufs(sum / count)) : -120;
}

double true_peak_db(const Sound& sound) {
    // Blackman-windowed sinc, 24 taps a phase: within 0.05 dB to 20 kHz. Only samples near the largest can
    // rise to the top, which spares most of the work.
    constexpr int kPhases = 4, kReach = 12;
    static const std::vector<double> kTaps = [] {
        std::vector<double> taps(kPhases * 2 * kReach);
        for (int phase = 0; phase < kPhases; ++phase)
            for (int i = 0; i < 2 * kReach; ++i) {
                const double x = i - (kReach - 1) - static_cast<double>(phase) / kPhases;
                const double w = (x + kReach) / (2 * kReach);
                const double window = 0.42 - 0.5 * std::cos(2 * kPi * w) + 0.08 * std::cos(4 * kPi * w);
                taps[static_cast<std::size_t>(phase * 2 * kReach + i)] =
                    (std::abs(x) < 1e-12 ? 1.0 : std::sin(kPi * x) / (kPi * x)) * window;
            }
        return taps;
    }();
    double peak = 0;
    for (const auto* channel : {&sound.left, &sound.right}) {
        double top = 0;
        for (const float x : *channel) top = std::max(top, static_cast<double>(std::abs(x)));
        peak = std::max(peak, top);
        const int frames = static_cast<int>(channel->size());
        for (int i = kReach; i + kReach < frames; ++i) {
            if (std::abs((*channel)[static_cast<std::size_t>(i)]) < 0.5 * top) continue;
            for (int start = i - 1; start <= i; ++start)
                for (int phase = 1; phase < kPhases; ++phase) {
                    double y = 0;
                    for (int tap = 0; tap < 2 * kReach; ++tap) {
                        const int at = start + tap - (kReach - 1);
                        if (at < 0 || at >= frames) continue;
                        y += (*channel)[static_cast<std::size_t>(at)] *
                             kTaps[static_cast<std::size_t>(phase * 2 * kReach + tap)];
                    }
                    peak = std::max(peak, std::abs(y));
                }
        }
    }
    return peak > 0 ? 20 * std::log10(peak) : -150;
}

}  // namespace mmx::acceptance
