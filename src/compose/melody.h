// The tune: motifs become phrases, phrases become sections, sections come back changed or unchanged.
#pragma once

#include "compose/form.h"
#include "compose/outline.h"
#include "music/plan.h"
#include "music/score.h"
#include "style/instruments.h"
#include "style/style.h"

namespace mmx::compose {

// Fills `lead` with notes, and outline.phrases. The score has bars, sections, chords, tempo and swing.
// `attempt` gives another tune for the same seed. A style without a tune, or a song without key, leaves the
// lead empty.
void write_melody(const music::Plan& plan, const style::CompositionStyle& style, const Form& form,
                  const style::Instrument& instrument, int attempt, const music::Score& score,
                  Outline& outline, music::Part& lead);

}  // namespace mmx::compose
