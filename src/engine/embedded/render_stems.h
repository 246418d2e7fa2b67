// Score -> premaster (and stems) in chunks of two seconds, players on as many threads as there are.
#pragma once

#include <memory>

#include "base/tasks.h"
#include "engine/engine.h"
#include "perform/perform.h"
#include "style/style.h"
#include "voice/voice.h"

namespace mmx::engine {

base::Status check(const Cancellation& cancellation);

// Fills rendering.premaster and, when wanted, rendering.stems. The same samples for any number of threads:
// every stem is rendered by one task at a time, in order, and the sums run in index order. `singer` may be
// null where score.vocals is empty.
base::Status render_stems(const music::Score& score, const music::Plan& plan, const style::Style& style,
                          std::shared_ptr<const perform::SoundBank> bank,
                          std::shared_ptr<const voice::SpeechModel> singer, WantStems want_stems,
                          base::Tasks& tasks, const Progress& progress, const Cancellation& cancellation,
                          Rendering& rendering);

}  // namespace mmx::engine
