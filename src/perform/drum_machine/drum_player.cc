#include "perform/drum_machine/drum_player.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/maths.h"
#include "base/random.h"
#include "perform/drum_machine/effects_player.h"
#include "perform/drum_machine/parts.h"
#include "perform/drum_machine/strokes.h"

namespace mmx::perform::drum_machine {
namespace {

constexpr int kForces = 6;               // strokes are made for this many strengths; loudness is exact
constexpr double kReference = 0.4;       // -8 dBFS
constexpr double kChokeSeconds = 0.012;  // how long a hand takes to silence a cymbal

struct Sounding {
    const Stroke* stroke;
    std::int64_t start, cut;  // from `cut` on it fades
    float left, right;
    int choke;  // its group
};

class DrumPlayer final : public Player {
  public:
    DrumPlayer(const KitPatch& kit, std::vector<PlayedNote> notes, int sample_rate, std::uint64_t seed)
        : kit_(kit),
          notes_(std::move(notes)),
          rate_(sample_rate),
          seed_(seed),
          fade_(static_cast<std::int64_t>(kChokeSeconds * sample_rate)) {
        if (kit.lowpass_hz > 0)
            for (Filter& filter : top_) filter = Filter(kit.lowpass_hz, 0.65, sample_rate);
    }

    void render(audio::StereoView out) override {
        out.clear();
        const std::int64_t end = now_ + static_cast<std::int64_t>(out.frames());
        for (; next_ < notes_.size() && notes_[next_].start.value < end; ++next_) start(notes_[next_]);
        for (const Sounding& sounding : sounding_) add(sounding, out);
        std::erase_if(sounding_, [&](const Sounding& s) {
            return s.start + static_cast<std::int64_t>(s.stroke->left.size()) <= end || s.cut + fade_ <= end;
        });
        now_ = end;
        finish(out);
    }

  private:
    void start(const PlayedNote& note) {
        const Drum& drum = kit_.drum(note.pitch);
        // The same pair of hats cannot ring open and be closed at once.
        if (drum.choke != 0)
            for (Sounding& other : sounding_)
                if (other.choke == drum.choke) other.cut = std::min(other.cut, note.start.value);
        const double loudness = kReference * base::decibels_to_gain(kit_.level_db + drum.level_db) *
                                base::pow(note.velocity / 0.7, kit_.velocity_db / 12.0412);
        Sounding sounding{&stroke(drum, note), note.start.value, std::int64_t{1} << 60, 0, 0, drum.choke};
        sounding.left = static_cast<float>(loudness * base::sqrt(1.0 - drum.pan));
        sounding.right = static_cast<float>(loudness * base::sqrt(1.0 + drum.pan));
        sounding_.push_back(sounding);
    }

    const Stroke& stroke(const Drum& drum, const PlayedNote& note) {
        const int force = std::clamp(static_cast<int>(note.velocity * kForces), 0, kForces - 1);
        base::Chance chance(seed_, base::Stream::drum_machine,
                            {note.serial, static_cast<std::uint64_t>(note.pitch), 0});
        const std::uint64_t take = drum.decay > 1.5 ? chance.bits() % 2 : chance.bits() % 4;
        const auto key = std::tuple(drum.pitch, force, take);
        auto found = strokes_.find(key);
        if (found == strokes_.end())
            found =
                strokes_.emplace(key, make_stroke(drum, {(force + 0.5) / kForces, take, 0x6d6d78ULL}, rate_))
                    .first;
        return found->second;
    }

    void add(const Sounding& s, audio::StereoView out) const {
        const std::vector<float>& left = s.stroke->left;
        const std::vector<float>& right = s.stroke->right.empty() ? left : s.stroke->right;
        const std::int64_t from = std::max(s.start, now_);
        const std::int64_t to = std::min({s.start + static_cast<std::int64_t>(left.size()),
                                          now_ + static_cast<std::int64_t>(out.frames()), s.cut + fade_});
        for (std::int64_t at = from; at < to; ++at) {
            const float fade =
                at < s.cut ? 1.0f : 1.0f - static_cast<float>(at - s.cut) / static_cast<float>(fade_);
            const auto i = static_cast<std::size_t>(at - s.start), o = static_cast<std::size_t>(at - now_);
            out.left[o] += fade * s.left * left[i];
            out.right[o] += fade * s.right * right[i];
        }
    }

    void finish(audio::StereoView out) {
        if (kit_.drive > 0) {
            const double push = 1.0 + 3.0 * kit_.drive;
            for (float& x : out.left) x = static_cast<float>(soften(x * push) / push * 1.1);
            for (float& x : out.right) x = static_cast<float>(soften(x * push) / push * 1.1);
        }
        if (kit_.lowpass_hz > 0) {
            for (std::size_t i = 0; i < out.frames(); ++i) {
                top_[0].feed(out.left[i]);
                top_[1].feed(out.right[i]);
                out.left[i] = static_cast<float>(top_[0].low);
                out.right[i] = static_cast<float>(top_[1].low);
            }
        }
    }

    const KitPatch kit_;
    std::vector<PlayedNote> notes_;
    std::size_t next_ = 0;
    std::int64_t now_ = 0;
    int rate_;
    std::uint64_t seed_;
    std::int64_t fade_;
    std::map<std::tuple<int, int, std::uint64_t>, Stroke> strokes_;  // nodes never move
    std::vector<Sounding> sounding_;
    Filter top_[2] = {Filter(20000, 0.7, 48000), Filter(20000, 0.7, 48000)};
};

}  // namespace

std::unique_ptr<Player> make_drum_player(const KitPatch& kit, std::vector<PlayedNote> notes, int sample_rate,
                                         std::uint64_t seed) {
    if (kit.effects) return make_effects_player(kit, std::move(notes), sample_rate, seed);
    return std::make_unique<DrumPlayer>(kit, std::move(notes), sample_rate, seed);
}

}  // namespace mmx::perform::drum_machine
