#include "engine/embedded/embedded_engine.h"

#include <algorithm>
#include <utility>

#include "base/sha256.h"
#include "base/tasks.h"
#include "compose/compose.h"
#include "engine/embedded/render_stems.h"
#include "mix/mix.h"
#include "perform/perform.h"
#include "style/style.h"

namespace mmx::engine {
namespace {

// Raise with every change that alters a single sample of any song.
constexpr std::string_view kSoundVersion = "embedded-5";

class EmbeddedEngine : public Engine {
  public:
    EmbeddedEngine(std::shared_ptr<const perform::SoundBank> bank, const EmbeddedSettings& settings)
        : bank_(std::move(bank)), voice_file_(settings.voice_file), tasks_(settings.threads) {}

    std::string name() const override { return "embedded"; }
    std::string version() const override { return embedded_engine_version(); }
    std::string sounds_hash() const override { return perform::sounds_hash(*bank_); }

    base::Result<Rendering> render(const music::Plan& plan, WantStems stems, const Progress& progress,
                                   const Cancellation& cancellation) override {
        progress(Stage::composing, 0);
        TRY_VOID(check(cancellation));
        TRY_VOID(style::all_styles());
        const style::Style* style = style::find_style(plan.genre);
        if (style == nullptr)
            return base::fail(base::Kind::internal, "This song's style is not part of this release.",
                              "no style " + plan.genre);
        const style::Style* second =
            plan.second_genre.empty() ? nullptr : style::find_style(plan.second_genre);

        Rendering rendering;
        rendering.score = TRY(compose::compose(plan, *style, second));
        if (plan.key_lift_is_asked &&
            rendering.score->sections.front().key == rendering.score->sections.back().key)
            rendering.messages.push_back(
                "The key change was left out: it needs a chorus that was heard before, and room above the "
                "tune.");
        progress(Stage::composing, 1);
        TRY_VOID(check(cancellation));
        if (!rendering.score->vocals.empty()) {
            if (!singer_) singer_ = TRY(voice::open_voice(voice_file_));
            // Instrumental songs keep the hash they always had.
            base::Sha256 both;
            both.add(sounds_hash() + voice::voice_hash(*singer_));
            rendering.sounds_hash = both.hex();
        }
        TRY_VOID(render_stems(*rendering.score, plan, *style, bank_, singer_, stems, tasks_, progress,
                              cancellation, rendering));
        return rendering;
    }

  private:
    std::shared_ptr<const perform::SoundBank> bank_;
    std::string voice_file_;
    std::shared_ptr<const voice::SpeechModel> singer_;  // null until somebody sings
    base::Tasks tasks_;
};

}  // namespace

base::Status check(const Cancellation& cancellation) {
    if (cancellation.asked())
        return base::fail(base::Kind::cancelled, "The song was cancelled; nothing was written.");
    return {};
}

std::string embedded_engine_version() {
    return std::string(kSoundVersion);
}

base::Result<std::unique_ptr<Engine>> make_embedded_engine(const EmbeddedSettings& settings) {
    auto bank = TRY(perform::open_sound_bank(settings.sounds_folder));
    return std::make_unique<EmbeddedEngine>(std::move(bank), settings);
}

}  // namespace mmx::engine
