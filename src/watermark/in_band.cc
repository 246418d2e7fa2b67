#include "watermark/in_band.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "audio/fft.h"
#include "base/maths.h"
#include "watermark/bands.h"
#include "watermark/masking.h"
#include "watermark/rates.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kOverlap = kWindow - kHop;
constexpr std::size_t kBins = kWindow / 2 + 1;
constexpr double kBinHz = static_cast<double>(kHalfRate) / kWindow;
constexpr std::size_t kSubBlocks = 8;
// An attack inside a frame smears its mark ahead of itself, upon what was there before: kept 6 dB under that.
constexpr float kSmeared = 0.25f;

// Flat with sine slopes: analysis times synthesis adds up to one.
const std::array<float, kWindow>& window() {
    static const auto built = [] {
        std::array<float, kWindow> w;
        w.fill(1.0f);
        for (std::size_t i = 0; i < kOverlap; ++i) {
            const double x = (static_cast<double>(i) + 0.5) / static_cast<double>(kOverlap);
            w[i] = w[kWindow - 1 - i] = static_cast<float>(base::sin(base::kPi / 2 * x));
        }
        return w;
    }();
    return built;
}

// The band of every bin; kBands where none is.
const std::array<std::uint8_t, kBins>& band_of_bin() {
    static const auto built = [] {
        std::array<std::uint8_t, kBins> bands;
        bands.fill(kBands);
        const auto& edges = half_band_edges();
        for (std::size_t b = 0; b < kBands; ++b) {
            const auto first = static_cast<std::size_t>(edges[2 * b] / kBinHz + 0.5);
            const auto last = static_cast<std::size_t>(edges[2 * b + 2] / kBinHz + 0.5);
            for (std::size_t k = first; k < last; ++k) bands[k] = static_cast<std::uint8_t>(b);
        }
        return bands;
    }();
    return built;
}

// The strongest mark that the loudest attack in this frame leaves room for.
float attack_room(const float* left, const float* right) {
    float before = 0, most = 1;
    for (std::size_t b = 0; b < kSubBlocks; ++b) {
        float energy = 1e-12f;
        for (std::size_t i = b * kWindow / kSubBlocks; i < (b + 1) * kWindow / kSubBlocks; ++i)
            energy += left[i] * left[i] + right[i] * right[i];
        if (b == 0) before = energy;
        most = std::max(most, energy / before);
        // The mean of what came before is what is smeared upon.
        before += (energy - before) / static_cast<float>(b + 2);
    }
    return __builtin_sqrtf(kSmeared / most);
}

// How much each band may change in one frame of the guide, left and right already under the window.
std::array<float, kGroups> room_in(audio::Fft<float>& fft, std::span<float> re, std::span<float> im) {
    const float most = attack_room(re.data(), im.data());
    fft.forwards(re, im);
    std::array<float, kBins> power;
    power[0] = power[kBins - 1] = 0;
    for (std::size_t k = 1; k < kBins - 1; ++k) {
        const std::size_t j = kWindow - k;
        power[k] = re[k] * re[k] + im[k] * im[k] + re[j] * re[j] + im[j] * im[j];
    }
    auto room = allowed_mark(power);
    for (float& one : room) one = std::min(one, most);
    return room;
}

// Turns a frame's spectrum into its mark's.
void shape(const std::array<float, kBins>& gain, std::span<float> re, std::span<float> im) {
    re[0] = im[0] = 0;
    for (std::size_t k = 1; k < kBins - 1; ++k) {
        re[k] *= gain[k];
        im[k] *= gain[k];
    }
    re[kBins - 1] = im[kBins - 1] = 0;
    for (std::size_t j = kBins; j < kWindow; ++j) {
        re[j] *= gain[kWindow - j];
        im[j] *= gain[kWindow - j];
    }
}

void under_window(const float* left, const float* right, std::span<float> re, std::span<float> im) {
    const auto& slope = window();
    for (std::size_t i = 0; i < kWindow; ++i) {
        re[i] = left[i] * slope[i];
        im[i] = right[i] * slope[i];
    }
}

}  // namespace

