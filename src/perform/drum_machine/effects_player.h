// Ambiences and transitions: vinyl, rain, wind, risers, impacts.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "perform/drum_machine/kit_patch.h"
#include "perform/player.h"

namespace mmx::perform::drum_machine {

// The pitches of the instrument "fx-kit".
enum EffectPitch : int {
    kVinyl = 24,         // crackle, hiss and rumble, as long as the note
    kRain = 25,          // as long as the note
    kWind = 26,          // wind or sea, as long as the note
    kRiser = 27,         // rises across the note and stops with it
    kDownlifter = 28,    // falls across the note
    kImpact = 29,        // rings out, whatever the note's length
    kReverseCymbal = 30  // swells and ends with the note
};

std::unique_ptr<Player> make_effects_player(const KitPatch& kit, std::vector<PlayedNote> notes,
                                            int sample_rate, std::uint64_t seed);

}  // namespace mmx::perform::drum_machine
