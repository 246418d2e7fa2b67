// The tune: motifs become phrases, phrases become sections, sections come back changed or unchanged.
#pragma once

#include "compose/form.h"
#include "compose/manner.h"
#include "compose/outline.h"
#include "music/plan.h"
#include "music/score.h"
#include "style/instruments.h"
#include "style/style.h"

namespace mmx::compose {

// Who carries the tune: the singer where there are words, the instrument elsewhere.
struct TuneBearers {
    const style::Instrument* instrument = nullptr;  // null: nothing is played where nothing is sung
    const Manner* manner = nullptr;                 // null: nothing is sung
    VoiceCompass voice;
};

// Fills `lead` with notes, and outline.phrases and outline.sung. The score has bars, sections, chords, tempo
// and swing. `attempt` gives another tune for the same seed. A style without a tune, or a song without key,
// leaves the lead empty but for what is sung.
void write_melody(const music::Plan& plan, const style::CompositionStyle& style, const Form& form,
                  const TuneBearers& bearers, int attempt, const music::Score& score, Outline& outline,
                  music::Part& lead);

}  // namespace mmx::compose
