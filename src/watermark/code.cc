#include "watermark/code.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace mmx::watermark {
namespace {

constexpr unsigned kMemory = 10;
constexpr std::size_t kStates = 1u << kMemory;
// Constraint length 11, free distance 44: the best of 30,000 sets drawn at random.
constexpr std::array<unsigned, kCodeRate> kTaps = {02317, 03275, 02447, 02531, 02367, 03733};

// The register holds the newest bit lowest; the six code bits of a step, bit i from tap i.
constexpr unsigned outputs(unsigned reg) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < kCodeRate; ++i)
        bits |= (static_cast<unsigned>(std::popcount(reg & kTaps[i])) & 1u) << i;
    return bits;
}

struct Trellis {
    // For the new state s (its lowest bit is the input): what a step from s >> 1 and from s >> 1 | half
    // sends.
    std::array<std::uint8_t, kStates> from_low, from_high;
};

const Trellis& trellis() {
    static const Trellis built = [] {
        Trellis t{};
        for (unsigned s = 0; s < kStates; ++s) {
            t.from_low[s] = static_cast<std::uint8_t>(outputs(s));
            t.from_high[s] = static_cast<std::uint8_t>(outputs(s | kStates));
        }
        return t;
    }();
    return built;
}

}  // namespace

std::array<std::int8_t, kCodeBits> encode_id(std::uint64_t id) {
    std::array<std::int8_t, kCodeBits> code{};
    unsigned reg = 0;
    // The first bit sent is the highest; the register begins with the last ten, so the word bites its tail.
    for (unsigned i = 0; i < kMemory; ++i)
        reg = reg << 1 | static_cast<unsigned>(id >> (kMemory - 1 - i) & 1);
    for (std::size_t step = 0; step < kIdBits; ++step) {
        reg = (reg << 1 | static_cast<unsigned>(id >> (63 - step) & 1)) & (2 * kStates - 1);
        const unsigned bits = outputs(reg);
        for (std::size_t i = 0; i < kCodeRate; ++i)
            code[step * kCodeRate + i] = (bits >> i & 1) != 0 ? 1 : -1;
    }
    return code;
}

std::vector<std::uint64_t> decode_ids(std::span<const float, kCodeBits> soft, std::size_t most) {
    constexpr std::size_t kRounds = 3, kSteps = kRounds * kIdBits;
    const Trellis& t = trellis();
    std::vector<float> score(kStates, 0.0f), next(kStates);
    std::vector<std::array<std::uint64_t, kStates / 64>> came_high(kSteps);
    for (std::size_t step = 0; step < kSteps; ++step) {
        const float* x = soft.data() + step % kIdBits * kCodeRate;
        std::array<float, 64> gain;
        for (unsigned bits = 0; bits < 64; ++bits) {
            float sum = 0;
            for (std::size_t i = 0; i < kCodeRate; ++i) sum += (bits >> i & 1) != 0 ? x[i] : -x[i];
            gain[bits] = sum;
        }
        auto& high_of = came_high[step];
        high_of.fill(0);
        for (std::size_t s = 0; s < kStates; ++s) {
            const float low = score[s >> 1] + gain[t.from_low[s]];
            const float high = score[s >> 1 | kStates / 2] + gain[t.from_high[s]];
            next[s] = std::max(low, high);
            high_of[s / 64] |= std::uint64_t{high > low} << (s % 64);
        }
        score.swap(next);
    }
    std::vector<std::uint16_t> order(kStates);
    std::iota(order.begin(), order.end(), std::uint16_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return score[a] > score[b]; });
    std::vector<std::uint64_t> ids;
    for (const std::uint16_t end : order) {
        unsigned state = end;
        std::uint64_t id = 0;
        for (std::size_t back = 0; back < kIdBits; ++back) {
            id |= std::uint64_t{state & 1} << back;
            const std::size_t step = kSteps - 1 - back;
            const unsigned high = static_cast<unsigned>(came_high[step][state / 64] >> (state % 64) & 1);
            state = state >> 1 | (high != 0 ? static_cast<unsigned>(kStates / 2) : 0u);
        }
        if (state != end || std::find(ids.begin(), ids.end(), id) != ids.end()) continue;
        ids.push_back(id);
        if (ids.size() == most) break;
    }
    return ids;
}

}  // namespace mmx::watermark
