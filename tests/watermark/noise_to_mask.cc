#include "noise_to_mask.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "audio/fft.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kSize = 2048, kStep = 1024, kLines = kSize / 2 + 1;
constexpr double kLineHz = 48000.0 / kSize;
constexpr double kFullScaleSpl = 96;
constexpr double kSoundsSpl = 25;  // frames softer than this are no music
constexpr double kToneMaskDb = 14.5, kNoiseMaskDb = 5.5;

using Bands = std::array<double, kCriticalBands>;

double db(double ratio) {
    return ratio > 1e-20 ? 10 * std::log10(ratio) : -200;
}
double middle_hz(std::size_t band) {
    return (kCriticalEdges[band] + kCriticalEdges[band + 1]) / 2;
}
// Terhardt's curve; the top band's is that of its lower end.
double in_quiet_spl(double hz) {
    const double k = hz / 1000;
    return 3.64 * std::pow(k, -0.8) - 6.5 * std::exp(-0.6 * (k - 3.3) * (k - 3.3)) + 1e-3 * std::pow(k, 4);
}
// Of a band's energy, for a masker `barks` below it.
double spreading(double barks) {
    const double x = barks + 0.474;
    return std::pow(10, (15.81 + 7.5 * x - 17.5 * std::sqrt(1 + x * x)) / 10);
}

std::size_t band_of(std::size_t line) {
    const double hz = static_cast<double>(line) * kLineHz;
    std::size_t band = 0;
    while (band + 1 < kCriticalBands && hz >= kCriticalEdges[band + 1]) ++band;
    return band;
}

struct Spectrum {
    std::vector<double> re = std::vector<double>(kLines), im = std::vector<double>(kLines);
    double power(std::size_t k) const { return re[k] * re[k] + im[k] * im[k]; }
};

class Analyser {
  public:
    Analyser() : fft_(kSize), window_(kSize), x_(kSize) {
        double sum = 0;
        for (std::size_t i = 0; i < kSize; ++i) {
            window_[i] = 0.5 - 0.5 * std::cos(2 * M_PI * (static_cast<double>(i) + 0.5) / kSize);
            sum += window_[i] * window_[i];
        }
        // So that powers of all lines add up to the mean square, a full-scale sine's being 1.
        for (double& w : window_) w *= std::sqrt(4 / (sum * kSize));
    }
    void look(std::span<const float> sound, std::size_t first, Spectrum& out) {
        for (std::size_t i = 0; i < kSize; ++i) x_[i] = window_[i] * static_cast<double>(sound[first + i]);
        fft_.forwards(x_, out.re, out.im);
    }
    void look_at_difference(std::span<const float> a, std::span<const float> b, std::size_t first,
                            Spectrum& out) {
        for (std::size_t i = 0; i < kSize; ++i)
            x_[i] = window_[i] * (static_cast<double>(a[first + i]) - static_cast<double>(b[first + i]));
        fft_.forwards(x_, out.re, out.im);
    }

  private:
    audio::RealFft<double> fft_;
    std::vector<double> window_, x_;
};

// How wrong a guess from the two frames before is: 0 for a steady tone, near 1 for noise.
double unpredictability(const Spectrum& now, const Spectrum& last, const Spectrum& before, std::size_t k) {
    const double size = std::sqrt(now.power(k)), one = std::sqrt(last.power(k)),
                 two = std::sqrt(before.power(k));
    const double guessed = std::max(0.0, 2 * one - two);
    const double angle = 2 * std::atan2(last.im[k], last.re[k]) - std::atan2(before.im[k], before.re[k]);
    const double re = now.re[k] - guessed * std::cos(angle), im = now.im[k] - guessed * std::sin(angle);
    const double most = size + guessed;
    return most > 0 ? std::min(1.0, std::sqrt(re * re + im * im) / most) : 1;
}

