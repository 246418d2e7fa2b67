// Which key a listener hears in a handful of notes.
#pragma once

#include <array>

#include "music/key.h"

namespace mmx::compose {

// Correlation of the pitch classes' durations with the key's profile, less the best of all other keys': above
// 0 when the key is the one that is heard. -2 ... 2. Modes are judged as major or minor by their third.
double key_margin(const std::array<double, 12>& pitch_classes, const music::Key& key);

}  // namespace mmx::compose
