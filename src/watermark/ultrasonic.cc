#include "watermark/ultrasonic.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/maths.h"
#include "watermark/carriers.h"
#include "watermark/rates.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kRamp = 8;  // base samples over which one symbol turns into the next
constexpr std::size_t kPeriod = kUltrasonicColumns * kSymbol;
// Amplitudes of a full-scale sine's root mean square.
constexpr double kLeastDb = -72, kMostDb = -42, kUnderSoundDb = -42, kBesideDb = -100;
constexpr double kSilentDb = -84;  // a symbol softer than this bears no mark

// The carriers of every symbol with their signs: each is the last one's, turned or not by the chip. The first
// column closes the ring, so that the period repeats without a seam.
std::vector<std::int8_t> signs(const Key& key, std::uint64_t id) {
    const auto symbols = symbols_of(key, id);
    const Grid low(key, "ultrasonic", "low", kUltrasonicColumns, kLowCarriers);
    const Grid high(key, "ultrasonic", "high", kUltrasonicColumns, kHighCarriers);
    const auto low_chips = chips_of(low, symbols), high_chips = chips_of(high, symbols);
    std::vector<std::int8_t> all(kUltrasonicColumns * kCarriers, 1);
    for (std::size_t c = 1; c < kUltrasonicColumns; ++c)
        for (std::size_t k = 0; k < kCarriers; ++k) {
            const std::int8_t chip =
                k < kLowCarriers ? low_chips[low.at(c, k)] : high_chips[high.at(c, k - kLowCarriers)];
            all[c * kCarriers + k] = static_cast<std::int8_t>(all[(c - 1) * kCarriers + k] * chip);
        }
    return all;
}

Baseband build_period(const std::vector<std::int8_t>& all) {
    std::array<double, kUseful> cosine, sine;
    for (std::size_t i = 0; i < kUseful; ++i) {
        cosine[i] = base::cos(base::kTwoPi * static_cast<double>(i) / kUseful);
        sine[i] = base::sin(base::kTwoPi * static_cast<double>(i) / kUseful);
    }
    // Around the period once more at both ends, so that the channel filter sees a ring.
    const std::size_t lead = kSymbol;
    Baseband ring{std::vector<float>(kPeriod + 2 * lead), std::vector<float>(kPeriod + 2 * lead)};
    const double scale = 1 / base::sqrt(static_cast<double>(kCarriers));
    std::array<double, kSymbol + kRamp> re, im;
    for (std::size_t s = 0; s < kUltrasonicColumns + 3; ++s) {
        const std::size_t column = (s + kUltrasonicColumns - 2) % kUltrasonicColumns;
        re.fill(0);
        im.fill(0);
        for (std::size_t k = 0; k < kCarriers; ++k) {
            const double amplitude = all[column * kCarriers + k] * scale;
            const int number = carrier_number(k);
            // Newman's phases keep the peaks of many carriers low.
            const std::size_t phase = k * k * kUseful / (2 * kCarriers);
            for (std::size_t i = 0; i < re.size(); ++i) {
                const int turn = number * (static_cast<int>(i) - static_cast<int>(kGuard) - 4);
                const auto at = static_cast<std::size_t>(
                    (turn + static_cast<int>(phase) + 1024 * static_cast<int>(kUseful)) %
                    static_cast<int>(kUseful));
                re[i] += amplitude * cosine[at];
                im[i] += amplitude * sine[at];
            }
        }
        // Symbol `column` starts at column * kSymbol; half its ramp lies before.
        const auto start = static_cast<std::ptrdiff_t>(s * kSymbol) - static_cast<std::ptrdiff_t>(kSymbol) -
                           static_cast<std::ptrdiff_t>(kRamp / 2);
        for (std::size_t i = 0; i < re.size(); ++i) {
            const std::ptrdiff_t at = start + static_cast<std::ptrdiff_t>(i);
            if (at < 0 || at >= static_cast<std::ptrdiff_t>(ring.re.size())) continue;
            const std::size_t from_end = std::min(i, re.size() - 1 - i);
            double ramp = 1;
            if (from_end < kRamp) {
                const double x = (static_cast<double>(from_end) + 0.5) / kRamp;
                const double y = base::sin(base::kPi / 2 * x);
                ramp = y * y;
            }
            ring.re[static_cast<std::size_t>(at)] += static_cast<float>(re[i] * ramp);
            ring.im[static_cast<std::size_t>(at)] += static_cast<float>(im[i] * ramp);
        }
    }
    const Baseband kept = keep_channel(ring);
    const std::size_t from = lead - kChannelReach;
    Baseband period;
    period.re.assign(kept.re.begin() + from, kept.re.begin() + from + kPeriod);
    period.im.assign(kept.im.begin() + from, kept.im.begin() + from + kPeriod);
    return period;
}

// Root mean squares as mean powers of a complex baseband: a real sine of amplitude a is a / 2 there.
float power_of_db(double db) {
    return static_cast<float>(base::exp2(db / 3.0103) / 2);
}

}  // namespace

