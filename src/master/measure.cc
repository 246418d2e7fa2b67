#include "master/measure.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>

#include "audio/denormals.h"
#include "audio/fft.h"
#include "base/maths.h"
#include "base/tasks.h"

namespace mmx::master {
namespace {

constexpr double kBassHertz = 120;
constexpr float kSilence = 0.001f;  // -60 dBFS
constexpr double kShortestSilence = 0.5;
constexpr std::size_t kClippedRun = 3;  // a single sample at full scale may be a peak that just fits

double decibels(double power) {
    return power > 1e-12 ? 10 * base::log10(power) : -120;
}

bool is_number(float x) {
    return (std::bit_cast<std::uint32_t>(x) & 0x7f800000) != 0x7f800000;
}

// Products of left and right, for correlation and level.
struct Products {
    double left = 0, right = 0, both = 0;
    void add(double l, double r) { left += l * l, right += r * r, both += l * r; }
    double correlation() const {
        const double scale = base::sqrt(left) * base::sqrt(right);
        if (scale <= 0)
            return left == right ? 1 : 0;  // silence agrees with itself; one silent side with nothing
        return std::clamp(both / scale, -1.0, 1.0);
    }
};

// 24 dB an octave, as two Butterworth sections (Q 0.541 and 1.307): sharp enough to keep a bass guitar's body
// out.
class BassFilter {
  public:
    explicit BassFilter(int rate) {
        const double k = base::tan(base::kPi * kBassHertz / rate);
        for (std::size_t i = 0; i < 2; ++i) {
            const double q = i == 0 ? 0.54119610014619698 : 1.3065629648763766;
            const double a0 = 1 + k / q + k * k;
            sections_[i] = {k * k / a0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0};
        }
    }
    double operator()(double x) {
        for (auto& s : sections_) {
            const double y = s.b * x + s.s1;
            s.s1 = 2 * s.b * x - s.a1 * y + s.s2;
            s.s2 = s.b * x - s.a2 * y;
            x = y;
        }
        return x;
    }

