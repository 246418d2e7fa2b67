// The form that lyrics ask for: their sections, and bars enough to sing each line.
#pragma once

#include <vector>

#include "compose/form.h"
#include "compose/manner.h"
#include "speech/speech.h"

namespace mmx::compose {

struct LyricText {
    std::vector<speech::Section> sections;  // one for each of plan.lyrics.sections
    Manner manner;
};

// As given, with nothing added around it. `text` null: the sections as they are, nothing is sung. `haste`
// above 1 sings faster than the manner likes.
std::vector<SectionPlan> lyric_sections(const music::Plan& plan, const LyricText* text, double haste = 1.0);

}  // namespace mmx::compose
