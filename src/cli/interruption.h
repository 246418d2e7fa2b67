// Ctrl-C and SIGTERM while a song is being made: the engine stops between two chunks, and nothing half-made
// is left.
#pragma once

#include "engine/engine.h"

namespace mmx::cli {

// Handles the signals while it lives; a second Ctrl-C ends the program at once. One at a time.
class Interruption {
  public:
    explicit Interruption(engine::Cancellation& cancellation);
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
};

}  // namespace mmx::cli
