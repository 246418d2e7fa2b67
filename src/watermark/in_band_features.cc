#include "watermark/in_band_features.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "audio/fft.h"
#include "base/maths.h"
#include "watermark/bands.h"
#include "watermark/masking.h"
#include "watermark/rates.h"
#include "watermark/surprise.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kLook = 1536;  // a frame is seen through a window of a column's length
constexpr float kFloor = 1e-10f;     // of a band's power: far below 16 bit's noise

// Powers of a half band: between two places on the bins' axis, ends shared out.
struct Stretch {
    std::size_t first, last;
    float first_share, last_share;
};

const std::array<Stretch, kHalfBands>& stretches() {
    static const auto built = [] {
        std::array<Stretch, kHalfBands> all{};
        const auto& edges = half_band_edges();
        for (std::size_t j = 0; j < kHalfBands; ++j) {
            const double low = edges[j] / kBinHz + 0.5,
                         high = edges[j + 1] / kBinHz + 0.5;  // bin k: k to k + 1
            all[j].first = static_cast<std::size_t>(low);
            all[j].last = static_cast<std::size_t>(high);
            all[j].first_share = static_cast<float>(1 - (low - static_cast<double>(all[j].first)));
            all[j].last_share = static_cast<float>(high - static_cast<double>(all[j].last));
        }
        return all;
    }();
    return built;
}

struct Spectra {
    std::vector<float> logs;     // frames x kHalfBands: log2 of the power
    std::vector<float> allowed;  // frames x kGroups: how strong a mark would be there
};

Spectra look(std::span<const float> half, std::size_t frames) {
    static const auto window = [] {
        std::array<float, kLook> w;
        for (std::size_t i = 0; i < kLook; ++i)
            w[i] = static_cast<float>(0.5 -
                                      0.5 * base::cos(base::kTwoPi * (static_cast<double>(i) + 0.5) / kLook));
        return w;
    }();
    audio::RealFft<float> fft(kWindow);
    std::array<float, kWindow> x;
    std::array<float, kBins> re, im;
    std::array<std::array<float, kBins>, 3> powers{};
    Spectra spectra{std::vector<float>(frames * kHalfBands), std::vector<float>(frames * kGroups)};
    const auto& all = stretches();
    const auto allow = [&](std::size_t f, std::span<const float> before, std::span<const float> power,
                           std::span<const float> after) {
        const auto allowed = allowed_mark(power, before, after);
        std::copy(allowed.begin(), allowed.end(),
                  spectra.allowed.begin() + static_cast<std::ptrdiff_t>(f * kGroups));
    };
    for (std::size_t f = 0; f < frames; ++f) {
        // Every other bin of the longer transform would do: the window's second part is laid over its first.
        const float* from = half.data() + f * kHop;
        for (std::size_t i = 0; i < kWindow; ++i) x[i] = from[i] * window[i];
        for (std::size_t i = kWindow; i < kLook; ++i) x[i - kWindow] += from[i] * window[i];
        fft.forwards(x, re, im);
        for (std::size_t k = 0; k < kBins; ++k) re[k] = re[k] * re[k] + im[k] * im[k];
        powers[f % 3] = re;
        if (f > 0) allow(f - 1, powers[(f + 1) % 3], powers[(f + 2) % 3], re);
        for (std::size_t j = 0; j < kHalfBands; ++j) {
            const Stretch& s = all[j];
            float sum;
            if (s.first == s.last) {
                sum = re[s.first] * (s.first_share + s.last_share - 1);
            } else {
                sum = re[s.first] * s.first_share + re[s.last] * s.last_share;
                for (std::size_t k = s.first + 1; k < s.last; ++k) sum += re[k];
            }
            spectra.logs[f * kHalfBands + j] =
                static_cast<float>(base::log2(static_cast<double>(sum + kFloor)));
        }
    }
    allow(frames - 1, powers[(frames + 1) % 3], powers[(frames - 1) % 3], powers[(frames - 1) % 3]);
    return spectra;
}

}  // namespace

