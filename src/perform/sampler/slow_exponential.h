// 2^x for an x that moves a little from call to call, as loudness and pitch do from block to block.
#pragma once

#include "base/maths.h"

namespace mmx::perform {

// Small moves multiply the last value by a short series (relative error below 1e-9 each); every 64th is exact
// again, so errors cannot gather. An order of magnitude cheaper than base::exp2, and the same on every
// machine.
class SlowExponential {
  public:
    double at(double x) {
        const double y = (x - x_) * 0.69314718055994531;
        if (y == 0) return value_;
        x_ = x;
        if (y > -0.03 && y < 0.03 && ++moves_ < 64)
            return value_ *= 1 + y * (1 + y * (0.5 + y * (1.0 / 6 + y * (1.0 / 24))));
        moves_ = 0;
        return value_ = base::exp2(x);
    }

  private:
    double x_ = 0, value_ = 1;
    int moves_ = 0;
};

}  // namespace mmx::perform
