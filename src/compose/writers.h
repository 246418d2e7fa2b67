// What each kind of player writes: one function a texture, all from the scene to a list of notes.
#pragma once

#include <vector>

#include "compose/scene.h"

namespace mmx::compose {

using Notes = std::vector<music::Note>;

// Drum kits and hand percussion, from grooves and fills; the kit also tells the scene where its kicks are.
Notes write_kit(const Scene& scene, std::size_t player);
Notes write_timpani(const Scene& scene, std::size_t player);
Notes write_bass(const Scene& scene, std::size_t player);  // steps and drones
Notes write_walking_bass(const Scene& scene, std::size_t player);
Notes write_comping(const Scene& scene, std::size_t player);  // chords, strums, power chords
Notes write_arpeggio(const Scene& scene, std::size_t player);
Notes write_pad(const Scene& scene, std::size_t player);
Notes write_answers(const Scene& scene, std::size_t player);
Notes write_harmony_line(const Scene& scene, std::size_t player);
Notes write_guide_line(const Scene& scene, std::size_t player);
Notes write_effects(const Scene& scene, std::size_t player);

}  // namespace mmx::compose
