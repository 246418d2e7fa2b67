// An exponential ADSR envelope, worked out once a block.
#pragma once

#include <algorithm>

#include "base/maths.h"
#include "perform/synth/synth_patch.h"

namespace mmx::perform::synth {

// The times of a patch as factors a block.
struct EnvelopeRates {
    float attack, decay, sustain, release;

    EnvelopeRates() = default;
    EnvelopeRates(const Envelope& envelope, double blocks_a_second)
        : sustain(static_cast<float>(envelope.sustain)) {
        const auto share = [&](double seconds, double nepers) {
            return static_cast<float>(1.0 - base::exp(-nepers / std::max(seconds * blocks_a_second, 0.5)));
        };
        attack =
            share(envelope.attack, 1.4663371);  // ln(1.3 / 0.3): a capacitor that aims at 1.3 and stops at 1
        decay = share(envelope.decay, 2.9957323);      // ln 20: to 5 %
        release = share(envelope.release, 6.9077553);  // ln 1000: to -60 dB
    }
};

struct EnvelopeState {
    enum class Stage { off, attack, decay, release };
    Stage stage = Stage::off;
    float level = 0;

    void press() { stage = Stage::attack; }  // from where it is: no click when a voice is struck again
    void let_go() { stage = Stage::release; }
    float next(const EnvelopeRates& rates) {
        switch (stage) {
            case Stage::off:
                break;
            case Stage::attack:
                level += (1.3f - level) * rates.attack;
                if (level >= 1.0f) {
                    level = 1.0f;
                    stage = Stage::decay;
                }
                break;
            case Stage::decay:
                level += (rates.sustain - level) * rates.decay;
                break;
            case Stage::release:
                level -= level * rates.release;
                if (level < 1e-5f) {
                    level = 0.0f;
                    stage = Stage::off;
                }
                break;
        }
        return level;
    }
};

}  // namespace mmx::perform::synth
