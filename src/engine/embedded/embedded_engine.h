// The engine that is always there: composes, plays and mixes on this machine.
#pragma once

#include <memory>

#include "base/result.h"
#include "engine/engine.h"

namespace mmx::engine {

struct EmbeddedSettings {
    unsigned threads = 0;  // 0: one per core
    std::string sounds_folder = "/usr/share/sounds/sf2";
};

// Opens the sounds (milliseconds after the first time). One engine may serve many songs, one after the other.
base::Result<std::unique_ptr<Engine>> make_embedded_engine(const EmbeddedSettings& settings);

}  // namespace mmx::engine
