// The models behind the drums, one function each; strokes.cc chooses.
#pragma once

#include <vector>

#include "base/random.h"
#include "perform/drum_machine/strokes.h"

namespace mmx::perform::drum_machine {

// All add to `out`, whose size is the stroke's length.
struct Bench {
    const Drum& drum;
    double force;
    double rate;
    base::Chance chance;
    std::vector<double> out;

    double seconds(std::size_t i) const { return static_cast<double>(i) / rate; }
};

// drums with skins: drum_skins.cc
void kick(Bench& bench);
void snare(Bench& bench);
void tom(Bench& bench);
void clap(Bench& bench);
// things of metal: drum_metals.cc
void hat(Bench& bench);
void cymbal(Bench& bench, bool ping);
void cowbell(Bench& bench);
void bell(Bench& bench);
// small percussion: drum_smalls.cc
void stick(Bench& bench);
void shaker(Bench& bench);
void ratchet(Bench& bench);
void whistle(Bench& bench);

}  // namespace mmx::perform::drum_machine
