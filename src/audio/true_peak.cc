#include "audio/true_peak.h"

#include <algorithm>
#include <array>

#include "audio/kaiser.h"
#include "audio/loudness.h"

namespace mmx::audio {
namespace {

constexpr std::size_t kReach = kTruePeakReach;
typedef float Eight __attribute__((vector_size(32)));
typedef int EightInts __attribute__((vector_size(32)));

// Weights of the samples k before and k after the gap in which a point lies, for the point at `fraction` and
// its mirror image at 1 - fraction. With a = before + after and b = before - after, the two points are
// sum(even a) + sum(odd b) and sum(even a) - sum(odd b): half the multiplications of two separate filters.
struct MirrorPair {
    std::array<float, kReach> even, odd;
};

MirrorPair design(double fraction) {
    constexpr double kBeta = 8.0;  // 80 dB
    const auto weight = [](double distance) {
        return sinc(distance) * kaiser(distance / static_cast<double>(kReach), kBeta);
    };
    std::array<double, kReach> before{}, after{};
    double sum = 0.0;
    for (std::size_t k = 0; k < kReach; ++k) {
        before[k] = weight(fraction + static_cast<double>(k));
        after[k] = weight(1.0 - fraction + static_cast<double>(k));
        sum += before[k] + after[k];
    }
    MirrorPair pair{};
    for (std::size_t k = 0; k < kReach; ++k) {
        pair.even[k] = static_cast<float>((before[k] + after[k]) / (2.0 * sum));
        pair.odd[k] = static_cast<float>((before[k] - after[k]) / (2.0 * sum));
    }
    return pair;
}

const MirrorPair kQuarter = design(0.25), kHalf = design(0.5), kEighth = design(0.125),
                 kThreeEighths = design(0.375);

[[gnu::always_inline]] inline Eight load(const float* from) {
    Eight value;
    __builtin_memcpy(&value, from, sizeof value);
    return value;
}
// Magnitudes of the first `valid` lanes, 0 in the others.
[[gnu::always_inline]] inline Eight magnitude(Eight x, EightInts valid) {
    return reinterpret_cast<Eight>(reinterpret_cast<EightInts>(x) & 0x7fffffff & valid);
}
[[gnu::always_inline]] inline EightInts lanes_below(std::size_t count) {
    const int limit = static_cast<int>(std::min<std::size_t>(count, 8));
    return EightInts{0, 1, 2, 3, 4, 5, 6, 7} < limit;
}
[[gnu::always_inline]] inline Eight larger(Eight a, Eight b) {
    return a > b ? a : b;
}
[[gnu::always_inline]] inline float largest(Eight x) {
    float most = x[0];
    for (int i = 1; i < 8; ++i) most = x[i] > most ? x[i] : most;
    return most;
}

}  // namespace

__attribute__((target_clones("avx2", "default"))) static void four_times(const float* signal,
                                                                         std::size_t frames,
                                                                         std::size_t block, float* peaks) {
    for (std::size_t first = 0; first < frames; first += block) {
        Eight most = {};
        const std::size_t end = std::min(frames, first + block);
        for (std::size_t t = first; t < end; t += 8) {
            const float* x = signal + t;
            const EightInts valid = lanes_below(end - t);
            Eight even = {}, odd = {}, half = {};
            for (std::size_t k = 0; k < kReach; ++k) {
                const Eight before = load(x - k), after = load(x + 1 + k);
                const Eight a = before + after, b = before - after;
                even += kQuarter.even[k] * a;
                odd += kQuarter.odd[k] * b;
                half += kHalf.even[k] * a;
            }
            most = larger(most, larger(magnitude(load(x), valid), magnitude(half, valid)));
            most = larger(most, larger(magnitude(even + odd, valid), magnitude(even - odd, valid)));
        }
        peaks[first / block] = largest(most);
    }
}

// The four points that eight times oversampling has more than four times.
__attribute__((target_clones("avx2", "default"))) static void the_other_four(const float* signal,
                                                                             std::size_t frames,
                                                                             std::size_t block,
                                                                             float* peaks) {
    for (std::size_t first = 0; first < frames; first += block) {
        Eight most = {};
        const std::size_t end = std::min(frames, first + block);
        for (std::size_t t = first; t < end; t += 8) {
            const float* x = signal + t;
            const EightInts valid = lanes_below(end - t);
            Eight even1 = {}, odd1 = {}, even3 = {}, odd3 = {};
            for (std::size_t k = 0; k < kReach; ++k) {
                const Eight before = load(x - k), after = load(x + 1 + k);
                const Eight a = before + after, b = before - after;
                even1 += kEighth.even[k] * a;
                odd1 += kEighth.odd[k] * b;
                even3 += kThreeEighths.even[k] * a;
                odd3 += kThreeEighths.odd[k] * b;
            }
            most = larger(most, larger(magnitude(even1 + odd1, valid), magnitude(even1 - odd1, valid)));
            most = larger(most, larger(magnitude(even3 + odd3, valid), magnitude(even3 - odd3, valid)));
        }
        float& peak = peaks[first / block];
        peak = std::max(peak, largest(most));
    }
}

void block_true_peaks(const float* signal, std::size_t frames, std::size_t block, Oversampling oversampling,
                      float* peaks) {
    four_times(signal, frames, block, peaks);
    if (oversampling == Oversampling::eight) the_other_four(signal, frames, block, peaks);
}

double channel_true_peak(std::span<const float> channel, std::size_t first, std::size_t count) {
    constexpr std::size_t kPiece = 2048, kBlock = 64;
    std::array<float, kPiece + 2 * kReach + 8> room{};
    std::array<float, kPiece / kBlock> peaks{};
    float best = 0.0f;
    for (const std::size_t end = first + count; first < end; first += kPiece) {
        // The piece with its neighbours; silence before the beginning and after the end.
        const std::size_t piece = std::min(kPiece, end - first);
        const std::size_t before = std::min(first, kReach);
        const std::size_t after = std::min(channel.size() - first - piece, kReach);
        room.fill(0.0f);
        std::copy_n(channel.data() + first - before, before + piece + after, room.data() + kReach - before);
        four_times(room.data() + kReach, piece, kBlock, peaks.data());
        const std::size_t blocks = (piece + kBlock - 1) / kBlock;
        for (std::size_t k = 0; k < blocks; ++k) best = std::max(best, peaks[k]);
        for (std::size_t k = 0; k < blocks; ++k) {
            // Four points a sample miss at most 0.6 dB of what eight see.
            if (peaks[k] < 0.9f * best) continue;
            the_other_four(room.data() + kReach + k * kBlock, std::min(kBlock, piece - k * kBlock), kBlock,
                           &peaks[k]);
            best = std::max(best, peaks[k]);
        }
    }
    return static_cast<double>(best);
}

double true_peak(ConstStereoView audio) {
    return std::max(channel_true_peak(audio.left, 0, audio.frames()),
                    channel_true_peak(audio.right, 0, audio.frames()));
}

}  // namespace mmx::audio
