// A drum machine playing one part.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "perform/drum_machine/kit_patch.h"
#include "perform/player.h"

namespace mmx::perform::drum_machine {

// Notes ascend by start; their pitches are General MIDI drum numbers. Strokes sound in full, whatever their
// length.
std::unique_ptr<Player> make_drum_player(const KitPatch& kit, std::vector<PlayedNote> notes, int sample_rate,
                                         std::uint64_t seed);

}  // namespace mmx::perform::drum_machine
