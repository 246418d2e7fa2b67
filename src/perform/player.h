// One instrument playing its whole part: what every way of making sound (sampler, synthesiser, drum machine,
// plucked string) offers.
#pragma once

#include <memory>
#include <vector>

#include "audio/buffer.h"
#include "base/units.h"
#include "music/score.h"

namespace mmx::perform {

// A note as it is played: swing, strum and human timing are in it.
struct PlayedNote {
    base::Frames start;     // from the first frame of the song, at the song's sample rate; >= 0
    base::Frames length;    // until the key is let go; > 0
    int pitch = 60;         // MIDI note; General MIDI drum number for kits
    float velocity = 0.7f;  // (0, 1]
    music::Articulation articulation = music::Articulation::normal;
    std::uint32_t serial = 0;  // counts the part's notes from 0: keys the note's own chance
};

// Thread rule: one thread at a time; different players on different threads.
class Player {
  public:
    virtual ~Player() = default;
    // Overwrites `out` with the next out.frames() frames. Called with consecutive chunks from frame 0; the
    // sound must not depend on the chunk size.
    virtual void render(audio::StereoView out) = 0;
};

}  // namespace mmx::perform