InBand::InBand(const Key& key, std::uint64_t id)
    : grid_(key, "in-band", "tiles", kInBandColumns, kBands), chips_(chips_of(grid_, symbols_of(key, id))) {}

void InBand::add(audio::ConstStereoView host, audio::ConstStereoView guide, float most, std::size_t first,
                 audio::StereoView delta) const {
    assert(first % (2 * kHop) == 0 && host.frames() == guide.frames());
    const std::size_t half_count = (delta.frames() + 1) / 2;
    // Frames that reach into this stretch and into what doubling the rate looks at around it. Frame f covers
    // half-rate samples f * kHop - kOverlap / 2 on.
    const auto frame_first = static_cast<std::ptrdiff_t>(first / (2 * kHop)) - 1;
    const std::size_t frames = (half_count + kHop - 1) / kHop + 2;
    const std::ptrdiff_t start =
        frame_first * static_cast<std::ptrdiff_t>(kHop) - static_cast<std::ptrdiff_t>(kOverlap / 2);
    const std::size_t length = (frames - 1) * kHop + kWindow;
    thread_local std::vector<float> left, right, left_mark, right_mark, guide_left, guide_right, whole;
    left.resize(length);
    right.resize(length);
    left_mark.assign(length + 16, 0.0f);
    right_mark.assign(length + 16, 0.0f);
    halve(host.left, start, left);
    halve(host.right, start, right);
    const bool own = guide.left.data() == host.left.data();
    if (!own) {
        guide_left.resize(length);
        guide_right.resize(length);
        halve(guide.left, start, guide_left);
        halve(guide.right, start, guide_right);
    }

    audio::Fft<float> fft(kWindow);
    std::array<float, kWindow> re, im;
    std::array<float, kBins> gain;
    const auto& slope = window();
    const auto& bands = band_of_bin();
    constexpr auto kPeriod = static_cast<std::ptrdiff_t>(kInBandColumns * kFramesPerColumn);
    for (std::size_t f = 0; f < frames; ++f) {
        const std::size_t from = f * kHop;
        std::array<float, kGroups> room;
        if (!own) {
            under_window(guide_left.data() + from, guide_right.data() + from, re, im);
            room = room_in(fft, re, im);
        }
        // Left and right in one complex transform: a gain that is the same for bins k and -k acts on both.
        under_window(left.data() + from, right.data() + from, re, im);
        if (own)
            room = room_in(fft, re, im);
        else
            fft.forwards(re, im);
        const std::ptrdiff_t at = frame_first + static_cast<std::ptrdiff_t>(f);
        const auto column = static_cast<std::size_t>((at % kPeriod + kPeriod) % kPeriod) / kFramesPerColumn;
        const std::int8_t* chips = chips_.data() + column * kBands;
        std::array<float, kBands + 1> band_gain{};
        for (std::size_t b = 0; b < kBands; ++b) {
            const float much = std::min(room[b / 2], most);
            band_gain[b] = (chips[b] > 0 ? much : -much / (1 + much)) / static_cast<float>(kWindow);
        }
        for (std::size_t k = 0; k < kBins; ++k) gain[k] = band_gain[bands[k]];
        shape(gain, re, im);
        fft.backwards(re, im);
        for (std::size_t i = 0; i < kWindow; ++i) {
            left_mark[from + i] += re[i] * slope[i];
            right_mark[from + i] += im[i] * slope[i];
        }
    }
    const std::size_t before = kHop + kOverlap / 2;
    whole.resize(delta.frames());
    double_rate(left_mark, before, whole);
    for (std::size_t i = 0; i < whole.size(); ++i) delta.left[i] += whole[i];
    double_rate(right_mark, before, whole);
    for (std::size_t i = 0; i < whole.size(); ++i) delta.right[i] += whole[i];
}

}  // namespace mmx::watermark
