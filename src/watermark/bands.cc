#include "watermark/bands.h"

#include "base/maths.h"

namespace mmx::watermark {

const std::array<double, kHalfBands + 1>& half_band_edges() {
    static const auto edges = [] {
        std::array<double, kHalfBands + 1> hz{};
        const double low = base::log(1 + kLowestHz / kScaleHz), high = base::log(1 + kHighestHz / kScaleHz);
        for (std::size_t i = 0; i <= kHalfBands; ++i)
            hz[i] =
                kScaleHz *
                (base::exp(low + (high - low) * static_cast<double>(i) / static_cast<double>(kHalfBands)) -
                 1);
        return hz;
    }();
    return edges;
}

}  // namespace mmx::watermark
