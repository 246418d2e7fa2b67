#include "perform/plucked/plucked_player.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/maths.h"
#include "base/random.h"
#include "perform/block_player.h"
#include "perform/chorus.h"
#include "perform/plucked/amplifier.h"
#include "perform/plucked/string.h"

namespace mmx::perform::plucked {
namespace {

constexpr double kReference = 0.25;
constexpr std::size_t kMostStrings = 24;

struct Ringing {
    std::unique_ptr<String> string;
    int pitch = 60;
    std::int64_t start = 0, end = 0;
    bool damped = false;
    float left = 1, right = 1;
};

// One performance of the part; a doubled guitar has two, that agree as two takes do.
class Take {
  public:
    Take(const PluckedPatch& patch, const std::vector<PlayedNote>& notes, int sample_rate, std::uint64_t seed,
         int number)
        : patch_(patch),
          notes_(notes),
          rate_(sample_rate),
          seed_(seed + static_cast<std::uint64_t>(number) * 0x9e3779b97f4a7c15ULL),
          number_(number) {
        direct_ = static_cast<float>(base::decibels_to_gain(patch.direct_db));
        for (std::size_t side = 0; side < 2; ++side) {
            pickup_[side].add(Biquad::lowpass(patch.tone_hz, 0.7, sample_rate));
            for (const BodyMode& mode : patch.body)
                body_[side].add(Biquad::bandpass(mode.hz, mode.q, sample_rate),
                                static_cast<float>(base::decibels_to_gain(mode.gain_db)));
            rumble_[side].add(Biquad::highpass(32.0, 0.7, sample_rate));
        }
        if (patch.amp_drive > 0) amplifier_.emplace(patch, sample_rate);
    }

    // Overwrites one block.
    void block(float* left, float* right) {
        std::fill_n(left, kBlock, 0.0f);
        std::fill_n(right, kBlock, 0.0f);
        while (next_ < notes_.size() && start_of(next_) < now_ + static_cast<std::int64_t>(kBlock))
            start(next_++);
        // Once nothing has rung for a second, filters and amplifier stand still too.
        quiet_blocks_ = strings_.empty() ? quiet_blocks_ + 1 : 0;
        if (quiet_blocks_ * static_cast<std::int64_t>(kBlock) > rate_) {
            now_ += static_cast<std::int64_t>(kBlock);
            return;
        }
        float one[kBlock];
        for (Ringing& ringing : strings_) {
            if (!ringing.damped && ringing.end <= now_) {
                ringing.damped = true;
                ringing.string->damp(patch_.damped_decay);
            }
            std::fill_n(one, kBlock, 0.0f);
            ringing.string->add(one);
            for (std::size_t i = 0; i < kBlock; ++i) {
                left[i] += ringing.left * one[i];
                right[i] += ringing.right * one[i];
            }
        }
        std::erase_if(strings_, [](const Ringing& ringing) { return ringing.string->quiet_after() <= 0; });
        now_ += static_cast<std::int64_t>(kBlock);
        if (amplifier_) {
            for (std::size_t i = 0; i < kBlock; ++i) left[i] = 0.5f * (left[i] + right[i]);
            pickup_[0].process(left, kBlock);
            amplifier_->process(left, kBlock);
            rumble_[0].process(left, kBlock);
            std::copy_n(left, kBlock, right);
            return;
        }
        resonate(left, 0);
        resonate(right, 1);
    }

  private:
    static constexpr std::size_t kBlock = BlockPlayer::kBlock;
    static_assert(kBlock == Loop::kFrames && kBlock == Amplifier::kFrames);

    std::int64_t start_of(std::size_t i) const {
        if (number_ == 0) return notes_[i].start.value;
        // The second take comes a little later and never equally so; chords stay together.
        base::Chance chance(seed_, base::Stream::plucked,
                            {static_cast<std::uint64_t>(notes_[i].start.value / (rate_ / 20)), 3, 0});
        return notes_[i].start.value + static_cast<std::int64_t>(rate_ * chance.uniform(0.006, 0.014));
    }