Ultrasonic::Ultrasonic(const Key& key, std::uint64_t id, int rate)
    : symbol_frames_(static_cast<std::size_t>(rate / 50)), period_(build_period(signs(key, id))) {
    if (rate != kRate) other_rate_.emplace(rate);
}

void Ultrasonic::add(audio::ConstStereoView host, Place kind, std::size_t first,
                     std::span<float> delta) const {
    assert(first % symbol_frames_ == 0);
    static const float beside = power_of_db(kBesideDb), least = power_of_db(kLeastDb),
                       most = power_of_db(kMostDb),
                       under = static_cast<float>(base::exp2(kUnderSoundDb / 3.0103) / 2),
                       silent = static_cast<float>(base::exp2(kSilentDb / 3.0103));
    // Symbols that touch this stretch, two more on each side for the smoothing of the level.
    constexpr std::size_t kAround = 2;
    const std::size_t symbols = (delta.size() + symbol_frames_ - 1) / symbol_frames_ + 2 * kAround + 1;
    const auto first_symbol =
        static_cast<std::ptrdiff_t>(first / symbol_frames_) - static_cast<std::ptrdiff_t>(kAround);
    const std::ptrdiff_t from = first_symbol * static_cast<std::ptrdiff_t>(symbol_frames_);
    thread_local std::vector<float> middle;
    // The part of the middle that the filters look at, with what is around it.
    constexpr std::size_t kPadSymbols = 3;
    const auto pad = static_cast<std::ptrdiff_t>(kPadSymbols * symbol_frames_);
    middle.assign((symbols + 2 * kPadSymbols) * symbol_frames_, 0.0f);
    const auto frames = static_cast<std::ptrdiff_t>(host.frames());
    for (std::size_t i = 0; i < middle.size(); ++i) {
        const std::ptrdiff_t at = from - pad + static_cast<std::ptrdiff_t>(i);
        if (at >= 0 && at < frames)
            middle[i] =
                0.5f * (host.left[static_cast<std::size_t>(at)] + host.right[static_cast<std::size_t>(at)]);
    }
    // A symbol holds whole turns of the oscillator, so it keeps step.
    constexpr auto kPadBase = static_cast<std::ptrdiff_t>(kPadSymbols * kSymbol);
    const Baseband band = other_rate_ ? other_rate_->fall(middle, kPadBase, symbols * kSymbol)
                                      : to_baseband(middle, kPadBase, symbols * kSymbol);

    std::vector<float> wanted(symbols);
    for (std::size_t s = 0; s < symbols; ++s) {
        float inside = 0, whole = 0;
        for (std::size_t i = s * kSymbol; i < (s + 1) * kSymbol; ++i)
            inside += band.re[i] * band.re[i] + band.im[i] * band.im[i];
        for (std::size_t i = 0; i < symbol_frames_; ++i) {
            const float x = middle[static_cast<std::size_t>(pad) + s * symbol_frames_ + i];
            whole += x * x;
        }
        inside /= static_cast<float>(kSymbol);
        whole /= static_cast<float>(symbol_frames_);
        if (kind == Place::beside)
            wanted[s] = whole > 0 ? beside : 0.0f;
        else
            wanted[s] = whole < silent ? 0.0f : std::clamp(std::max(inside, whole * under), least, most);
    }
    std::vector<float> level(symbols);
    for (std::size_t s = 1; s + 1 < symbols; ++s)
        level[s] = __builtin_sqrtf(0.25f * wanted[s - 1] + 0.5f * wanted[s] + 0.25f * wanted[s + 1]);

    // The mark at its level, straight lines between the middles of the symbols, less what the song had.
    const std::size_t begin = (kAround - 1) * kSymbol, count = (symbols - 2) * kSymbol;
    Baseband change{std::vector<float>(count), std::vector<float>(count)};
    const std::ptrdiff_t ring = (first_symbol + 1) * static_cast<std::ptrdiff_t>(kSymbol);
    const auto period = static_cast<std::ptrdiff_t>(kPeriod);
    auto place = static_cast<std::size_t>((ring % period + period) % period);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = begin + i, s = at / kSymbol, inside = at % kSymbol;
        const float share = (static_cast<float>(inside) + 0.5f) / static_cast<float>(kSymbol) - 0.5f;
        const float near = share < 0 ? level[s - 1] : level[std::min(s + 1, symbols - 1)];
        const float amplitude = level[s] + (near - level[s]) * (share < 0 ? -share : share);
        // A silent symbol keeps what it had.
        const float out = kind == Place::replace && wanted[s] > 0 ? 1.0f : 0.0f;
        change.re[i] = amplitude * period_.re[place] - out * band.re[at];
        change.im[i] = amplitude * period_.im[place] - out * band.im[at];
        if (++place == kPeriod) place = 0;
    }
    if (other_rate_)
        other_rate_->add_risen(change, kSymbol, delta);
    else
        add_from_baseband(change, kSymbol, first, delta);
}

}  // namespace mmx::watermark
