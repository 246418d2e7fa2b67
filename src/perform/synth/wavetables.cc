#include "perform/synth/wavetables.h"

#include <memory>
#include <vector>

#include "base/maths.h"

namespace mmx::perform::synth {
namespace {

// Harmonics that fit at the upper edge of a level. 512 are enough for the lowest notes: a 40 Hz saw's 512th
// lies at 20 kHz and 54 dB down.
int harmonics_of(int level) {
    const double upper_step =
        static_cast<double>(std::int64_t{1} << (20 + level / 4)) * (1.0 + 0.25 * (level % 4 + 1));
    const int count = static_cast<int>(2147483648.0 / upper_step);
    return count < 1 ? 1 : count > 512 ? 512 : count;
}

std::unique_ptr<Wavetables> make() {
    std::vector<double> sine(kTableSize);
    for (std::size_t i = 0; i < kTableSize; ++i)
        sine[i] = base::sin(base::kTwoPi * static_cast<double>(i) / kTableSize);
    auto tables = std::make_unique<Wavetables>();
    std::vector<double> saw(kTableSize, 0.0), triangle(kTableSize, 0.0);
    // From the brightest note (a sine) down: each level adds the harmonics that the one above had no room
    // for.
    int done = 0;
    for (int level = kTableLevels - 1; level >= 0; --level) {
        for (const int wanted = harmonics_of(level); done < wanted;) {
            ++done;
            const auto k = static_cast<std::size_t>(done);
            const double saw_gain = (done % 2 == 0 ? -2.0 : 2.0) / (base::kPi * done);
            const double triangle_gain =
                done % 2 == 0 ? 0.0 : (done % 4 == 1 ? 8.0 : -8.0) / (base::kPi * base::kPi * done * done);
            for (std::size_t i = 0; i < kTableSize; ++i) {
                const double s = sine[(k * i) % kTableSize];
                saw[i] += saw_gain * s;
                triangle[i] += triangle_gain * s;
            }
        }
        for (std::size_t i = 0; i <= kTableSize; ++i) {
            tables->saw[level][i] = static_cast<float>(saw[i % kTableSize]);
            tables->triangle[level][i] = static_cast<float>(triangle[i % kTableSize]);
        }
    }
    return tables;
}

}  // namespace

const Wavetables& wavetables() {
    static const std::unique_ptr<const Wavetables> tables = make();
    return *tables;
}

}  // namespace mmx::perform::synth