  private:
    struct Section {
        double b, a1, a2, s1 = 0, s2 = 0;
    };
    std::array<Section, 2> sections_{};
};

long long count_clipped(std::span<const float> channel) {
    long long clipped = 0;
    std::size_t run = 0;
    for (std::size_t i = 0; i <= channel.size(); ++i) {
        // 16 bit's largest positive value is one step below full scale.
        const bool full = i < channel.size() && (channel[i] >= 32767.0f / 32768.0f || channel[i] <= -1.0f);
        if (full) {
            ++run;
        } else {
            if (run >= kClippedRun) clipped += static_cast<long long>(run);
            run = 0;
        }
    }
    return clipped;
}

std::vector<Span> find_silences(audio::ConstStereoView sound, int rate) {
    std::vector<Span> silences;
    std::size_t start = 0;  // of the silence that may be going on
    const auto end_at = [&](std::size_t end) {
        const double seconds = static_cast<double>(end - start) / rate;
        if (end > start && seconds >= kShortestSilence) {
            silences.push_back({static_cast<double>(start) / rate, static_cast<double>(end) / rate});
        }
    };
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const float l = sound.left[i], r = sound.right[i];
        if (l < kSilence && l > -kSilence && r < kSilence && r > -kSilence) continue;
        end_at(i);
        start = i + 1;
    }
    end_at(sound.frames());
    return silences;
}

// Mean power in each third of an octave: Hann windows of 2^14 frames (a third of a second at 48 kHz), half
// overlapping, their power added up.
std::vector<Band> third_octaves(audio::ConstStereoView sound, int rate) {
    constexpr double kNominal[] = {25,   31.5, 40,   50,   63,   80,   100,   125,   160,   200,
                                   250,  315,  400,  500,  630,  800,  1000,  1250,  1600,  2000,
                                   2500, 3150, 4000, 5000, 6300, 8000, 10000, 12500, 16000, 20000};
    constexpr std::size_t kSize = 16384;
    audio::RealFft<float> plan(kSize);
    std::vector<float> window(kSize), frame(kSize), re(plan.bins()), im(plan.bins());
    double window_power = 0;
    for (std::size_t i = 0; i < kSize; ++i) {
        const double w = 0.5 - 0.5 * base::cos(base::kTwoPi * (static_cast<double>(i) + 0.5) / kSize);
        window[i] = static_cast<float>(w);
        window_power += w * w;
    }
    std::vector<double> power(plan.bins());
    std::size_t frames = 0;
    for (std::size_t at = 0; at == 0 || at + kSize <= sound.frames(); at += kSize / 2, ++frames) {
        for (const auto& channel : {sound.left, sound.right}) {
            for (std::size_t i = 0; i < kSize; ++i) {
                frame[i] = at + i < channel.size() && is_number(channel[at + i]) ? channel[at + i] * window[i]
                                                                                 : 0.0f;
            }
            plan.forwards(frame, re, im);
            for (std::size_t k = 0; k < power.size(); ++k) {
                power[k] += static_cast<double>(re[k]) * static_cast<double>(re[k]) +
                            static_cast<double>(im[k]) * static_cast<double>(im[k]);
            }
        }
    }
    // Two sides of the spectrum, two channels, and a sine's mean square of a half.
    const double scale = 2.0 * 2.0 / 2.0 / (static_cast<double>(frames) * kSize * window_power);
    std::vector<Band> bands;
    for (std::size_t b = 0; b < std::size(kNominal); ++b) {
        const double centre = 1000 * base::exp2((static_cast<double>(b) - 16) / 3);
        const double low = centre * 0.8908987181403393, high = centre * 1.122462048309373;
        if (high > rate / 2.0) break;
        // A bin counts for the share of it that lies in the band: the lowest bands are only two bins wide.
        const double bin_width = static_cast<double>(rate) / kSize;
        double sum = 0;
        for (std::size_t k = 1; k + 1 < power.size(); ++k) {
            const double from = std::max(low, (static_cast<double>(k) - 0.5) * bin_width);
            const double to = std::min(high, (static_cast<double>(k) + 0.5) * bin_width);
            if (to > from) sum += power[k] * (to - from) / bin_width;
        }
        bands.push_back({kNominal[b], decibels(sum * scale)});
    }
    return bands;
}

Measurement measure_numbers(audio::ConstStereoView sound, int rate) {
    Measurement result;
    result.sample_rate = rate;
    result.duration_seconds = static_cast<double>(sound.frames()) / rate;
    if (sound.frames() == 0) return result;
    Products all, bass;
    BassFilter left_bass(rate), right_bass(rate);
    double left_sum = 0, right_sum = 0;
    bool equal = true;
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const double l = static_cast<double>(sound.left[i]), r = static_cast<double>(sound.right[i]);
        left_sum += l, right_sum += r;
        all.add(l, r);
        bass.add(left_bass(l), right_bass(r));
        equal = equal && sound.left[i] == sound.right[i];
    }
    const auto frames = static_cast<double>(sound.frames());
    result.channels = equal ? 1 : 2;
    result.dc_left = left_sum / frames;
    result.dc_right = right_sum / frames;
    result.correlation = all.correlation();
    result.bass_correlation = bass.correlation();
    base::Tasks crew;
    result.loudness = audio::measure_loudness(sound, rate, &crew);
    const double mean_square = (all.left + all.right) / (2 * frames);
    if (mean_square > 0) result.crest_factor_db = result.loudness.sample_peak_dbfs - decibels(mean_square);
    result.clipped_samples = count_clipped(sound.left) + count_clipped(sound.right);
    result.silences = find_silences(sound, rate);
    result.bands = third_octaves(sound, rate);
    return result;
}

}  // namespace

Measurement measure(audio::ConstStereoView sound, int sample_rate) {
    const audio::DenormalsOff denormals_off;
    long long not_numbers = 0;
    for (const auto& channel : {sound.left, sound.right}) {
        for (const float x : channel) not_numbers += !is_number(x);
    }
    if (not_numbers == 0) return measure_numbers(sound, sample_rate);
    // Rare, so a copy is affordable.
    std::vector<float> left(sound.left.begin(), sound.left.end()),
        right(sound.right.begin(), sound.right.end());
    for (auto* channel : {&left, &right}) {
        for (float& x : *channel) x = is_number(x) ? x : 0.0f;
    }
    Measurement result = measure_numbers({left, right}, sample_rate);
    result.not_numbers = not_numbers;
    return result;
}

}  // namespace mmx::master
