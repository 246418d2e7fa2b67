// Windowed-sinc interpolation. Kernels are tables of 256 phases with linear steps between: their error is
// below -95 dB.
#include "perform/sampler/interpolation.h"

#include <array>
#include <cstring>
#include <vector>

#include "audio/kaiser.h"

namespace mmx::perform {
namespace {

using synth::f32x8;
typedef std::int16_t i16x8 __attribute__((vector_size(16)));
typedef std::int32_t i32x8 __attribute__((vector_size(32)));
typedef float f32x4 __attribute__((vector_size(16)));

constexpr std::size_t kPhases = 256;

// Each phase holds `taps` coefficients, then `taps` differences to the next phase.
struct Kernel {
    double highest_ratio;  // input frames for an output frame up to which it serves
    std::size_t taps;
    double cutoff;  // of the input's Nyquist frequency, where the response is halved
    double beta;    // of the Kaiser window
    std::vector<float> table;
};

void fill(Kernel& kernel) {
    const std::size_t taps = kernel.taps;
    const double half = static_cast<double>(taps) / 2;
    std::vector<double> rows((kPhases + 1) * taps);
    for (std::size_t phase = 0; phase <= kPhases; ++phase) {
        double* row = rows.data() + phase * taps;
        double sum = 0;
        for (std::size_t tap = 0; tap < taps; ++tap) {
            const double x = static_cast<double>(tap) - (half - 1) -
                             static_cast<double>(phase) / static_cast<double>(kPhases);
            row[tap] = audio::sinc(kernel.cutoff * x) * audio::kaiser(x / half, kernel.beta);
            sum += row[tap];
        }
        // Every phase passes a constant alike; otherwise low notes would carry a whine at the phases' rhythm.
        for (std::size_t tap = 0; tap < taps; ++tap) row[tap] /= sum * 32768;
    }
    kernel.table.resize(kPhases * taps * 2);
    for (std::size_t phase = 0; phase < kPhases; ++phase)
        for (std::size_t tap = 0; tap < taps; ++tap) {
            const float here = static_cast<float>(rows[phase * taps + tap]);
            kernel.table[phase * 2 * taps + tap] = here;
            kernel.table[phase * 2 * taps + taps + tap] =
                static_cast<float>(rows[(phase + 1) * taps + tap] - rows[phase * taps + tap]);
        }
}

// Played at its own pitch or below, a sample needs nothing but its images removed, and eight taps do. Played
// higher, what would lie above half the output's rate must go first: the cutoff falls with the ratio and the
// kernel grows.
const std::array<Kernel, 7>& kernels() {
    static const std::array<Kernel, 7> all = [] {
        std::array<Kernel, 7> made = {{{1.12, 8, 0.97, 5.0, {}},
                                       {1.35, 16, 0.90 / 1.22, 6.0, {}},
                                       {1.7, 16, 0.88 / 1.55, 6.0, {}},
                                       {2.2, 16, 0.85 / 2.0, 6.0, {}},
                                       {3.0, 32, 0.88 / 2.7, 6.5, {}},
                                       {4.5, 32, 0.85 / 4.0, 6.5, {}},
                                       {1e9, 32, 0.80 / 6.0, 6.5, {}}}};
        for (Kernel& kernel : made) fill(kernel);
        return made;
    }();
    return all;
}

const Kernel& kernel_for(std::uint64_t increment) {
    const double ratio = static_cast<double>(increment) / 4294967296.0;
    for (const Kernel& kernel : kernels())
        if (ratio <= kernel.highest_ratio) return kernel;
    return kernels().back();
}

// Four partial sums of one output frame.
template <std::size_t taps>
MMX_LANES_INLINE f32x4 convolve(const std::byte* samples, const float* table, std::uint64_t position) {
    const auto fraction = static_cast<std::uint32_t>(position);
    const float* row = table + (fraction >> 24) * (2 * taps);
    const float step =
        static_cast<float>(static_cast<std::int32_t>(fraction & 0xffffff)) * (1.0f / 16777216.0f);
    f32x8 sum{};
    for (std::size_t tap = 0; tap < taps; tap += 8) {
        i16x8 raw;
        f32x8 coefficient, difference;
        std::memcpy(&raw, samples + 2 * tap, sizeof raw);
        std::memcpy(&coefficient, row + tap, sizeof coefficient);
        std::memcpy(&difference, row + taps + tap, sizeof difference);
        const f32x8 sound = __builtin_convertvector(__builtin_convertvector(raw, i32x8), f32x8);
        const f32x8 product = sound * (coefficient + difference * step);
        sum = tap == 0 ? product : sum + product;
    }
    return __builtin_shufflevector(sum, sum, 0, 1, 2, 3) + __builtin_shufflevector(sum, sum, 4, 5, 6, 7);
}

MMX_LANES_INLINE float sum_of(f32x4 x) {
    return (x[0] + x[2]) + (x[1] + x[3]);
}

// The same sums of four frames at once, in the same order.
MMX_LANES_INLINE f32x4 sums_of(f32x4 a, f32x4 b, f32x4 c, f32x4 d) {
    const f32x4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5) + __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const f32x4 cd = __builtin_shufflevector(c, d, 0, 4, 1, 5) + __builtin_shufflevector(c, d, 2, 6, 3, 7);
    return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}

// Frames that lie well inside the sample: no edge to look after.
template <std::size_t taps>
MMX_LANES_INLINE std::uint64_t straight(const std::byte* samples, const float* table, std::uint64_t position,
                                        std::uint64_t increment, std::size_t count, float* out) {
    const auto frame = [&] {
        const f32x4 sum = convolve<taps>(samples + 2 * ((position >> 32) - (taps / 2 - 1)), table, position);
        position += increment;
        return sum;
    };
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        const f32x4 a = frame(), b = frame(), c = frame(), d = frame();
        const f32x4 sums = sums_of(a, b, c, d);
        for (std::size_t k = 0; k < 4; ++k) out[(i + k) * 8] = sums[k];
    }
    for (; i < count; ++i) out[i * 8] = sum_of(frame());
    return position;
}

