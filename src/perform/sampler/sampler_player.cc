// Plays strokes with the regions of one preset, eight voices to a group, in blocks of 64 frames.
#include "perform/sampler/sampler_player.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "perform/sampler/sound_bank.h"
#include "perform/sampler/voice.h"

namespace mmx::perform {
namespace {

// A guard against scores that nobody could play; songs stay far below.
constexpr std::size_t kMostVoices = 192;
constexpr double kChokeSeconds = 0.12;  // for 96 dB
constexpr double kBindSeconds = 0.25;
constexpr double kStealSeconds = 0.02;

struct Slot {
    LaneGroup lanes;
    std::array<std::optional<Voice>, synth::kLanes> voices;
};

class SamplerPlayer final : public Player {
  public:
    SamplerPlayer(std::shared_ptr<const SoundBank> bank, const SamplerPatch& patch,
                  const std::vector<PlayedNote>& notes, int sample_rate, std::uint64_t seed)
        : bank_(std::move(bank)),
          patch_(patch),
          regions_(bank_->font(patch.font).regions(patch.bank, patch.program)),
          strokes_(strokes_of(notes, patch_, sample_rate, seed)),
          sample_rate_(sample_rate) {
        std::array<bool, 128> keys{};
        for (const Stroke& stroke : strokes_) keys[static_cast<std::size_t>(stroke.key)] = true;
        for (const Region& region : regions_)
            for (int key = region.low_key; key <= std::min(region.high_key, 127); ++key)
                if (keys[static_cast<std::size_t>(key)]) {
                    bank_->will_need(patch_.font, region.sample);
                    break;
                }
    }

    void render(audio::StereoView out) override {
        for (std::size_t at = 0; at < out.frames();) {
            if (used_ == kSamplerBlock) {
                block();
                used_ = 0;
            }
            const std::size_t count = std::min(kSamplerBlock - used_, out.frames() - at);
            std::copy_n(left_.begin() + static_cast<std::ptrdiff_t>(used_), count, out.left.data() + at);
            std::copy_n(right_.begin() + static_cast<std::ptrdiff_t>(used_), count, out.right.data() + at);
            used_ += count;
            at += count;
        }
    }

  private:
    void block() {
        release_ended();
        while (next_ < strokes_.size() &&
               strokes_[next_].start < block_begin_ + static_cast<std::int64_t>(kSamplerBlock))
            begin(strokes_[next_++]);
        if (sounding_ == 0) {
            left_.fill(0);
            right_.fill(0);
        } else {
            bool first = true;
            for (const auto& slot : slots_) {
                if (slot->lanes.used == 0 && !has_voices(*slot)) continue;
                play(*slot, first);
                first = false;
            }
            add_lanes(sums_, left_.data(), right_.data());
        }
        block_begin_ += static_cast<std::int64_t>(kSamplerBlock);
    }

    static bool has_voices(const Slot& slot) {
        return std::any_of(slot.voices.begin(), slot.voices.end(),
                           [](const auto& voice) { return voice.has_value(); });
    }

    void play(Slot& slot, bool first) {
        std::array<bool, synth::kLanes> ended{};
        for (std::size_t lane = 0; lane < synth::kLanes; ++lane)
            if (slot.voices[lane]) ended[lane] = !slot.voices[lane]->play(block_begin_, slot.lanes, lane);
        (first ? play_first_group : play_group)(slot.lanes, sums_);
        for (std::size_t lane = 0; lane < synth::kLanes; ++lane)
            if (ended[lane]) {
                slot.voices[lane].reset();
                slot.lanes.silence(lane);
                --sounding_;
            }
    }

    template <class Do>
    void each_voice(Do what) {
        for (const auto& slot : slots_)
            for (auto& voice : slot->voices)
                if (voice) what(*voice);
    }

    void release_ended() {
        each_voice([&](Voice& voice) {
            const Stroke& stroke = voice.stroke();
            if (voice.released() || stroke.end > block_begin_) return;
            if (stroke.ends_in_next)
                voice.release_within(kBindSeconds);
            else
                voice.release();
        });
    }

    void begin(const Stroke& stroke) {
        const int velocity = std::clamp(static_cast<int>(stroke.velocity + 0.5), 1, 127);
        for (const Region& region : regions_) {
            if (stroke.key < region.low_key || stroke.key > region.high_key ||
                velocity < region.low_velocity || velocity > region.high_velocity)
                continue;
            const Voice voice(bank_->font(patch_.font), region, stroke, patch_, sample_rate_);
            if (voice.exclusive_class() != 0) choke(voice.exclusive_class(), stroke);
            place(voice);
        }
    }

    // A closing hi-hat ends the open one; strokes of the same moment do not harm each other's layers.
    void choke(int exclusive_class, const Stroke& by) {
        each_voice([&](Voice& voice) {
            if (voice.exclusive_class() == exclusive_class && &voice.stroke() != &by)
                voice.release_within(kChokeSeconds);
        });
    }

    void place(const Voice& voice) {
        if (sounding_ >= kMostVoices) steal();
        ++sounding_;
        for (const auto& slot : slots_)
            for (auto& free : slot->voices)
                if (!free) {
                    free = voice;
                    return;
                }
        slots_.push_back(std::make_unique<Slot>());
        slots_.back()->voices[0] = voice;
    }

    void steal() {
        Voice* quietest = nullptr;
        each_voice([&](Voice& voice) {
            if (voice.may_be_stolen() && (quietest == nullptr || voice.loudness() < quietest->loudness()))
                quietest = &voice;
        });
        if (quietest != nullptr) quietest->release_within(kStealSeconds);
    }

    std::shared_ptr<const SoundBank> bank_;
    SamplerPatch patch_;
    std::vector<Region> regions_;
    std::vector<Stroke> strokes_;
    int sample_rate_;
    std::size_t next_ = 0, sounding_ = 0;
    std::int64_t block_begin_ = 0;
    std::vector<std::unique_ptr<Slot>> slots_;
    LaneSums sums_;
    std::array<float, kSamplerBlock> left_{}, right_{};
    std::size_t used_ = kSamplerBlock;
};

}  // namespace

std::unique_ptr<Player> make_sampler_player(std::shared_ptr<const SoundBank> bank, const SamplerPatch& patch,
                                            std::vector<PlayedNote> notes, int sample_rate,
                                            std::uint64_t seed) {
    return std::make_unique<SamplerPlayer>(std::move(bank), patch, notes, sample_rate, seed);
}

}  // namespace mmx::perform
