// From the tune with its words to singers: the lead, those in parentheses, harmonies and doubles.
#pragma once

#include "compose/form.h"
#include "compose/lyric_form.h"
#include "compose/outline.h"
#include "music/score.h"

namespace mmx::compose {

// Moves what is sung from the lead part into score.vocals; a lead that has nothing left to play goes home.
// Call it when the band has written, since the band makes room for whoever carries the tune.
void hand_over_to_singers(const music::Plan& plan, const Form& form, const LyricText& text,
                          const Outline& outline, music::Score& score);

// Adds harmonies and doubles as the manner has them: in choruses, everywhere for a choir.
void add_backing(const music::Plan& plan, const Manner& manner, const VoiceCompass& compass,
                 music::Score& score);

}  // namespace mmx::compose