    void start(std::size_t i) {
        const PlayedNote& note = notes_[i];
        auto found = std::find_if(strings_.begin(), strings_.end(),
                                  [&](const Ringing& r) { return r.pitch == note.pitch; });
        const bool ringing = found != strings_.end();
        if (!ringing) {
            if (strings_.size() >= kMostStrings)
                strings_.erase(std::min_element(strings_.begin(), strings_.end(),
                                                [](const Ringing& a, const Ringing& b) {
                                                    return a.string->quiet_after() < b.string->quiet_after();
                                                }));
            Ringing fresh;
            fresh.string = std::make_unique<String>(patch_, rate_);
            strings_.push_back(std::move(fresh));
            found = strings_.end() - 1;
        }
        base::Chance chance(seed_, base::Stream::plucked,
                            {note.serial, static_cast<std::uint64_t>(note.pitch), 1});
        Pluck pluck;
        pluck.pitch = note.pitch;
        pluck.cents = number_ == 0 ? 0.0 : 3.5;
        pluck.force = note.velocity;
        pluck.muted = note.articulation == music::Articulation::mute;
        pluck.seed = chance.bits();
        found->string->pluck(pluck, ringing);
        found->pitch = note.pitch;
        found->start = start_of(i);
        found->end = found->start + note.length.value;
        if (note.articulation == music::Articulation::open) found->end += std::int64_t{1} << 40;
        found->damped = false;
        // Low strings to one side, high ones to the other, as they lie before the player.
        const double pan = std::clamp(patch_.width * (note.pitch - 57) / 20.0, -0.9, 0.9);
        found->left = static_cast<float>(base::sqrt(1.0 - pan));
        found->right = static_cast<float>(base::sqrt(1.0 + pan));
    }

    void resonate(float* audio, std::size_t side) {
        float heard[kBlock], strings[kBlock];
        std::copy_n(audio, kBlock, strings);
        std::copy_n(audio, kBlock, heard);
        pickup_[side].process(heard, kBlock);
        body_[side].process(strings, direct_, heard, audio, kBlock);
        rumble_[side].process(audio, kBlock);
    }

    const PluckedPatch& patch_;
    const std::vector<PlayedNote>& notes_;
    int rate_;
    std::uint64_t seed_;
    int number_;
    std::size_t next_ = 0;
    std::int64_t now_ = 0;
    std::vector<Ringing> strings_;
    std::int64_t quiet_blocks_ = 0;
    FilterRow pickup_[2], rumble_[2];
    FilterBank body_[2];
    float direct_;
    std::optional<Amplifier> amplifier_;
};

class PluckedPlayer final : public BlockPlayer {
  public:
    PluckedPlayer(const PluckedPatch& patch, std::vector<PlayedNote> notes, int sample_rate,
                  std::uint64_t seed)
        : patch_(patch),
          notes_(std::move(notes)),
          level_(static_cast<float>(kReference * base::decibels_to_gain(patch.level_db))) {
        for (int number = 0; number < (patch.doubled ? 2 : 1); ++number)
            takes_.push_back(std::make_unique<Take>(patch_, notes_, sample_rate, seed, number));
        if (patch.chorus > 0) chorus_.emplace(ChorusKind::juno, patch.chorus, sample_rate);
    }

  private:
    void block(float* left, float* right) override {
        takes_[0]->block(left, right);
        if (takes_.size() == 2) {
            float other_left[kBlock], other_right[kBlock];
            takes_[1]->block(other_left, other_right);
            constexpr float kNear = 0.94f,
                            kFar = 0.34f;  // not quite hard left and right, so that mono keeps both
            for (std::size_t i = 0; i < kBlock; ++i) {
                const float first = left[i], second = other_right[i];
                left[i] = kNear * first + kFar * second;
                right[i] = kFar * first + kNear * second;
            }
        }
        for (std::size_t i = 0; i < kBlock; ++i) {
            left[i] *= level_;
            right[i] *= level_;
        }
        if (chorus_) chorus_->process(left, right, kBlock);
    }

    const PluckedPatch patch_;
    const std::vector<PlayedNote> notes_;
    float level_;
    std::vector<std::unique_ptr<Take>> takes_;
    std::optional<Chorus> chorus_;
};

}  // namespace

std::unique_ptr<Player> make_plucked_player(const PluckedPatch& patch, std::vector<PlayedNote> notes,
                                            int sample_rate, std::uint64_t seed) {
    return std::make_unique<PluckedPlayer>(patch, std::move(notes), sample_rate, seed);
}

}  // namespace mmx::perform::plucked
