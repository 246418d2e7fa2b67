// A synthesiser playing one part.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "perform/player.h"
#include "perform/synth/synth_patch.h"

namespace mmx::perform::synth {

// Notes ascend by start. `seed` keys the voices' phases and drift.
std::unique_ptr<Player> make_synth_player(const SynthPatch& patch, std::vector<PlayedNote> notes,
                                          int sample_rate, std::uint64_t seed);

}  // namespace mmx::perform::synth
