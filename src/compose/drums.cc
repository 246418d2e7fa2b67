// Drum kits and hand percussion: a groove for each kind of section, varied by the bar, answered by fills.
#include <algorithm>
#include <string>

#include "compose/fills.h"
#include "compose/pattern.h"
#include "compose/writers.h"

namespace mmx::compose {
namespace {

using base::kEighth;
using base::kSixteenth;
using base::Ticks;

constexpr int kKick = 36, kSnare = 38, kClosedHat = 42, kOpenHat = 46, kRide = 51, kCrash = 49;

bool is_sometimes(char symbol) {
    return symbol >= 'a' && symbol <= 'i';
}

double written_velocity(char symbol) {
    const int level = is_sometimes(symbol) ? symbol - 'a' + 1 : symbol - '0';
    return 0.08 + 0.1 * level;
}

class KitWriter {
  public:
    KitWriter(const Scene& scene, std::size_t player)
        : scene_(scene),
          number_(player),
          player_(scene.band.players[player]),
          book_(*player_.book),
          stream_(player_.role == music::Role::drums ? base::Stream::drums : base::Stream::percussion) {}

    Notes write() {
        for (const BarView& bar : scene_.bars)
            if (scene_.plays[number_][static_cast<std::size_t>(bar.index)]) write_bar(bar);
        return std::move(notes_);
    }

  private:
    bool is_kit() const { return player_.role == music::Role::drums; }

    void strike(const BarView& bar, Ticks at, Ticks length, int pitch, double written) {
        music::Note note;
        note.start = bar.start + at;
        note.length = length;
        note.pitch = pitch;
        note.velocity = loudness(scene_, player_, bar, at, written);
        if (pitch == kOpenHat || pitch == kCrash || pitch == 57 || pitch == 52)
            note.articulation = music::Articulation::open;
        if (written < 0.34 && pitch == kSnare) note.articulation = music::Articulation::mute;
        notes_.push_back(note);
    }

    void write_bar(const BarView& bar) {
        if (const auto hit = together_hit(scene_, bar)) return write_together(bar, *hit);
        const auto* groove =
            choose_groove(book_.grooves, player_.manner.part, scene_.score.metre, bar.kind, bar.intensity,
                          bar.feel, scene_.pattern_luck(stream_, bar, player_));
        if (groove == nullptr) return;
        const FillInBar fill = choose_fill(scene_, player_, bar);
        const Ticks until = bar.role == BarRole::pickup ? Ticks(0) : fill.from;
        const bool crashes = is_kit() && crash_on_one(bar);
        if (crashes) strike(bar, Ticks(0), bar.length, book_.crash_pitch, 0.86);
        for (const style::Lane& lane : groove->lanes) write_lane(bar, *groove, lane, until, crashes);
        for (const FillStroke& stroke : fill.strokes)
            strike(bar, stroke.start, stroke.length, stroke.pitch, stroke.velocity);
    }

    void write_together(const BarView& bar, const TogetherHit& hit) {
        if (!is_kit())
            return strike(bar, Ticks(0), std::min(hit.length, kEighth),
                          notes_.empty() ? 54 : notes_.back().pitch, hit.velocity * 0.8);
        const bool cymbals = book_.crash_after_big_fill || bar.role == BarRole::last;
        strike(bar, Ticks(0), kEighth, kKick, hit.velocity);
        if (cymbals) strike(bar, Ticks(0), hit.length, book_.crash_pitch, hit.velocity * 0.9);
        if (!hit.rings && bar.role == BarRole::last)
            strike(bar, Ticks(0), kEighth, kSnare, hit.velocity * 0.9);
    }

    // After a big fill the style's cymbal marks the one; so does the top of a build.
    bool crash_on_one(const BarView& bar) const {
        if (!book_.crash_after_big_fill || bar.in_section != 0 || bar.index == 0) return false;
        return bar.before == BarRole::big_fill || bar.before == BarRole::build || bar.before == BarRole::stop;
    }

