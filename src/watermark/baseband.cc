#include "watermark/baseband.h"

#include <algorithm>
#include <cassert>

#include "audio/kaiser.h"
#include "base/maths.h"
#include "watermark/eight.h"
#include "watermark/rates.h"

namespace mmx::watermark {
namespace {

constexpr std::size_t kTurn = 48;  // 19 kHz at 48 kHz repeats after 48 samples
constexpr std::size_t kFallTaps = 112, kChannelTaps = 2 * kChannelReach + 1, kChannelRoom = 120;
constexpr std::size_t kRiseTaps = 2 * kRiseReach, kLanes = 16;

struct Tables {
    std::array<float, kTurn> cosine, sine;
    std::array<float, kFallTaps> fall;
    std::array<float, kChannelRoom> channel{};                // the rest is 0
    std::array<std::array<float, kLanes>, kRiseTaps> rise{};  // by tap, then by place between two samples
};

const Tables& tables() {
    static const Tables built = [] {
        Tables t{};
        for (std::size_t i = 0; i < kTurn; ++i) {
            const double angle = base::kTwoPi * static_cast<double>(19 * i % kTurn) / kTurn;
            t.cosine[i] = static_cast<float>(base::cos(angle));
            t.sine[i] = static_cast<float>(base::sin(angle));
        }
        // Down to the base rate: flat to 1 kHz, 70 dB down from 3 kHz on, which would fold back upon it.
        std::array<double, kFallTaps> fall{};
        double sum = 0;
        for (std::size_t i = 0; i < kFallTaps; ++i) {
            const double d = static_cast<double>(i) - kFallTaps / 2.0;
            fall[i] = audio::sinc(d * 4000 / kRate) * audio::kaiser(d / (kFallTaps / 2.0), 6.8);
            sum += fall[i];
        }
        for (std::size_t i = 0; i < kFallTaps; ++i) t.fall[i] = static_cast<float>(fall[i] / sum);
        // The channel: flat to 960 Hz, 65 dB down from 1,100 Hz on.
        std::array<double, kChannelTaps> channel{};
        sum = 0;
        for (std::size_t i = 0; i < kChannelTaps; ++i) {
            const double d = static_cast<double>(i) - kChannelReach;
            channel[i] = audio::sinc(d * 2060 / kBaseRate) * audio::kaiser(d / (kChannelReach + 1.0), 6.2);
            sum += channel[i];
        }
        for (std::size_t i = 0; i < kChannelTaps; ++i) t.channel[i] = static_cast<float>(channel[i] / sum);
        // Up again: flat to 1 kHz, images from 3 kHz on 65 dB down.
        for (std::size_t p = 0; p < kBaseStep; ++p) {
            std::array<double, kRiseTaps> row{};
            sum = 0;
            for (std::size_t k = 0; k < kRiseTaps; ++k) {
                const double d =
                    static_cast<double>(k) - (kRiseReach - 1.0) - static_cast<double>(p) / kBaseStep;
                row[k] = audio::sinc(d) * audio::kaiser(d / kRiseReach, 6.2);
                sum += row[k];
            }
            for (std::size_t k = 0; k < kRiseTaps; ++k) t.rise[k][p] = static_cast<float>(row[k] / sum);
        }
        return t;
    }();
    return built;
}

}  // namespace

// Two weighted sums with the same weights; taps a multiple of 8.
__attribute__((target_clones("avx2", "default"))) static void weigh(const float* re, const float* im,
                                                                    const float* weights, std::size_t taps,
                                                                    std::size_t step, std::size_t count,
                                                                    float* re_out, float* im_out) {
    for (std::size_t i = 0; i < count; ++i) {
        Eight a = {}, b = {};
        for (std::size_t k = 0; k < taps; k += 8) {
            const Eight w = load(weights + k);
            a += w * load(re + i * step + k);
            b += w * load(im + i * step + k);
        }
        re_out[i] = sum_of(a);
        im_out[i] = sum_of(b);
    }
}

// Each base sample is spread over the twelve places after it (sixteen lanes, four of them idle).
__attribute__((target_clones("avx2", "default"))) static void rise(const float* re, const float* im,
                                                                   const float* weights, std::size_t count,
                                                                   float* re_out, float* im_out) {
    for (std::size_t i = 0; i < count; ++i) {
        Eight a0 = {}, a1 = {}, b0 = {}, b1 = {};
        for (std::size_t k = 0; k < kRiseTaps; ++k) {
            const Eight w0 = load(weights + k * kLanes), w1 = load(weights + k * kLanes + 8);
            a0 += re[i + k] * w0;
            a1 += re[i + k] * w1;
            b0 += im[i + k] * w0;
            b1 += im[i + k] * w1;
        }
        // Later samples overwrite the idle lanes.
        __builtin_memcpy(re_out + i * kBaseStep, &a0, sizeof a0);
        __builtin_memcpy(re_out + i * kBaseStep + 8, &a1, sizeof a1);
        __builtin_memcpy(im_out + i * kBaseStep, &b0, sizeof b0);
        __builtin_memcpy(im_out + i * kBaseStep + 8, &b1, sizeof b1);
    }
}

Baseband keep_channel(const Baseband& band) {
    const Tables& t = tables();
    assert(band.re.size() >= 2 * kChannelReach);
    const std::size_t count = band.re.size() - 2 * kChannelReach;
    Baseband padded = band, result{std::vector<float>(count), std::vector<float>(count)};
    padded.re.resize(band.re.size() + kChannelRoom - kChannelTaps);
    padded.im.resize(padded.re.size());
    weigh(padded.re.data(), padded.im.data(), t.channel.data(), kChannelRoom, 1, count, result.re.data(),
          result.im.data());
    return result;
}

Baseband to_baseband(std::span<const float> signal, std::ptrdiff_t first, std::size_t count) {
    const Tables& t = tables();
    const std::size_t wide = count + 2 * kChannelReach;
    // Base sample m lies on sample 12 m, the middle of its taps.
    const std::ptrdiff_t start = (first - static_cast<std::ptrdiff_t>(kChannelReach)) * 12 -
                                 static_cast<std::ptrdiff_t>(kFallTaps / 2);
    const std::size_t room = (wide - 1) * kBaseStep + kFallTaps;
    thread_local std::vector<float> re, im;
    re.assign(room, 0.0f);
    im.assign(room, 0.0f);
    const auto begin = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, -start));
    const auto frames = static_cast<std::ptrdiff_t>(signal.size());
    std::size_t turn =
        static_cast<std::size_t>(((start + static_cast<std::ptrdiff_t>(begin)) % 48 + 48) % 48);
    for (std::size_t i = begin; i < room && start + static_cast<std::ptrdiff_t>(i) < frames; ++i) {
        const float x = signal[static_cast<std::size_t>(start + static_cast<std::ptrdiff_t>(i))];
        re[i] = x * t.cosine[turn];
        im[i] = -x * t.sine[turn];
        if (++turn == kTurn) turn = 0;
    }
    Baseband fallen{std::vector<float>(wide), std::vector<float>(wide)};
    weigh(re.data(), im.data(), t.fall.data(), kFallTaps, kBaseStep, wide, fallen.re.data(),
          fallen.im.data());
    return keep_channel(fallen);
}

