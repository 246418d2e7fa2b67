// Where each phone begins to be heard in the model's speech.
#pragma once

#include <vector>

#include "voice/labels.h"
#include "voice/speech_model.h"

namespace mmx::voice {

// The frame where each phone begins, and the end of the last: one more than there are phones. The model
// changes from label to label up to 50 ms before or after its sound does; between a consonant and the vowel
// that it leads into the border is moved to where the vowel steps out.
std::vector<double> borders_of(const std::vector<LinePhone>& phones, const Spoken& spoken);

}  // namespace mmx::voice