    // Strokes marked as sometimes are drawn once for each place of a four-bar cycle, so that the groove is a
    // groove; now and then, as far as variation allows, a bar draws its own.
    bool kept(const BarView& bar, const style::Lane& lane, const Step& step) const {
        const std::uint64_t place =
            static_cast<std::uint64_t>(lane.pitch) * 100000 + static_cast<std::uint64_t>(step.start.value);
        const double likely = 0.15 + 0.7 * scene_.plan.complexity;
        if (!book_.loops && scene_.own(stream_, bar, 1).happens(0.1 + 0.5 * scene_.plan.variation))
            return scene_.own(stream_, bar, place).happens(likely);
        BarView model = bar;
        model.in_section = bar.in_section % 4;
        return scene_.alike(stream_, model, place).happens(likely);
    }

    // A recorded drummer's bar that differs from the written one in a few strokes, for variety without
    // another groove.
    std::string bar_text(const BarView& bar, const style::GroovePattern& groove,
                         const style::Lane& lane) const {
        const std::string& written = lane.bars[static_cast<std::size_t>(bar.in_section) % lane.bars.size()];
        const style::TrainedLane* trained =
            book_.trained == nullptr ? nullptr : book_.trained->lane(lane.name);
        const bool varies = bar.in_section % 4 == 1 || bar.in_section % 4 == 3;
        if (trained == nullptr || lane.name != "kick" || !varies || written.size() != style::kGrooveSteps ||
            groove.fit.metre.name() != "4/4")
            return written;
        BarView model = bar;
        model.in_section = bar.in_section % 4;
        base::Chance chance = scene_.alike(stream_, model, 7);
        if (!chance.happens(book_.trained_weight)) return written;
        std::vector<double> weights;
        std::vector<const style::CountedBar*> close;
        for (const style::CountedBar& counted : trained->bars) {
            int differs = 0;
            for (std::size_t i = 0; i < written.size(); ++i)
                differs += (written[i] != '.') != (counted.steps[i] != '.');
            if (counted.steps[0] == '.' || differs > 3) continue;
            close.push_back(&counted);
            weights.push_back(counted.count);
        }
        if (close.empty()) return written;
        std::string text = close[chance.pick(weights)]->steps;
        for (std::size_t i = 0; i < text.size(); ++i)
            if (text[i] != '.') text[i] = written[i] != '.' ? written[i] : '7';
        return text;
    }

    double velocity_at(const style::Lane& lane, const Step& step, const BarView& bar) const {
        double written = written_velocity(step.symbol);
        const style::TrainedLane* trained =
            book_.trained == nullptr ? nullptr : book_.trained->lane(lane.name);
        const auto place = static_cast<std::size_t>(step.start / kSixteenth);
        double spread = book_.loops ? 0.015 : 0.04;
        if (trained != nullptr && place < style::kGrooveSteps && trained->velocity[place] > 0) {
            const double weight = 0.4 * book_.trained_weight;
            // A ghost stroke stays one: the mean of all strokes at a place says nothing about it.
            if (written > 0.4) written += weight * (trained->velocity[place] - written);
            spread = std::min(0.08, trained->spread[place] * 0.4);
        }
        const std::uint64_t key = 50 + static_cast<std::uint64_t>(lane.pitch) * 100000 +
                                  static_cast<std::uint64_t>(step.start.value);
        return std::clamp(written + spread * std::clamp(scene_.own(stream_, bar, key).normal(), -2.0, 2.0),
                          0.1, 1.0);
    }

