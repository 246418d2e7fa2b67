// The curves of SoundFont modulators (9.5) with every controller where an untouched keyboard leaves it.
#include <algorithm>

#include "base/maths.h"
#include "perform/sampler/sound_font.h"

namespace mmx::perform {
namespace {

// 0-1 for 0-1: in 96 dB the square of the amplitude, so that halving the velocity costs 12 dB.
double concave(double x) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    return std::min(1.0, -400.0 / 960.0 * base::log10(1.0 - x));
}

double curve(double x, unsigned type) {
    switch (type) {
        case 1:
            return concave(x);
        case 2:
            return 1.0 - concave(1.0 - x);
        case 3:
            return x >= 0.5 ? 1.0 : 0.0;
        default:
            return x;
    }
}

// A source's own number, 0-127, or less than 0 when there is no such controller.
double resting_value(unsigned index, bool controller, double key, double velocity) {
    if (controller) {
        if (index == 7 || index == 11) return 127;  // volume, expression
        if (index == 10) return 64;                 // pan
        return 0;
    }
    switch (index) {
        case 2:
            return velocity;
        case 3:
            return key;
        case 14:
            return 64;  // pitch wheel
        case 10:
        case 13:
        case 16:
            return 0;  // pressures; the wheel's range has nothing to scale
        default:
            return -1;
    }
}

double source_value(unsigned source, double key, double velocity, double without) {
    const double raw = resting_value(source & 0x7f, (source & 0x80) != 0, key, velocity);
    if (raw < 0) return without;
    // Seven bits are shares of 128 (9.5.1), so full velocity is not quite one: FluidSynth reads it the same
    // way.
    double x = raw / 128.0;
    if (source & 0x100) x = 1.0 - x;
    const unsigned type = source >> 10;
    if ((source & 0x200) == 0) return curve(x, type);
    const double y = 2.0 * x - 1.0;
    if (type == 3) return y >= 0 ? 1.0 : -1.0;
    return y >= 0 ? curve(y, type) : -curve(-y, type);
}

}  // namespace

double Modulator::value(double key, double velocity) const {
    if (amount == 0) return 0;
    const double product =
        amount * source_value(source, key, velocity, 0.0) * source_value(amount_source, key, velocity, 1.0);
    return transform == 2 ? std::max(product, -product) : product;
}

}  // namespace mmx::perform
