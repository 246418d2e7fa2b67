#include <algorithm>
#include <map>

#include "base/maths.h"
#include "voice/ensemble.h"
#include "voice/labels.h"
#include "voice/line.h"
#include "voice/singer.h"
#include "voice/speech_model.h"
#include "voice/voice.h"

namespace mmx::voice {
namespace {

struct Placed {
    Singer singer;
    float left = 1, right = 1;
};

base::Result<Sayings> speak_all(const music::Score& score, const SpeechModel& model, base::Tasks& tasks) {
    Sayings sayings;
    for (const music::VocalPart& part : score.vocals)
        for (const music::SungLine& line : part.lines)
            if (!line.syllables.empty()) sayings[labels_of(line)];
    std::vector<Sayings::iterator> rows;
    for (auto it = sayings.begin(); it != sayings.end(); ++it) rows.push_back(it);
    std::vector<base::Status> outcomes(rows.size());
    tasks.run(rows.size(), [&](std::size_t i) {
        auto spoken = model.speak(rows[i]->first);
        if (spoken)
            rows[i]->second = std::make_shared<const Spoken>(std::move(*spoken));
        else
            outcomes[i] = tl::unexpected(std::move(spoken).error());
    });
    for (base::Status& outcome : outcomes) TRY_VOID(std::move(outcome));
    return sayings;
}

// Breath, as the model knows it from an h.
base::Result<std::shared_ptr<const std::vector<float>>> inhale_of(const SpeechModel& model) {
    music::SungLine line;
    line.words = {{"ha", {{"ha", {"hh", "ah"}, 1, 1}}, true}};
    line.syllables = {{0, 0, {}}};
    const Spoken spoken = TRY(model.speak(labels_of(line)));
    const auto& span = spoken.phones[1];
    auto inhale = std::make_shared<std::vector<float>>(kCoefficients);
    cepstrum_at(spoken, span.first_frame + 0.5 * span.frames, inhale->data());
    // To a known level: the mean of the log amplitude is the first coefficient.
    (*inhale)[0] = -2.4f;
    return std::shared_ptr<const std::vector<float>>(std::move(inhale));
}

// The same words a chord tone or two below the melody.
std::vector<Line> lowered(const music::Score& score, std::vector<Line> lines, int which) {
    for (Line& line : lines)
        for (TimedNote& note : line.notes) {
            const base::Ticks at = score.tempo.to_ticks(base::Seconds(note.start + 0.02));
            note.pitch = inner_note(score, at, note.pitch, which);
        }
    return lines;
}

}  // namespace

struct Singing::Stage {
    std::vector<std::vector<Placed>> stems;
    std::vector<std::vector<float>> mono;  // working memory of each stem
};

Singing::Singing(std::unique_ptr<Stage> stage) : stage_(std::move(stage)) {}
Singing::Singing(Singing&&) noexcept = default;
Singing& Singing::operator=(Singing&&) noexcept = default;
Singing::~Singing() = default;

base::Result<std::shared_ptr<const SpeechModel>> open_voice(const std::string& path) {
    return SpeechModel::open(path);
}
std::string voice_hash(const SpeechModel& model) {
    return model.sha256();
}

base::Result<Singing> Singing::prepare(const music::Score& score, int sample_rate,
                                       std::shared_ptr<const SpeechModel> model, base::Tasks& tasks) {
    const Sayings sayings = TRY(speak_all(score, *model, tasks));
    const auto inhale = TRY(inhale_of(*model));
    auto stage = std::make_unique<Stage>();
    stage->mono.resize(score.vocals.size());
    for (const music::VocalPart& part : score.vocals) {
        const Voice& voice = find_voice(part.voice);
        auto lines = std::make_shared<const std::vector<Line>>(lines_of(score, part, sayings));
        auto& stem = stage->stems.emplace_back();
        for (const Seat& seat : seats_of(part, voice, seed_of(score, part))) {
            const auto own =
                seat.inner == 0
                    ? lines
                    : std::make_shared<const std::vector<Line>>(lowered(score, *lines, seat.inner));
            const double gain = base::decibels_to_gain(seat.gain_db);
            const double angle = (std::clamp(seat.pan, -1.0, 1.0) + 1) * base::kPi / 4;
            stem.push_back({Singer(voice, seat.take, own, inhale, seat.seed, sample_rate),
                            static_cast<float>(gain * 1.41421356237309505 * base::cos(angle)),
                            static_cast<float>(gain * 1.41421356237309505 * base::sin(angle))});
        }
    }
    return Singing(std::move(stage));
}

std::size_t Singing::stems() const {
    return stage_->stems.size();
}

void Singing::render(std::size_t stem, audio::StereoView out) {
    out.clear();
    std::vector<float>& mono = stage_->mono[stem];
    mono.resize(out.frames());
    for (Placed& placed : stage_->stems[stem]) {
        placed.singer.render(mono);
        for (std::size_t i = 0; i < mono.size(); ++i) out.left[i] += placed.left * mono[i];
        for (std::size_t i = 0; i < mono.size(); ++i) out.right[i] += placed.right * mono[i];
    }
}

}  // namespace mmx::voice