#define MMX_STRAIGHT(taps)                                                                          \
    MMX_LANES_KERNEL std::uint64_t straight_##taps(const std::byte* samples, const float* table,    \
                                                   std::uint64_t position, std::uint64_t increment, \
                                                   std::size_t count, float* out) {                 \
        return straight<taps>(samples, table, position, increment, count, out);                     \
    }
MMX_STRAIGHT(8)
MMX_STRAIGHT(16)
MMX_STRAIGHT(32)
#undef MMX_STRAIGHT

// The frame at a place that may lie beyond an edge: a loop goes round, elsewhere there is silence.
std::int16_t frame_at(const SampleCursor& cursor, std::int64_t place) {
    if (cursor.looping) {
        const std::int64_t first = cursor.loop_start, last = cursor.loop_end;
        if (place >= last)
            place = first + (place - last) % (last - first);
        else if (cursor.looped && place < first)
            place = last - 1 - (first - 1 - place) % (last - first);
    }
    if (place < cursor.start || place >= cursor.end) return 0;
    std::int16_t frame;
    std::memcpy(&frame, cursor.data + 2 * place, sizeof frame);
    return frame;
}

float careful(const SampleCursor& cursor, const Kernel& kernel) {
    std::array<std::int16_t, 32> frames{};
    const std::int64_t first =
        static_cast<std::int64_t>(cursor.position >> 32) - static_cast<std::int64_t>(kernel.taps / 2 - 1);
    for (std::size_t tap = 0; tap < kernel.taps; ++tap)
        frames[tap] = frame_at(cursor, first + static_cast<std::int64_t>(tap));
    const auto* bytes = reinterpret_cast<const std::byte*>(frames.data());
    if (kernel.taps == 8) return sum_of(convolve<8>(bytes, kernel.table.data(), cursor.position));
    if (kernel.taps == 16) return sum_of(convolve<16>(bytes, kernel.table.data(), cursor.position));
    return sum_of(convolve<32>(bytes, kernel.table.data(), cursor.position));
}

// How many of the next `count` frames keep every tap inside the sample and off the loop's seam.
std::size_t straight_frames(const SampleCursor& cursor, std::size_t taps, std::size_t count) {
    const std::uint64_t before = taps / 2 - 1, after = taps / 2;
    const std::uint64_t low = (cursor.looping && cursor.looped ? cursor.loop_start : cursor.start) + before;
    const std::uint64_t high = cursor.looping ? cursor.loop_end : cursor.end;
    const std::uint64_t place = cursor.position >> 32;
    if (place < low || place + after >= high) return 0;
    const std::uint64_t room = ((high - after) << 32) - cursor.position;  // > 0
    const std::uint64_t steps = (room + cursor.increment - 1) / cursor.increment;
    return static_cast<std::size_t>(steps < count ? steps : count);
}

}  // namespace

void prepare_interpolation() {
    kernels();
}

void read_sample(SampleCursor& cursor, std::size_t first, float* out) {
    const Kernel& kernel = kernel_for(cursor.increment);
    const float* table = kernel.table.data();
    std::size_t frame = first;
    while (frame < kSamplerBlock) {
        if (cursor.looping) {
            const std::uint64_t last = std::uint64_t{cursor.loop_end} << 32;
            if (cursor.position >= last) {
                const std::uint64_t length = std::uint64_t{cursor.loop_end - cursor.loop_start} << 32;
                cursor.position -= ((cursor.position - last) / length + 1) * length;
                cursor.looped = true;
            }
        } else if (cursor.finished()) {
            for (; frame < kSamplerBlock; ++frame) out[frame * 8] = 0;
            return;
        }
        const std::size_t count = straight_frames(cursor, kernel.taps, kSamplerBlock - frame);
        float* place = out + frame * 8;
        if (count == 0) {
            *place = careful(cursor, kernel);
            cursor.position += cursor.increment;
            ++frame;
            continue;
        }
        if (kernel.taps == 8)
            cursor.position = straight_8(cursor.data, table, cursor.position, cursor.increment, count, place);
        else if (kernel.taps == 16)
            cursor.position =
                straight_16(cursor.data, table, cursor.position, cursor.increment, count, place);
        else
            cursor.position =
                straight_32(cursor.data, table, cursor.position, cursor.increment, count, place);
        frame += count;
    }
}

}  // namespace mmx::perform
