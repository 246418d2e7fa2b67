#include "voice/vocoder.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

#include "base/maths.h"
#include "voice/spectrum.h"

namespace mmx::voice {
namespace {

constexpr std::size_t kNarrow = 1024, kWide = 2048;
constexpr double kWideBelowHz = 150;  // longer periods need a longer response
constexpr double kTopHz = 15200;      // the model's last octave ends here; above, the last value is let fall
constexpr double kFallDbPerOctave = 60;
constexpr float kLogOfDb = 0.11512925464970229f;  // ln 10 / 20

double clamp01(double x) {
    return std::clamp(x, 0.0, 1.0);
}
double smooth(double t) {
    t = clamp01(t);
    return t * t * (3 - 2 * t);
}

// Tables are made once for each throat and rate, and kept: a choir has a few, a song's voices share them.
std::shared_ptr<const ThroatTables> tables_of(const Throat& throat, int rate, std::size_t size) {
    using Key = std::tuple<double, double, double, double, int, std::size_t>;
    static std::mutex mutex;
    static std::map<Key, std::weak_ptr<const ThroatTables>> known;
    const Key key{throat.formants, throat.tilt_db_per_octave, throat.air_db, throat.breath, rate, size};
    const std::lock_guard lock(mutex);
    auto tables = known[key].lock();
    if (!tables) {
        tables = std::make_shared<const ThroatTables>(throat, rate, size);
        known[key] = tables;
    }
    return tables;
}

}  // namespace

ThroatTables::ThroatTables(const Throat& throat, int sample_rate, std::size_t fft_size)
    : size(fft_size),
      bins(fft_size / 2 + 1),
      row(padded(bins)),
      cosines(kCoefficients * row),
      shape(row),
      octave(row) {
    const double top = std::min(kTopHz * throat.formants, 0.45 * sample_rate);
    for (std::size_t k = 0; k < bins; ++k) {
        const double hertz = static_cast<double>(k) * sample_rate / static_cast<double>(size);
        const double source = std::min(hertz, top) / throat.formants;
        const double w = warped(source);
        for (std::size_t m = 0; m < kCoefficients; ++m)
            cosines[m * row + k] = static_cast<float>(base::cos(static_cast<double>(m) * w));
        const double above_1k = base::log2(std::max(hertz, 1.0) / 1000);
        double db = throat.tilt_db_per_octave * std::clamp(above_1k, -1.74, 2.58);
        db += throat.air_db * smooth(base::log2(std::max(hertz, 1.0) / 6500) / 0.5);
        if (hertz > top) db -= kFallDbPerOctave * base::log2(hertz / top);
        shape[k] = static_cast<float>(db) * kLogOfDb;
        octave[k] = static_cast<float>(above_1k);
    }
}

Vocoder::Bench::Bench(const Throat& throat, int sample_rate, std::size_t size)
    : tables(tables_of(throat, sample_rate, size)), fft(size) {
    for (auto* row : {&envelope, &phase, &pulse, &noise, &noise_real, &noise_imaginary, &real, &imaginary})
        row->assign(tables->row, 0.0f);
    signal.assign(size, 0.0f);
}

Vocoder::Vocoder(const Throat& throat, int sample_rate, std::uint64_t seed)
    : rate_(sample_rate),
      narrow_(throat, sample_rate, kNarrow),
      wide_(throat, sample_rate, kWide),
      chance_(seed, base::Stream::voice_noise) {}

// Log amplitudes into bench.envelope.
void Vocoder::shape(Bench& bench, const Moment& moment) const {
    const ThroatTables& t = *bench.tables;
    weighted_rows(t.cosines.data(), moment.cepstrum, kCoefficients, t.shape.data(), bench.envelope.data(),
                  t.row);
    if (moment.open_octaves > 0.01) {
        // Up to the raised formant the axis is stretched; from there to three times its frequency it finds
        // back.
        const double bin_hertz = static_cast<double>(rate_) / static_cast<double>(t.size);
        const double stretch = base::exp2(moment.open_octaves);
        const double knee = moment.first_formant_hz * 1.15 * stretch, back = std::max(2600.0, 1.6 * knee);
        const auto last = std::min(t.bins - 1, static_cast<std::size_t>(back / bin_hertz));
        std::copy_n(bench.envelope.begin(), last + 2, bench.real.begin());
        for (std::size_t k = 0; k <= last; ++k) {
            const double hertz = static_cast<double>(k) * bin_hertz;
            const double source =
                hertz <= knee ? hertz / stretch
                              : knee / stretch + (hertz - knee) * (back - knee / stretch) / (back - knee);
            const double at = source / bin_hertz;
            const auto below = static_cast<std::size_t>(at);
            const auto part = static_cast<float>(at - static_cast<double>(below));
            bench.envelope[k] = bench.real[below] + (bench.real[below + 1] - bench.real[below]) * part;
        }
    }
}

void Vocoder::period(const Moment& moment, double fraction, double period, std::span<float> out) {
    Bench& bench = moment.voicing > 0 && moment.f0_hz < kWideBelowHz ? wide_ : narrow_;
    const ThroatTables& t = *bench.tables;
    shape(bench, moment);

    // Minimum phase: the cepstrum of the log amplitude, folded onto positive times.
    std::ranges::fill(bench.phase, 0.0f);
    bench.fft.backwards(std::span(bench.envelope).first(t.bins), std::span(bench.phase).first(t.bins),
                        bench.signal);
    const std::size_t half = t.size / 2;
    for (std::size_t n = 1; n < half; ++n) bench.signal[n] *= 2;
    std::fill(bench.signal.begin() + static_cast<std::ptrdiff_t>(half) + 1, bench.signal.end(), 0.0f);
    bench.fft.forwards(bench.signal, std::span(bench.real).first(t.bins),
                       std::span(bench.phase).first(t.bins));

    // A burst of noise as long as the period; a voice lets more air through after each closing of its folds.
    const auto burst = std::min(static_cast<std::size_t>(period + 0.5), half);
    const double depth = 0.6 * moment.voicing;
    for (std::size_t n = 0; n < burst;) {
        std::uint64_t bits = chance_.bits();
        for (int i = 0; i < 4 && n < burst; ++i, ++n, bits >>= 16) {
            const double uniform = (static_cast<double>(bits & 0xffff) - 32767.5) / 32768.0 * 1.7320508;
            const double place = static_cast<double>(n) / static_cast<double>(burst);
            const double swell = 1 + depth * (1 - 8 * place * (1 - place));
            bench.signal[n] = static_cast<float>(uniform * swell);
        }
    }
    std::fill(bench.signal.begin() + static_cast<std::ptrdiff_t>(burst), bench.signal.end(), 0.0f);
    bench.fft.forwards(bench.signal, std::span(bench.noise_real).first(t.bins),
                       std::span(bench.noise_imaginary).first(t.bins));

    const double strength = base::sqrt(period);
    const double hush = moment.f0_hz / 1000;  // below three quarters of the pitch a voice has no noise
    const auto quiet = static_cast<float>(base::log2(0.75 * hush));
    const Noisiness& n = moment.noisiness;
    for (std::size_t k = 0; k < t.bins; ++k) {
        double rise = (t.octave[k] - n.corner_octave) / 1.5f + 0.5f;
        double noise = n.floor + (n.top - n.floor) * smooth(rise);
        if (t.octave[k] < quiet) noise = 0;
        noise = noise * moment.voicing + (1 - moment.voicing);
        bench.noise[k] = static_cast<float>(noise);
        bench.pulse[k] = static_cast<float>(strength * base::sqrt(std::max(0.0, 1 - noise * noise)) *
                                            (moment.voicing > 0 ? 1.0 : 0.0));
    }
    const Excitation excitation{bench.pulse.data(), bench.noise.data(), bench.noise_real.data(),
                                bench.noise_imaginary.data(),
                                static_cast<float>(base::kTwoPi * fraction / static_cast<double>(t.size))};
    excite(bench.envelope.data(), bench.phase.data(), excitation, bench.real.data(), bench.imaginary.data(),
           t.row);
    bench.fft.backwards(std::span<const float>(bench.real).first(t.bins),
                        std::span<const float>(bench.imaginary).first(t.bins), bench.signal);
    add_scaled(bench.signal.data(), static_cast<float>(base::decibels_to_gain(moment.gain_db)), out.data(),
               t.size);
}

double Vocoder::power_of(const Moment& moment) {
    Bench& bench = narrow_;
    shape(bench, moment);
    const double bin_hertz = static_cast<double>(rate_) / static_cast<double>(kNarrow);
    double power = 0;
    for (double hertz = moment.f0_hz; hertz < 8000; hertz += moment.f0_hz) {
        const double at = hertz / bin_hertz;
        const auto below = static_cast<std::size_t>(at);
        const double part = at - static_cast<double>(below);
        const double level =
            bench.envelope[below] + (bench.envelope[below + 1] - bench.envelope[below]) * part;
        // Low harmonics carry much of the power and little of the loudness.
        const double weight = 0.35 + 0.65 * smooth(base::log2(hertz / 200) / 1.5);
        power += base::exp(2 * level) * weight;
    }
    // Harmonics of amplitude A each, from pulses of strength sqrt(T) every T samples.
    return 2 * power * moment.f0_hz / rate_;
}

double Vocoder::hiss_of(const Moment& moment) {
    shape(narrow_, moment);
    double power = 0;
    for (std::size_t k = 0; k < narrow_.tables->bins; ++k)
        power += base::exp(2 * static_cast<double>(narrow_.envelope[k]));
    return power / static_cast<double>(narrow_.tables->bins);
}

}  // namespace mmx::voice