    void write_lane(const BarView& bar, const style::GroovePattern& groove, const style::Lane& lane,
                    Ticks until, bool crashes) {
        const LongGroups long_groups = lane.keeps_time ? LongGroups::keep_time : LongGroups::rest;
        const bool thinned =
            bar.role == BarRole::build && book_.loops && lane.name == "kick" && bar.build > 0.74;
        if (thinned) return;  // the kick drops out before the drop
        for (const Step& step : lay_out(bar_text(bar, groove, lane), groove.fit.metre, scene_.score.metre,
                                        bar.index, long_groups)) {
            if (step.start >= until || (is_sometimes(step.symbol) && !kept(bar, lane, step))) continue;
            const bool hidden = crashes && step.start.value == 0 &&
                                (lane.pitch == kClosedHat || lane.pitch == kOpenHat || lane.pitch == kRide);
            if (hidden) continue;
            strike(bar, step.start, std::min(step.length, kEighth), lane.pitch, velocity_at(lane, step, bar));
        }
    }

    const Scene& scene_;
    std::size_t number_;
    const Player& player_;
    const style::BandStyle& book_;
    base::Stream stream_;
    Notes notes_;
};

// One foot, one pair of hands: an open hat silences the closed one of the same moment, and no drum is struck
// twice.
void make_playable(Notes& notes) {
    std::ranges::stable_sort(notes, [](const music::Note& a, const music::Note& b) {
        return std::pair(a.start, a.pitch) < std::pair(b.start, b.pitch);
    });
    Notes kept;
    for (const music::Note& note : notes) {
        const auto clashes = [&](const music::Note& other) {
            return other.start == note.start &&
                   (other.pitch == note.pitch || (note.pitch == kClosedHat && other.pitch == kOpenHat));
        };
        const bool twice =
            std::any_of(kept.rbegin(), kept.rend(), [&](const music::Note& other) { return clashes(other); });
        const bool open_follows =
            note.pitch == kClosedHat && std::ranges::any_of(notes, [&](const music::Note& other) {
                return other.start == note.start && other.pitch == kOpenHat;
            });
        if (!twice && !open_follows) kept.push_back(note);
    }
    notes = std::move(kept);
}

}  // namespace

Notes write_kit(const Scene& scene, std::size_t player) {
    Notes notes = KitWriter(scene, player).write();
    make_playable(notes);
    return notes;
}

Notes write_timpani(const Scene& scene, std::size_t number) {
    const Player& player = scene.band.players[number];
    Notes notes;
    const auto stroke = [&](const BarView& bar, Ticks at, Ticks length, double written,
                            music::Articulation articulation) {
        const auto* chord = scene.chord_at(bar.start + at);
        if (chord == nullptr) return;
        int pitch = 36 + chord->chord.bass;  // 36-47: the timpani's own octave
        while (pitch < player.instrument->low) pitch += 12;
        notes.push_back(
            {bar.start + at, length, pitch, loudness(scene, player, bar, at, written), articulation});
    };
    for (const BarView& bar : scene.bars) {
        if (!scene.plays[number][static_cast<std::size_t>(bar.index)]) continue;
        if (const auto hit = together_hit(scene, bar)) {
            stroke(bar, Ticks(0), std::min(hit->length, base::kQuarter * 2), hit->velocity,
                   music::Articulation::normal);
            continue;
        }
        const bool rolls = bar.role == BarRole::big_fill || bar.role == BarRole::build ||
                           (bar.ends_section && bar.next_intensity > bar.intensity + 0.1);
        if (bar.in_section % 2 == 0 || bar.intensity > 0.75)
            stroke(bar, Ticks(0), base::kQuarter, 0.7, music::Articulation::normal);
        const auto pulses = scene.score.metre.pulses();
        if (bar.intensity > 0.7 && pulses.size() > 2 && !rolls)
            stroke(bar, pulses[pulses.size() / 2], base::kQuarter, 0.6, music::Articulation::normal);
        if (rolls) {
            const Ticks from = bar.length / 2;
            stroke(bar, from, bar.length - from, 0.55 + 0.3 * bar.next_intensity,
                   music::Articulation::tremolo);
        }
    }
    return notes;
}

}  // namespace mmx::compose
