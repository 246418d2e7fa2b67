// What every engine offers, the embedded one and remote ones alike: a plan becomes a premaster.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audio/buffer.h"
#include "base/result.h"
#include "music/plan.h"
#include "music/score.h"

namespace mmx::engine {

enum class Stage { understanding, composing, playing, mastering, encoding };
std::string_view stage_name(Stage stage);  // "composing"

// Called from the thread that renders, at most some tens of times a second; done is 0-1 within the stage and
// never falls.
using Progress = std::function<void(Stage stage, double done)>;

// Set from any thread; engines look between stages and between chunks and return Kind::cancelled.
class Cancellation {
  public:
    void cancel() { asked_.store(true, std::memory_order_relaxed); }
    bool asked() const { return asked_.load(std::memory_order_relaxed); }

  private:
    std::atomic<bool> asked_{false};
};

struct Stem {
    std::string id;  // of the part, or "reverb", "delay"
    std::string name;
    audio::StereoBuffer audio;  // post-fader premaster, aligned to bar 1, full length
};

struct Rendering {
    audio::StereoBuffer premaster;
    std::vector<Stem> stems;            // only when wanted
    std::optional<music::Score> score;  // engines that compose have one
    std::vector<std::string> messages;  // for the user
    // Of all sounds this song was made of, where it needed more than Engine::sounds_hash() names; else empty.
    std::string sounds_hash;
};

enum class WantStems { no, yes };

class Engine {
  public:
    virtual ~Engine() = default;
    virtual std::string name() const = 0;                   // "embedded"
    virtual std::string version() const = 0;                // anything that changes the sound changes it
    virtual std::string sounds_hash() const { return {}; }  // of the sound files, where the engine has any
    // The error says whether trying again can help (Error::retry).
    virtual base::Result<Rendering> render(const music::Plan& plan, WantStems stems, const Progress& progress,
                                           const Cancellation& cancellation) = 0;
};

}  // namespace mmx::engine
