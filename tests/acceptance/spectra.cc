#include "spectra.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mmx::acceptance {
namespace {

constexpr std::size_t kShort = 2048, kShortHop = 512, kLong = 8192, kLongHop = 2048;

std::vector<float> hann(std::size_t size) {
    std::vector<float> window(size);
    for (std::size_t i = 0; i < size; ++i)
        window[i] = static_cast<float>(
            0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size)));
    return window;
}

double mel(double hertz) {
    return 2595 * std::log10(1 + hertz / 700);
}

float median(std::vector<float>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// Harmonic sounds are smooth in time, percussive ones in frequency (Fitzgerald 2010), here on mel bands of
// 21 ms: coarse, but the same for every song.
double percussive_share(const std::vector<std::array<float, kBands>>& log_bands) {
    std::vector<std::array<float, kBands>> power(log_bands.size() / 2);
    for (std::size_t t = 0; t < power.size(); ++t)
        for (std::size_t b = 0; b < kBands; ++b)
            power[t][b] = std::exp(log_bands[2 * t][b]) + std::exp(log_bands[2 * t + 1][b]);
    double percussive = 0, all = 0;
    std::vector<float> window;
    for (std::size_t t = 10; t + 10 < power.size(); ++t)
        for (std::size_t b = 2; b + 2 < kBands; ++b) {
            window.clear();
            for (std::size_t i = t - 10; i <= t + 10; ++i) window.push_back(power[i][b]);
            const double h = median(window);
            const double p = power[t][b];
            const double fresh = std::max(0.0, p - h);  // what stands above the steady level
            percussive += fresh;
            all += p;
        }
    return all > 0 ? percussive / all : 0;
}

void analyse_bands(const Sound& sound, Spectra& spectra) {
    const Fourier fourier(kShort);
    const std::vector<float> window = hann(kShort);
    std::vector<std::size_t> band_of(kShort / 2, kBands);
    const double low = mel(30), high = mel(16000);
    for (std::size_t i = 1; i < kShort / 2; ++i) {
        const double place = (mel(static_cast<double>(i) * sound.rate / kShort) - low) / (high - low);
        if (place >= 0 && place < 1) band_of[i] = static_cast<std::size_t>(place * kBands);
    }
    spectra.hop_seconds = static_cast<double>(kShortHop) / sound.rate;
    std::vector<std::complex<float>> data(kShort);
    for (std::size_t at = 0; at + kShort <= sound.frames(); at += 2 * kShortHop) {
        // Two frames in one transform: one real, one imaginary.
        const bool second = at + kShortHop + kShort <= sound.frames();
        for (std::size_t i = 0; i < kShort; ++i) {
            const std::size_t j = at + i, k = at + kShortHop + i;
            data[i] = {window[i] * (sound.left[j] + sound.right[j]),
                       second ? window[i] * (sound.left[k] + sound.right[k]) : 0.f};
        }
        fourier.run(data);
        std::array<float, kBands> a{}, b{};
        for (std::size_t i = 1; i < kShort / 2; ++i) {
            if (band_of[i] >= kBands) continue;
            const std::complex<float> x = data[i], y = std::conj(data[kShort - i]);
            a[band_of[i]] += 0.25f * std::norm(x + y);
            b[band_of[i]] += 0.25f * std::norm(x - y);
        }
        for (auto* frame : {&a, &b})
            for (float& power : *frame) power = std::log(power + 1e-3f);
        spectra.bands.push_back(a);
        if (second) spectra.bands.push_back(b);
    }
    spectra.flux.assign(spectra.bands.size(), 0);
    for (auto& lane : spectra.flux_of) lane.assign(spectra.bands.size(), 0.f);
    const auto edge = [&](double hertz) {
        return static_cast<std::size_t>((mel(hertz) - low) / (high - low) * kBands);
    };
    const std::size_t edges[] = {std::max<std::size_t>(1, edge(150)), edge(500), edge(4000)};
    for (std::size_t t = 2; t < spectra.bands.size(); ++t)
        for (std::size_t b = 0; b < kBands; ++b) {
            const float rise = std::max(0.f, spectra.bands[t][b] - spectra.bands[t - 2][b]);
            spectra.flux[t] += rise;
            const std::size_t lane = b < edges[0] ? 0 : b < edges[1] ? 1 : b < edges[2] ? 2 : 3;
            spectra.flux_of[lane][t] += rise;
        }
    spectra.percussive_ratio = percussive_share(spectra.bands);
}

void analyse_tones(const Sound& sound, Spectra& spectra) {
    const Fourier fourier(kLong);
    const std::vector<float> window = hann(kLong);
    const double bin = static_cast<double>(sound.rate) / kLong;
    std::vector<int> octave_of(kLong / 2, -1), third_of(kLong / 2, -1);
    for (std::size_t i = 1; i < kLong / 2; ++i) {
        const double hertz = static_cast<double>(i) * bin;
        octave_of[i] = static_cast<int>(std::floor(std::log2(hertz / 62.5) + 0.5));
        third_of[i] = static_cast<int>(std::floor(3 * std::log2(hertz / 49.606) + 0.5));
    }
    spectra.chroma_hop_seconds = static_cast<double>(kLongHop) / sound.rate;
    std::array<double, kOctaves> octave{}, octave_bins{};
    std::vector<std::complex<float>> data(kLong);
    std::vector<float> power(kLong / 2);
    for (std::size_t at = 0; at + kLong <= sound.frames(); at += kLongHop) {
        for (std::size_t i = 0; i < kLong; ++i)
            data[i] = {window[i] * sound.left[at + i], window[i] * sound.right[at + i]};
        fourier.run(data);
        double weighted = 0, total = 0;
        for (std::size_t i = 1; i < kLong / 2; ++i) {
            const std::complex<float> x = data[i], y = std::conj(data[kLong - i]);
            const std::complex<float> l = 0.5f * (x + y);
            const std::complex<float> r = std::complex<float>(0, -0.5f) * (x - y);
            const float stereo = 0.5f * (std::norm(l) + std::norm(r));
            const float mono = 0.25f * std::norm(l + r);
            power[i] = stereo;
            const int third = third_of[i], oct = octave_of[i];
            if (third >= 0 && third < static_cast<int>(kThirds)) {
                spectra.third_stereo[static_cast<std::size_t>(third)] += stereo;
                spectra.third_mono[static_cast<std::size_t>(third)] += mono;
            }
            if (oct >= 0 && oct < static_cast<int>(kOctaves)) octave[static_cast<std::size_t>(oct)] += stereo;
            if (i > 3) {
                weighted += std::sqrt(stereo) * static_cast<double>(i) * bin;
                total += std::sqrt(stereo);
            }
        }
        // Pitch classes from spectral peaks: drums' noise has few. Above 1 kHz most peaks are overtones, and
        // the twelfth of every note speaks for the key a fifth above (four of 36 songs were heard there).
        PitchClasses chroma{};
        for (std::size_t i = static_cast<std::size_t>(60 / bin); i < static_cast<std::size_t>(1000 / bin);
             ++i) {
            if (power[i] <= power[i - 1] || power[i] < power[i + 1] || power[i] < 1e-6f) continue;
            const double a = std::log(power[i - 1] + 1e-12), b = std::log(power[i] + 1e-12),
                         c = std::log(power[i + 1] + 1e-12);
            const double shift = (a - c) / (2 * (a - 2 * b + c));
            const double note = 69 + 12 * std::log2((static_cast<double>(i) + shift) * bin / 440);
            const double off = note - std::round(note);
            const double weight = std::exp(-0.5 * off * off / 0.04);  // within about a fifth of a semitone
            const auto pitch = static_cast<std::size_t>((static_cast<int>(std::lround(note)) % 12 + 12) % 12);
            chroma[pitch] += weight * std::pow(static_cast<double>(power[i]), 0.25);
        }
        spectra.chroma.push_back(chroma);
        spectra.centroid.push_back(total > 0.05 ? weighted / total : 0);
        spectra.frame_power.push_back(total);
    }
    for (std::size_t i = 1; i < kLong / 2; ++i)
        if (octave_of[i] >= 0 && octave_of[i] < static_cast<int>(kOctaves))
            octave_bins[static_cast<std::size_t>(octave_of[i])] += 1;
    for (std::size_t i = 0; i < kOctaves; ++i)
        spectra.octave_density[i] = octave_bins[i] > 0 ? octave[i] / octave_bins[i] : 0;
}

}  // namespace

