// The engine that is always there: composes, plays and mixes on this machine.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "engine/engine.h"
#include "voice/voice.h"

namespace mmx::engine {

struct EmbeddedSettings {
    unsigned threads = 0;  // 0: one per core
    std::string sounds_folder = "/usr/share/sounds/sf2";
    std::string voice_file = voice::kVoiceFile;  // opened by the first song that sings
};

// "embedded-1": what version() says, known without opening the sounds.
std::string embedded_engine_version();

// Opens the sounds (milliseconds after the first time). One engine may serve many songs, one after the other.
base::Result<std::unique_ptr<Engine>> make_embedded_engine(const EmbeddedSettings& settings);

}  // namespace mmx::engine
