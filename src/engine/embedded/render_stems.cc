#include "engine/embedded/render_stems.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <numeric>
#include <optional>
#include <utility>

#include "base/maths.h"
#include "mix/mix.h"

namespace mmx::engine {
namespace {

constexpr double kChunkSeconds = 2.0;

// The stems of one chunk and what the effects made of them.
struct ChunkBuffers {
    std::vector<audio::StereoBuffer> stems, returns;

    ChunkBuffers(std::size_t stem_count, std::size_t return_count, std::size_t frames, int rate)
        : stems(stem_count, audio::StereoBuffer(frames, rate)),
          returns(return_count, audio::StereoBuffer(frames, rate)) {}
};

void copy(audio::ConstStereoView from, audio::StereoView to) {
    std::ranges::copy(from.left, to.left.begin());
    std::ranges::copy(from.right, to.right.begin());
}

// A loop's tail sounds over its own beginning, as it will when the loop is played again.
void wrap_tail(audio::StereoBuffer& audio, std::size_t loop_frames) {
    for (auto* channel : {&audio.left, &audio.right}) {
        for (std::size_t i = loop_frames; i < channel->size(); ++i)
            (*channel)[i % loop_frames] += (*channel)[i];
        channel->resize(loop_frames);
    }
}

// Longest parts first, so that no thread is left waiting for one long stem at the end of a chunk.
std::vector<std::size_t> busiest_first(const music::Score& score) {
    // A sung note costs many times what a played one does.
    std::vector<std::size_t> work;
    for (const music::Part& part : score.parts) work.push_back(part.notes.size());
    for (const music::VocalPart& singer : score.vocals)
        work.push_back(100000 * static_cast<std::size_t>(std::max(singer.singers, 1)));
    std::vector<std::size_t> order(work.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return work[a] > work[b]; });
    return order;
}

// Players and singers, as one row of stems: the parts first.
class Band {
  public:
    static base::Result<Band> prepare(const music::Score& score, const music::Plan& plan,
                                      const style::Style& style,
                                      std::shared_ptr<const perform::SoundBank> bank,
                                      std::shared_ptr<const voice::SpeechModel> singer, base::Tasks& tasks) {
        Band band(TRY(perform::Performance::prepare(score, plan, style, plan.sample_rate, std::move(bank))));
        if (!score.vocals.empty())
            band.singing_ = TRY(voice::Singing::prepare(score, plan.sample_rate, std::move(singer), tasks));
        return band;
    }

    std::size_t stems() const { return players_.stems() + (singing_ ? singing_->stems() : 0); }
    base::Frames length() const { return players_.length(); }
    void render(std::size_t stem, audio::StereoView out) {
        if (stem < players_.stems()) return players_.render(stem, out);
        singing_->render(stem - players_.stems(), out);
    }

  private:
    explicit Band(perform::Performance players) : players_(std::move(players)) {}
    perform::Performance players_;
    std::optional<voice::Singing> singing_;
};

// Before the song the players play their busiest bars once, so that the desk can set its faders.
base::Status check_sound(const music::Score& score, const music::Plan& plan, const style::Style& style,
                         std::shared_ptr<const perform::SoundBank> bank,
                         std::shared_ptr<const voice::SpeechModel> singer,
                         const std::vector<std::size_t>& order, base::Tasks& tasks, mix::Mixer& mixer) {
    const music::Score excerpt = mix::sound_check(score);
    Band players = TRY(Band::prepare(excerpt, plan, style, std::move(bank), std::move(singer), tasks));
    const auto frames = static_cast<std::size_t>(players.length().value);
    std::mutex mutex;
    std::vector<audio::StereoBuffer> free;  // fresh memory costs more than the loudness measured in it
    tasks.run(order.size(), [&](std::size_t piece) {
        audio::StereoBuffer heard;
        {
            const std::lock_guard lock(mutex);
            if (!free.empty()) {
                heard = std::move(free.back());
                free.pop_back();
            }
        }
        if (heard.frames() == 0) heard = audio::StereoBuffer(frames, plan.sample_rate);
        players.render(order[piece], heard.view());
        mixer.calibrate(order[piece], std::as_const(heard).view());
        const std::lock_guard lock(mutex);
        free.push_back(std::move(heard));
    });
    mixer.balance();
    return {};
}

}  // namespace