Spectra analyse(const Sound& sound) {
    Spectra spectra;
    analyse_bands(sound, spectra);
    analyse_tones(sound, spectra);
    return spectra;
}

TempoReading estimate_tempo(const Spectra& spectra, double asked, bool threes, double from, double to) {
    const auto first = static_cast<std::size_t>(std::max(0.0, from / spectra.hop_seconds));
    const auto last =
        std::min(spectra.flux.size(), static_cast<std::size_t>(std::max(0.0, to / spectra.hop_seconds)));
    if (last < first + 200) return {};
    double mean = 0;
    for (std::size_t i = first; i < last; ++i) mean += spectra.flux[i] / static_cast<double>(last - first);
    // Beats and their divisions; a bar has none that all metres share.
    const std::vector<int> harmonics = threes ? std::vector<int>{1, 3, 6} : std::vector<int>{1, 2, 4};
    const auto comb = [&](double bpm) {
        double score = 0;
        for (const int harmonic : harmonics) {
            const double step = 2 * std::numbers::pi * bpm / 60 * harmonic * spectra.hop_seconds;
            std::complex<double> sum = 0, turn = 1;
            const std::complex<double> turning = std::polar(1.0, -step);
            for (std::size_t i = first; i < last; ++i) {
                sum += (spectra.flux[i] - mean) * turn;
                turn *= turning;
            }
            score += std::abs(sum);
        }
        return score;
    };
    TempoReading best;
    double top = 0, sum = 0, count = 0;
    for (double bpm = 0.9 * asked; bpm <= 1.1 * asked; bpm *= 1.001) {
        const double score = comb(bpm);
        sum += score;
        count += 1;
        if (score > top) {
            top = score;
            best.bpm = bpm;
        }
    }
    const double near = best.bpm;
    for (double bpm = near * 0.999; bpm <= near * 1.001; bpm *= 1.0001)
        if (const double score = comb(bpm); score > top) {
            top = score;
            best.bpm = bpm;
        }
    best.strength = sum > 0 ? top * count / sum : 0;
    return best;
}