Bands masked_threshold(const Spectrum& now, const Spectrum& last, const Spectrum& before, Bands& energy) {
    Bands unsure{};
    energy.fill(0);
    for (std::size_t k = 0; k < kLines; ++k) {
        const double power = now.power(k);
        const std::size_t band = band_of(k);
        energy[band] += power;
        unsure[band] += power * unpredictability(now, last, before, k);
    }
    Bands threshold{};
    for (std::size_t b = 0; b < kCriticalBands; ++b) {
        double spread = 0, spread_unsure = 0, gain = 0;
        for (std::size_t from = 0; from < kCriticalBands; ++from) {
            const double share = spreading(static_cast<double>(b) - static_cast<double>(from));
            spread += share * energy[from];
            spread_unsure += share * unsure[from];
            gain += share;
        }
        // ISO/IEC 11172-3: from 0 (noise) at an unpredictability of 0.5 to 1 (tone) at 0.05.
        const double chaos = spread > 0 ? spread_unsure / spread : 1;
        const double tonality = std::clamp(-0.299 - 0.43 * std::log(std::max(chaos, 1e-6)), 0.0, 1.0);
        const double offset =
            tonality * (kToneMaskDb + static_cast<double>(b) + 0.5) + (1 - tonality) * kNoiseMaskDb;
        const double quiet = std::pow(
            10,
            (in_quiet_spl(b + 1 == kCriticalBands ? kCriticalEdges[b] : middle_hz(b)) - kFullScaleSpl) / 10);
        threshold[b] = std::max(spread / gain * std::pow(10, -offset / 10), quiet);
    }
    return threshold;
}

}  // namespace

NoiseToMask noise_to_mask(audio::ConstStereoView plain, audio::ConstStereoView marked) {
    Analyser analyser;
    Bands sums{};
    std::size_t frames = 0, loud = 0;
    Spectrum now, last, before, noise;
    for (const auto& [host, with] :
         {std::pair{plain.left, marked.left}, std::pair{plain.right, marked.right}}) {
        for (std::size_t first = 0; first + kSize <= host.size(); first += kStep) {
            std::swap(before, last);
            std::swap(last, now);
            analyser.look(host, first, now);
            if (first < 2 * kStep) continue;
            Bands energy;
            const Bands threshold = masked_threshold(now, last, before, energy);
            double whole = 0;
            for (const double one : energy) whole += one;
            if (db(whole) + kFullScaleSpl < kSoundsSpl) continue;
            analyser.look_at_difference(with, host, first, noise);
            Bands added{};
            for (std::size_t k = 0; k < kLines; ++k) added[band_of(k)] += noise.power(k);
            bool heard = false;
            for (std::size_t b = 0; b < kCriticalBands; ++b) {
                const double ratio = added[b] / threshold[b];
                sums[b] += ratio;
                heard |= db(ratio) > 1.5;
            }
            loud += heard;
            ++frames;
        }
    }
    NoiseToMask result;
    if (frames == 0) return result;
    double all = 0;
    for (std::size_t b = 0; b < kCriticalBands; ++b) {
        const double mean = sums[b] / static_cast<double>(frames);
        all += mean / kCriticalBands;
        result.band_db[b] = db(mean);
        result.worst_band_db = std::max(result.worst_band_db, result.band_db[b]);
    }
    result.mean_db = db(all);
    result.loud_frames = static_cast<double>(loud) / static_cast<double>(frames);
    return result;
}

double added_db(audio::ConstStereoView plain, audio::ConstStereoView marked, double low_hz, double high_hz) {
    Analyser analyser;
    Spectrum noise;
    double sum = 0;
    std::size_t frames = 0;
    for (const auto& [host, with] :
         {std::pair{plain.left, marked.left}, std::pair{plain.right, marked.right}})
        for (std::size_t first = 0; first + kSize <= host.size(); first += kStep, ++frames) {
            analyser.look_at_difference(with, host, first, noise);
            for (std::size_t k = 0; k < kLines; ++k) {
                const double hz = static_cast<double>(k) * kLineHz;
                if (hz >= low_hz && hz < high_hz) sum += noise.power(k);
            }
        }
    return frames > 0 ? db(sum / static_cast<double>(frames)) : -200;
}

}  // namespace mmx::watermark
