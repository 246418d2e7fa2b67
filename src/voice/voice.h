// A score's words -> vocal stems, chunk by chunk: the front door of the singing room.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "audio/buffer.h"
#include "base/result.h"
#include "base/tasks.h"
#include "music/score.h"

namespace mmx::voice {

class SpeechModel;  // the speaker behind all voices (voice/speech_model.h)

inline constexpr const char* kVoiceFile =
    "/usr/share/festival/voices/us/cmu_us_slt_arctic_hts/hts/cmu_us_slt_arctic_hts.htsvoice";

// Reads and checks the voice file (a tenth of a second). Kind::missing_part names the package to install;
// Kind::unreadable the damaged file. Share one between songs and threads.
base::Result<std::shared_ptr<const SpeechModel>> open_voice(const std::string& path = kVoiceFile);
std::string voice_hash(
    const SpeechModel& model);  // 64 hex digits: part of the sounds' hash of songs that sing

// All singers of one song. stems() is the number of score.vocals, in their order.
class Singing {
  public:
    // Lines are spoken by the model in parallel; the same words only once. The score need not outlive it.
    static base::Result<Singing> prepare(const music::Score& score, int sample_rate,
                                         std::shared_ptr<const SpeechModel> model, base::Tasks& tasks);
    Singing(Singing&&) noexcept;
    Singing& operator=(Singing&&) noexcept;
    ~Singing();

    std::size_t stems() const;
    // The next out.frames() frames of one stem, dry, before its chain; silence beyond the last line.
    // Different stems may be rendered on different threads. The sound does not depend on how it is cut.
    void render(std::size_t stem, audio::StereoView out);

  private:
    struct Stage;
    explicit Singing(std::unique_ptr<Stage> stage);
    std::unique_ptr<Stage> stage_;
};

}  // namespace mmx::voice
