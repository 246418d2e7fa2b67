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

// The strongest marks that the loudest attacks in a frame leave room for.
struct AttackRoom {
    float low, high;  // under and over kHighHz
};
constexpr double kHighHz = 2000;

// Of an attack's energies, sub-block by sub-block.
class Attack {
  public:
    void add(float energy) {
        if (blocks_ == 0) before_ = energy;
        most_ = std::max(most_, energy / before_);
        // The mean of what came before is what is smeared upon.
        ++blocks_;
        before_ += (energy - before_) / static_cast<float>(blocks_ + 1);
    }
    float room() const { return __builtin_sqrtf(kSmeared / most_); }

  private:
    float before_ = 0, most_ = 1;
    int blocks_ = 0;
};

// Cymbals strike over a bass that stays as loud as it was: the second difference hears them alone (100 Hz is
// 63 dB down in it, 5 kHz is 3 dB up).
AttackRoom attack_room(const float* left, const float* right) {
    Attack low, high;
    constexpr std::size_t kBlock = kWindow / kSubBlocks;
    for (std::size_t first = 0; first < kWindow; first += kBlock) {
        float energy = 1e-12f, bright = 1e-13f;
        for (std::size_t i = first; i < first + kBlock; ++i)
            energy += left[i] * left[i] + right[i] * right[i];
        for (std::size_t i = std::max<std::size_t>(first, 2); i < first + kBlock; ++i) {
            const float l = left[i] - 2 * left[i - 1] + left[i - 2];
            const float r = right[i] - 2 * right[i - 1] + right[i - 2];
            bright += l * l + r * r;
        }
        low.add(energy);
        high.add(bright);
    }
    return {low.room(), high.room()};
}

std::size_t first_high_group() {
    std::size_t group = 0;
    while (half_band_edges()[4 * group] < kHighHz) ++group;
    return group;
}

// Powers of both channels together. Hann's window on top, as a sum of neighbours: under the flat one alone a
// tone between two bins leaks so far that it passes for noise, which hides more.
void powers_of(std::span<const float> re, std::span<const float> im, std::array<float, kBins>& power) {
    const auto hann = [](std::span<const float> x, std::size_t k) {
        return 0.5f * x[k] - 0.25f * (x[k - 1] + x[(k + 1) % kWindow]);
    };
    power[0] = power[kBins - 1] = 0;
    for (std::size_t k = 1; k < kBins - 1; ++k) {
        const std::size_t j = kWindow - k;
        const float a = hann(re, k), b = hann(im, k), c = hann(re, j), d = hann(im, j);
        power[k] = a * a + b * b + c * c + d * d;
    }
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

// One frame: the host's spectrum, left and right in one complex transform, and what of it hides a mark.
struct Frame {
    std::array<float, kWindow> re, im;
    std::array<float, kBins> power;  // of the guide
    AttackRoom attack;
};

}  // namespace

InBand::InBand(const Key& key, std::uint64_t id, int rate)
    : rate_(rate),
      grid_(key, "in-band", "tiles", kInBandColumns, kBands),
      chips_(chips_of(grid_, symbols_of(key, id))) {
    if (rate == kRate) return;
    // The highest band ends at 10 kHz, and what folds back from 14 kHz on falls above it.
    const double stop = std::min(14000.0, rate / 2.0), pass = std::min(kHighestHz, 0.9 * stop);
    crossings_.emplace(Crossing(rate, kHalfRate, pass, stop), Crossing(kHalfRate, rate, pass, stop));
}

void InBand::fall(std::span<const float> whole, std::ptrdiff_t first, std::span<float> half) const {
    if (crossings_)
        crossings_->first.run(whole, 0, first, half);
    else
        halve(whole, first, half);
}

void InBand::rise(std::span<const float> half, std::ptrdiff_t half_first, std::size_t first,
                  std::span<float> whole) const {
    if (crossings_)
        crossings_->second.run(half, half_first, static_cast<std::ptrdiff_t>(first), whole);
    else
        double_rate(half, static_cast<std::size_t>(static_cast<std::ptrdiff_t>(first / 2) - half_first),
                    whole);
}

