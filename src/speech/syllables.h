// Phones -> syllables: each vowel takes as many consonants before it as English lets begin a syllable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "music/vocals.h"
#include "speech/lexicon.h"

namespace mmx::speech {

// `phones` with a vowel at least. Texts are left empty.
std::vector<music::Syllable> syllables_of(const Phones& phones);

// Cuts the written word into as many pieces as there are syllables: "morning," -> "mor", "ning,". A piece is
// never empty while there are letters enough.
void share_text(std::string_view written, std::vector<music::Syllable>& syllables);

}  // namespace mmx::speech
