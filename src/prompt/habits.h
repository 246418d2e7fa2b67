// data/lexicon/habits.tsv: tonics that lie well under the hands of each style, and how its songs end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "music/key.h"
#include "music/song_request.h"

namespace mmx::prompt {

struct EndingHabit {
    music::Ending ending;
    double weight;
};
struct Habits {
    std::string style;
    std::vector<music::Key> bright, dark;  // only tonic and spelling count
    std::vector<EndingHabit> endings;
};

// Fails (Kind::internal) when the file is damaged or the style has no line.
base::Result<const Habits*> habits_of(std::string_view style);

}  // namespace mmx::prompt