void InBand::add(audio::ConstStereoView host, audio::ConstStereoView guide, float most, std::size_t first,
                 audio::StereoView delta) const {
    assert(host.frames() == guide.frames() && (crossings_ || first % 2 == 0));
    // Frames that reach into this stretch and into what raising the rate looks at around it. Frame f covers
    // half-rate samples f * kHop - kOverlap / 2 on.
    const auto half_of = [&](std::size_t frame) {
        return frame * kHalfRate / static_cast<std::size_t>(rate_);
    };
    // One more at either end is only looked at: what was there before, and what comes.
    const auto frame_first = static_cast<std::ptrdiff_t>(half_of(first) / kHop) - 2;
    const auto frame_last = static_cast<std::ptrdiff_t>(half_of(first + delta.frames() - 1) / kHop) + 2;
    const auto frames = static_cast<std::size_t>(frame_last - frame_first + 1);
    const std::ptrdiff_t start =
        frame_first * static_cast<std::ptrdiff_t>(kHop) - static_cast<std::ptrdiff_t>(kOverlap / 2);
    const std::size_t length = (frames - 1) * kHop + kWindow;
    thread_local std::vector<float> left, right, left_mark, right_mark, guide_left, guide_right, whole;
    left.resize(length);
    right.resize(length);
    left_mark.assign(length + 16, 0.0f);
    right_mark.assign(length + 16, 0.0f);
    fall(host.left, start, left);
    fall(host.right, start, right);
    const bool own = guide.left.data() == host.left.data();
    if (!own) {
        guide_left.resize(length);
        guide_right.resize(length);
        fall(guide.left, start, guide_left);
        fall(guide.right, start, guide_right);
    }

    audio::Fft<float> fft(kWindow);
    thread_local std::array<Frame, 3> seen;
    std::array<float, kBins> gain;
    const auto& slope = window();
    const auto& bands = band_of_bin();
    const std::size_t high_from = first_high_group();
    constexpr auto kPeriod = static_cast<std::ptrdiff_t>(kInBandColumns * kFramesPerColumn);
    const auto see = [&](Frame& frame, const float* left_from, const float* right_from, bool guides) {
        under_window(left_from, right_from, frame.re, frame.im);
        if (guides) frame.attack = attack_room(frame.re.data(), frame.im.data());
        fft.forwards(frame.re, frame.im);
        if (guides) powers_of(frame.re, frame.im, frame.power);
    };
    for (std::size_t next = 0; next < frames; ++next) {
        Frame& coming = seen[next % 3];
        if (!own) see(coming, guide_left.data() + next * kHop, guide_right.data() + next * kHop, true);
        see(coming, left.data() + next * kHop, right.data() + next * kHop, own);
        if (next < 2) continue;
        const std::size_t f = next - 1, from = f * kHop;
        Frame& frame = seen[f % 3];
        auto room = allowed_mark(frame.power, seen[(f - 1) % 3].power, coming.power);
        for (std::size_t g = 0; g < kGroups; ++g)
            room[g] = std::min(room[g], g < high_from ? frame.attack.low : frame.attack.high);
        const std::ptrdiff_t at = frame_first + static_cast<std::ptrdiff_t>(f);
        const auto column = static_cast<std::size_t>((at % kPeriod + kPeriod) % kPeriod) / kFramesPerColumn;
        const std::int8_t* chips = chips_.data() + column * kBands;
        std::array<float, kBands + 1> band_gain{};
        for (std::size_t b = 0; b < kBands; ++b) {
            const float much = std::min(room[b / 2], most);
            band_gain[b] = (chips[b] > 0 ? much : -much / (1 + much)) / static_cast<float>(kWindow);
        }
        for (std::size_t k = 0; k < kBins; ++k) gain[k] = band_gain[bands[k]];
        // A gain that is the same for bins k and -k acts on both channels.
        shape(gain, frame.re, frame.im);
        fft.backwards(frame.re, frame.im);
        for (std::size_t i = 0; i < kWindow; ++i) {
            left_mark[from + i] += frame.re[i] * slope[i];
            right_mark[from + i] += frame.im[i] * slope[i];
        }
    }
    whole.resize(delta.frames());
    rise(left_mark, start, first, whole);
    for (std::size_t i = 0; i < whole.size(); ++i) delta.left[i] += whole[i];
    rise(right_mark, start, first, whole);
    for (std::size_t i = 0; i < whole.size(); ++i) delta.right[i] += whole[i];
}

}  // namespace mmx::watermark