base::Status render_stems(const music::Score& score, const music::Plan& plan, const style::Style& style,
                          std::shared_ptr<const perform::SoundBank> bank,
                          std::shared_ptr<const voice::SpeechModel> singer, WantStems want_stems,
                          base::Tasks& tasks, const Progress& progress, const Cancellation& cancellation,
                          Rendering& rendering) {
    progress(Stage::playing, 0);
    const int rate = plan.sample_rate;
    Band performance = TRY(Band::prepare(score, plan, style, bank, singer, tasks));
    mix::Mixer mixer(score, plan, style, rate);
    const std::vector<std::size_t> order = busiest_first(score);
    TRY_VOID(check_sound(score, plan, style, std::move(bank), std::move(singer), order, tasks, mixer));

    const std::size_t stems = performance.stems();
    const std::size_t returns = mixer.returns().size();
    // A loop is rendered until its last sound has rung out in the players and then in the effects too.
    const double ring = score.ending == music::Ending::loop ? mixer.ring_seconds() : 0.0;
    const auto total = static_cast<std::size_t>(performance.length().value) +
                       static_cast<std::size_t>(base::floor(ring * rate));
    const auto chunk = static_cast<std::size_t>(kChunkSeconds * rate);
    const std::size_t chunks = (total + chunk - 1) / chunk;

    rendering.premaster = audio::StereoBuffer(total, rate);
    if (want_stems == WantStems::yes) {
        for (const music::Part& part : score.parts)
            rendering.stems.push_back({part.id, part.name, audio::StereoBuffer(total, rate)});
        for (const music::VocalPart& singer_part : score.vocals)
            rendering.stems.push_back({singer_part.id, singer_part.name, audio::StereoBuffer(total, rate)});
        for (const mix::Return& bus : mixer.returns())
            rendering.stems.push_back({bus.id, bus.name, audio::StereoBuffer(total, rate)});
    }

    const auto frames_of = [&](std::size_t index) { return std::min(chunk, total - index * chunk); };
    std::array<ChunkBuffers, 2> buffers{ChunkBuffers(stems, returns, chunk, rate),
                                        ChunkBuffers(stems, returns, chunk, rate)};

    const auto play = [&](std::size_t index, std::size_t stem) {
        const audio::StereoView out = buffers[index % 2].stems[stem].view().part(0, frames_of(index));
        performance.render(stem, out);
        mixer.strip(stem, out);
        if (want_stems == WantStems::yes)
            copy(out, rendering.stems[stem].audio.view().part(index * chunk, out.frames()));
    };
    const auto sum = [&](std::size_t index) {
        const std::size_t frames = frames_of(index);
        std::vector<audio::ConstStereoView> sources;
        std::vector<audio::StereoView> effects;
        for (auto& stem : buffers[index % 2].stems) sources.emplace_back(stem.view().part(0, frames));
        for (auto& bus : buffers[index % 2].returns) effects.push_back(bus.view().part(0, frames));
        mixer.sum(sources, effects, rendering.premaster.view().part(index * chunk, frames));
        if (want_stems == WantStems::yes)
            for (std::size_t i = 0; i < effects.size(); ++i)
                copy(effects[i], rendering.stems[stems + i].audio.view().part(index * chunk, frames));
    };

    // While the players are at chunk k, the desk sums chunk k - 1.
    for (std::size_t index = 0; index <= chunks; ++index) {
        TRY_VOID(check(cancellation));
        const bool summing = index > 0, playing = index < chunks;
        tasks.run((playing ? stems : 0) + (summing ? 1 : 0), [&](std::size_t piece) {
            if (summing && piece == 0) return sum(index - 1);
            play(index, order[piece - (summing ? 1 : 0)]);
        });
        progress(Stage::playing, static_cast<double>(index) / static_cast<double>(chunks));
    }

    if (score.ending == music::Ending::loop) {
        const auto loop_frames = static_cast<std::size_t>(base::floor(score.length.value * rate + 0.5));
        if (loop_frames > 0 && loop_frames < total) {
            wrap_tail(rendering.premaster, loop_frames);
            for (Stem& stem : rendering.stems) wrap_tail(stem.audio, loop_frames);
        }
    }
    return {};
}

}  // namespace mmx::engine
