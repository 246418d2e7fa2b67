// What is left of a spectrum's levels when everything that could be guessed from around them is taken away.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "watermark/bands.h"

namespace mmx::watermark {

// logs: frames x kHalfBands levels in any logarithmic unit. Music repeats and holds: a level follows from
// those two frames and more before and after, and from those of other bands at the time, which bear other
// chips; a mark does not. The weights are least squares over half a minute of twelve half bands, so each
// music gets its own: against fixed ones that hears the mark 2 to 3 dB better. A chip never helps to guess
// itself: one frame and one half band to either side are left out. Any thread.
std::vector<float> surprise(std::span<const float> logs, std::size_t frames);

}  // namespace mmx::watermark
