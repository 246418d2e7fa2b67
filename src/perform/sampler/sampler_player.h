// A sampled instrument playing one part.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "perform/perform.h"
#include "perform/player.h"
#include "perform/sampler/sampler_patch.h"

namespace mmx::perform {

// Notes ascend by start. The player keeps the bank alive. Both fonts of a bank have every preset that
// data/patches/sampler.toml names; one that is missing plays silence.
std::unique_ptr<Player> make_sampler_player(std::shared_ptr<const SoundBank> bank, const SamplerPatch& patch,
                                            std::vector<PlayedNote> notes, int sample_rate,
                                            std::uint64_t seed);

}  // namespace mmx::perform
