// Plucked strings playing one part.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "perform/player.h"
#include "perform/plucked/plucked_patch.h"

namespace mmx::perform::plucked {

// Notes ascend by start. `seed` keys the plucks' noise.
std::unique_ptr<Player> make_plucked_player(const PluckedPatch& patch, std::vector<PlayedNote> notes,
                                            int sample_rate, std::uint64_t seed);

}  // namespace mmx::perform::plucked
