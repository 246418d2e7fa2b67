#include "mix/balance.h"

#include <algorithm>

#include "base/maths.h"

namespace mmx::mix {
namespace {

constexpr double kLeftAloneDb = 0.75, kMostDb = 4;
constexpr double kFloor = 1e-9;  // of the strongest octave: an empty one is not worth 90 dB
constexpr std::size_t kBands = style::kOctaves / 2;
constexpr std::array<double, kBands - 1> kBorders = {180, 700, 2800};

}  // namespace

OctaveMeter::OctaveMeter(int sample_rate)
    : rate_(sample_rate), fft_(kWindow), window_(kWindow), left_(kWindow), right_(kWindow) {
    for (std::size_t i = 0; i < kWindow; ++i)
        window_[i] = static_cast<float>(0.5 - 0.5 * base::cos(base::kTwoPi * (static_cast<double>(i) + 0.5) /
                                                              static_cast<double>(kWindow)));
}

void OctaveMeter::add(audio::ConstStereoView sound) {
    for (std::size_t first = 0; first < sound.frames();) {
        const std::size_t count = std::min(kWindow - filled_, sound.frames() - first);
        std::ranges::copy(sound.left.subspan(first, count),
                          left_.begin() + static_cast<std::ptrdiff_t>(filled_));
        std::ranges::copy(sound.right.subspan(first, count),
                          right_.begin() + static_cast<std::ptrdiff_t>(filled_));
        filled_ += count;
        first += count;
        if (filled_ == kWindow) look();
    }
}

// Left as the real part and right as the imaginary one: a bin and its mirror together hold the power of both.
void OctaveMeter::look() {
    filled_ = 0;
    ++windows_;
    real_ = left_;
    imaginary_ = right_;
    for (std::size_t i = 0; i < kWindow; ++i) {
        real_[i] *= window_[i];
        imaginary_[i] *= window_[i];
    }
    fft_.forwards(real_, imaginary_);
    const double bin_hertz = static_cast<double>(rate_) / static_cast<double>(kWindow);
    double edge = 62.5 / 1.4142135623730951;
    for (std::size_t octave = 0; octave < style::kOctaves; ++octave, edge *= 2) {
        const auto first = static_cast<std::size_t>(-base::floor(-edge / bin_hertz));
        const auto last =
            std::min(kWindow / 2, static_cast<std::size_t>(-base::floor(-2 * edge / bin_hertz)));
        double sum = 0;
        for (std::size_t k = first; k < last; ++k) {
            const auto power = [&](std::size_t bin) {
                return static_cast<double>(real_[bin]) * static_cast<double>(real_[bin]) +
                       static_cast<double>(imaginary_[bin]) * static_cast<double>(imaginary_[bin]);
            };
            sum += power(k) + power(kWindow - k);
        }
        if (last > first) sums_[octave] += sum / static_cast<double>(last - first);
    }
}

OctavePowers OctaveMeter::powers() const {
    OctavePowers means = sums_;
    for (double& mean : means) mean /= static_cast<double>(std::max<std::size_t>(windows_, 1));
    return means;
}

TonalCorrection correct_balance(const OctavePowers& sound,
                                const std::array<double, style::kOctaves>& curve_db, int sample_rate) {
    TonalCorrection correction;
    const double strongest = *std::ranges::max_element(sound);
    if (strongest <= 0) return correction;
    std::array<double, kBands> off{};
    double level = 0;
    for (std::size_t octave = 0; octave < style::kOctaves; ++octave) {
        const double db = 10 * base::log10(std::max(sound[octave] / strongest, kFloor)) - curve_db[octave];
        off[octave / 2] += db / 2;
        level += db / style::kOctaves;
    }
    std::array<double, kBands> gain_db{};
    bool any = false;
    for (std::size_t band = 0; band < kBands; ++band) {
        const double beyond = off[band] - level;
        gain_db[band] =
            std::clamp(std::clamp(beyond, -kLeftAloneDb, kLeftAloneDb) - beyond, -kMostDb, kMostDb);
        any = any || gain_db[band] != 0;
    }
    if (!any) return correction;
    // The second band sets the gain; shelves lead to its neighbours.
    correction.gain_db = gain_db[1];
    correction.filters = {audio::low_shelf(kBorders[0], gain_db[0] - gain_db[1], sample_rate),
                          audio::high_shelf(kBorders[1], gain_db[2] - gain_db[1], sample_rate),
                          audio::high_shelf(kBorders[2], gain_db[3] - gain_db[2], sample_rate)};
    return correction;
}

}  // namespace mmx::mix
