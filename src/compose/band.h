// Who plays: chosen before a note is written, because the lead's range shapes the melody.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "compose/outline.h"
#include "music/plan.h"
#include "music/score.h"
#include "style/instruments.h"
#include "style/style.h"

namespace mmx::compose {

struct Player {
    std::string id;  // the part's id: "lead", "rhodes", "drums"
    music::Role role = music::Role::chords;
    const style::Instrument* instrument = nullptr;
    double enters_at_energy = 0;  // plays in sections whose energy is at least this
    double pan = 0;
    style::PlayerStyle manner;  // what the hands do
    const style::BandStyle* book =
        nullptr;         // whose patterns they read: of the style, of a blend's second style
    bool asked = false;  // named by the user: must be heard
};

struct Band {
    std::vector<Player> players;  // exactly one lead unless the style or the plan has none
    const Player* lead() const;
};

// Asked instruments are in, excluded ones are out; a plan that excludes everything is an invalid_request on
// "instruments". The band points into the styles, which must outlive it.
base::Result<Band> choose_band(const music::Plan& plan, const style::Style& style,
                               const style::Style* second);

// Writes every part but the lead: bass, drums, chords, pads, arpeggios, counter-lines, percussion. The score
// has bars, sections, chords, tempo and the lead part already.
void arrange(const music::Plan& plan, const style::Style& style, const style::Style* second, const Band& band,
             const Outline& outline, music::Score& score);

}  // namespace mmx::compose