void add_from_baseband(const Baseband& band, std::size_t before, std::size_t first, std::span<float> sum) {
    const Tables& t = tables();
    const std::size_t count = (sum.size() + kBaseStep - 1) / kBaseStep;
    assert(before + 1 >= kRiseReach && band.re.size() >= before + count + kRiseReach);
    thread_local std::vector<float> re, im;
    re.resize(count * kBaseStep + kLanes);
    im.resize(re.size());
    const std::size_t from = before + 1 - kRiseReach;
    rise(band.re.data() + from, band.im.data() + from, t.rise[0].data(), count, re.data(), im.data());
    std::size_t turn = first % kTurn;
    for (std::size_t i = 0; i < sum.size(); ++i) {
        sum[i] += 2 * (re[i] * t.cosine[turn] - im[i] * t.sine[turn]);
        if (++turn == kTurn) turn = 0;
    }
}

bool BasebandOf::possible(int rate) {
    return rate % 50 == 0 && Crossing::possible(rate, kBaseRate) && Crossing::possible(kBaseRate, rate);
}

BasebandOf::BasebandOf(int rate)
    : cosine_(static_cast<std::size_t>(rate / 50)),
      sine_(cosine_.size()),
      down_(rate, kBaseRate, 1000, 3000),
      up_(kBaseRate, rate, 1000, 3000) {
    for (std::size_t i = 0; i < cosine_.size(); ++i) {
        const auto turn = static_cast<std::size_t>(kCentreHz) * i % static_cast<std::size_t>(rate);
        const double angle = base::kTwoPi * static_cast<double>(turn) / rate;
        cosine_[i] = static_cast<float>(base::cos(angle));
        sine_[i] = static_cast<float>(base::sin(angle));
    }
}

Baseband BasebandOf::fall(std::span<const float> signal, std::ptrdiff_t first, std::size_t count) const {
    const std::size_t wide = count + 2 * kChannelReach;
    thread_local std::vector<float> re, im;
    re.resize(signal.size());
    im.resize(signal.size());
    for (std::size_t i = 0, turn = 0; i < signal.size(); ++i) {
        re[i] = signal[i] * cosine_[turn];
        im[i] = -signal[i] * sine_[turn];
        if (++turn == cosine_.size()) turn = 0;
    }
    Baseband fallen{std::vector<float>(wide), std::vector<float>(wide)};
    const std::ptrdiff_t start = first - static_cast<std::ptrdiff_t>(kChannelReach);
    down_.run(re, 0, start, fallen.re);
    down_.run(im, 0, start, fallen.im);
    return keep_channel(fallen);
}

void BasebandOf::add_risen(const Baseband& band, std::size_t before, std::span<float> sum) const {
    thread_local std::vector<float> re, im;
    re.resize(sum.size());
    im.resize(sum.size());
    up_.run(band.re, -static_cast<std::ptrdiff_t>(before), 0, re);
    up_.run(band.im, -static_cast<std::ptrdiff_t>(before), 0, im);
    for (std::size_t i = 0, turn = 0; i < sum.size(); ++i) {
        sum[i] += 2 * (re[i] * cosine_[turn] - im[i] * sine_[turn]);
        if (++turn == cosine_.size()) turn = 0;
    }
}

}  // namespace mmx::watermark
