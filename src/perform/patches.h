// Every patch of data/patches: what each instrument may sound like, and with which kind of player.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "perform/drum_machine/kit_patch.h"
#include "perform/player.h"
#include "perform/plucked/plucked_patch.h"
#include "perform/sampler/sampler_patch.h"
#include "perform/synth/synth_patch.h"

namespace mmx::perform {

class SoundBank;

struct Patch {
    std::string id;
    std::string instrument;    // id in the catalogue
    bool alternative = false;  // never an instrument's default
    std::variant<SamplerPatch, synth::SynthPatch, drum_machine::KitPatch, plucked::PluckedPatch> sound;
};

// Read and checked once, at first use; any thread may call. A broken file of ours is a defect: the error
// names file, line and reason.
base::Result<const std::vector<Patch>*> all_patches();
const Patch* find_patch(std::string_view id);
// The first patch of the instrument that is no alternative, in the order of the files' names and of the rows
// in them.
const Patch* default_patch(std::string_view instrument);

std::unique_ptr<Player> make_player(const Patch& patch, std::vector<PlayedNote> notes, int sample_rate,
                                    std::uint64_t seed, const std::shared_ptr<const SoundBank>& bank);

}  // namespace mmx::perform
