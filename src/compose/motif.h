// Motifs: one or two bars of rhythm and contour that a listener can remember.
#pragma once

#include <string_view>
#include <vector>

#include "base/random.h"
#include "compose/knowledge.h"
#include "compose/rhythm.h"

namespace mmx::compose {

struct Motif {
    int bars = 2;
    Rhythm rhythm;
    std::vector<int> steps;  // scale steps above the motif's first note, one for each onset
};

// The best of some tries: singable, with a face of its own, unlike the others of the song.
Motif compose_motif(const music::Metre& metre, int bars, const RhythmTaste& taste, const Knowledge& knowledge,
                    const std::vector<Motif>& others, base::Chance& chance);

enum class Development { same, up, down, inverted, opened };
// The same figure in another light; the rhythm stays.
Motif developed(const Motif& motif, Development how);

}  // namespace mmx::compose