std::vector<std::int8_t> in_band_features(std::span<const float> middle) {
    const std::size_t half_length = (middle.size() + 1) / 2;
    const std::size_t frames = (half_length + kHop - 1) / kHop;
    if (frames == 0) return {};
    // Frame f is around its 768 samples: 384 more on each side.
    std::vector<float> half(frames * kHop + kLook);
    halve(middle, -static_cast<std::ptrdiff_t>(kLook - kHop) / 2, half);
    const Spectra spectra = look(half, frames);
    const std::vector<float> white = surprise(spectra.logs, frames);

    // Each value by the mean magnitude around it: a second to either side, four half bands up and down.
    constexpr std::ptrdiff_t kAround = 24, kBeside = 4;
    std::vector<float> weighed(white.size());
    const auto count = static_cast<std::ptrdiff_t>(frames);
    std::vector<float> running(kHalfBands, 0.0f), level(kHalfBands);
    const auto magnitude = [&](std::ptrdiff_t f, std::size_t j) {
        return std::min(std::fabs(white[static_cast<std::size_t>(f) * kHalfBands + j]), 4.0f);
    };
    for (std::ptrdiff_t f = 0; f < std::min(count, kAround); ++f)
        for (std::size_t j = 0; j < kHalfBands; ++j) running[j] += magnitude(f, j);
    for (std::ptrdiff_t f = 0; f < count; ++f) {
        for (std::size_t j = 0; j < kHalfBands; ++j) {
            if (f + kAround < count) running[j] += magnitude(f + kAround, j);
            if (f - kAround - 1 >= 0) running[j] -= magnitude(f - kAround - 1, j);
        }
        const auto seen = static_cast<float>(std::min(count - 1, f + kAround) -
                                             std::max<std::ptrdiff_t>(0, f - kAround) + 1);
        for (std::ptrdiff_t j = 0; j < static_cast<std::ptrdiff_t>(kHalfBands); ++j) {
            float sum = 0;
            int n = 0;
            for (std::ptrdiff_t k = std::max<std::ptrdiff_t>(0, j - kBeside);
                 k <= std::min<std::ptrdiff_t>(kHalfBands - 1, j + kBeside); ++k, ++n)
                sum += running[static_cast<std::size_t>(k)];
            const float mean = sum / (static_cast<float>(n) * seen);
            const std::size_t at = static_cast<std::size_t>(f) * kHalfBands + static_cast<std::size_t>(j);
            // In units of sigma (0.8 sigma is a normal distribution's mean magnitude); what lies far out is
            // an event of the music, not a mark.
            const float x = white[at] / (1.25f * mean + 1e-6f);
            const float soft = x / (1 + x * x / 4);
            // A matched filter weighs by what the mark can be here over what the music does here. How much
            // the mark can be is guessed from a sound that may have been changed: its root serves better.
            float strength = 0;
            for (std::ptrdiff_t g = f - 2; g <= f + 2; ++g)
                strength +=
                    spectra.allowed[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(g, 0, count - 1)) *
                                        kGroups +
                                    static_cast<std::size_t>(j) / 4];
            weighed[at] = soft * std::sqrt(strength) / (1.25f * mean + 1e-6f);
        }
    }
    // Two bits each, of which the larger size is for the quarter that says most.
    double sum = 0;
    for (const float x : weighed) sum += static_cast<double>(std::fabs(x));
    const auto large = static_cast<float>(1.4 * sum / static_cast<double>(weighed.size()));
    std::vector<std::int8_t> result(weighed.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
        const int size = std::fabs(weighed[i]) > large ? 3 : 1;
        result[i] = static_cast<std::int8_t>(weighed[i] == 0.0f ? 0 : weighed[i] > 0 ? size : -size);
    }
    return result;
}

}  // namespace mmx::watermark