PitchClasses mean_chroma(const Spectra& spectra) {
    PitchClasses sum{};
    for (const PitchClasses& frame : spectra.chroma)
        for (std::size_t i = 0; i < 12; ++i) sum[i] += frame[i];
    return sum;
}

std::vector<PitchClasses> beat_chroma(const Spectra& spectra, const MidiSong& song, double from, double to) {
    std::vector<PitchClasses> beats;
    const double beat = song.beat_quarters();
    for (double at = from; at < to - 1e-6; at += beat) {
        const double begin = song.seconds_at(at), end = song.seconds_at(std::min(to, at + beat));
        PitchClasses sum{};
        for (std::size_t i = 0; i < spectra.chroma.size(); ++i) {
            // The frame's window is centred two hops after it starts.
            const double centre = (static_cast<double>(i) + 2) * spectra.chroma_hop_seconds;
            if (centre < begin || centre >= end) continue;
            for (std::size_t p = 0; p < 12; ++p) sum[p] += spectra.chroma[i][p];
        }
        beats.push_back(sum);
    }
    return beats;
}

double likeness(const std::vector<PitchClasses>& a, const std::vector<PitchClasses>& b) {
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        double product = 0, aa = 0, bb = 0;
        for (std::size_t p = 0; p < 12; ++p) {
            product += a[i][p] * b[i][p];
            aa += a[i][p] * a[i][p];
            bb += b[i][p] * b[i][p];
        }
        if (aa <= 0 || bb <= 0) continue;
        sum += product / std::sqrt(aa * bb);
        count += 1;
    }
    return count > 0 ? sum / count : 0;
}

double mean_centroid(const Spectra& spectra, double from_seconds, double to_seconds) {
    double sum = 0, weight = 0;
    for (std::size_t i = 0; i < spectra.centroid.size(); ++i) {
        const double centre = (static_cast<double>(i) + 2) * spectra.chroma_hop_seconds;
        if (centre < from_seconds || centre >= to_seconds) continue;
        sum += spectra.centroid[i] * spectra.frame_power[i];
        weight += spectra.frame_power[i];
    }
    return weight > 0 ? sum / weight : 0;
}

}  // namespace mmx::acceptance
