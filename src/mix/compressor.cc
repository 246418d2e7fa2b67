#include "mix/compressor.h"

#include <algorithm>

#include "base/maths.h"

namespace mmx::mix {

Compressor::Compressor(const CompressorSettings& settings, double blocks_per_second) : settings_(settings) {
    const auto left_after_block = [&](double ms) { return base::exp(-1000.0 / (ms * blocks_per_second)); };
    attack_ = left_after_block(std::max(settings.attack_ms, 1.0));
    release_ = left_after_block(std::max(settings.release_ms, 10.0));
    smooth_ = left_after_block(5);  // RMS over a few milliseconds: a bass's own waves are not followed
}

double Compressor::next_gain(double mean_power) {
    power_ = mean_power + smooth_ * (power_ - mean_power);
    if (power_ < 1e-12) power_ = 0;
    const double level = power_ > 0 ? 10 * base::log10(power_) : -120;
    // Giannoulis, Massberg and Reiss 2012: a parabola joins the two straight lines within the knee.
    const double over = level - settings_.threshold_db, knee = settings_.knee_db,
                 slope = 1 - 1 / settings_.ratio;
    double wanted = 0;
    if (2 * over >= knee)
        wanted = slope * over;
    else if (2 * over > -knee)
        wanted = slope * (over + knee / 2) * (over + knee / 2) / (2 * knee);
    reduction_db_ = wanted + (wanted > reduction_db_ ? attack_ : release_) * (reduction_db_ - wanted);
    if (reduction_db_ < 1e-9) reduction_db_ = 0;
    return reduction_db_ == 0 ? 1 : base::decibels_to_gain(-reduction_db_);
}

}  // namespace mmx::mix
