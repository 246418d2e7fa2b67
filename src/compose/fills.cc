#include "compose/fills.h"

#include <algorithm>

#include "compose/pattern.h"

namespace mmx::compose {
namespace {

using base::kQuarter;
using base::kSixteenth;
using base::Ticks;
using style::FillSize;

// How loud a written symbol is: digits 1-9; letters a-i the same for strokes that may be left out.
double written_velocity(char symbol) {
    const int level = symbol >= '1' && symbol <= '9' ? symbol - '0' : symbol - 'a' + 1;
    return 0.08 + 0.1 * level;
}

Ticks step_of(const style::Fill& fill, const style::Lane& lane) {
    return kQuarter * fill.beats / static_cast<std::int64_t>(lane.bars.front().size());
}

FillInBar from_vocabulary(const Scene& scene, const BarView& bar, const style::Fill& fill,
                          base::Chance& chance) {
    const Ticks length = std::min(kQuarter * fill.beats, bar.length),
                skipped = kQuarter * fill.beats - length;
    FillInBar result{bar.length - length, {}};
    for (const style::Lane& lane : fill.lanes) {
        const Ticks step = step_of(fill, lane);
        const std::string& text = lane.bars.front();
        for (std::size_t i = 0; i < text.size(); ++i) {
            const Ticks at = step * static_cast<std::int64_t>(i);
            const bool sometimes = text[i] >= 'a' && text[i] <= 'i';
            // Drawn in any case, so that one choice does not move the next.
            const bool kept = chance.happens(0.35 + 0.5 * scene.plan.complexity);
            if (text[i] == '.' || text[i] == '-' || at < skipped || (sometimes && !kept)) continue;
            result.strokes.push_back(
                {bar.length - length + at - skipped, step, lane.pitch, written_velocity(text[i])});
        }
    }
    return result;
}

// Each sixteenth of the recorded fills has its chances by drum; one hand plays, the foot marks the beats.
FillInBar from_recorded(const style::TrainedGroove& trained, const BarView& bar, FillSize size,
                        base::Chance& chance) {
    const Ticks wanted = size == FillSize::big ? kQuarter * 4 : kQuarter * 2;
    const Ticks length = std::min(wanted, bar.length);
    FillInBar result{bar.length - length, {}};
    const auto steps = static_cast<int>(length / kSixteenth);
    int last_drum = 38;
    for (int i = 0; i < steps; ++i) {
        const auto place = static_cast<std::size_t>(style::kGrooveSteps - steps + i);
        const Ticks at = result.from + kSixteenth * i;
        std::vector<double> weights;
        std::vector<const style::TrainedLane*> hands;
        double any = 0;
        for (const style::TrainedLane& lane : trained.fill_lanes) {
            const int pitch = style::lane_pitch(lane.lane);
            const bool hand = lane.lane == "snare" || lane.lane.starts_with("tom");
            if (!hand || pitch < 0) continue;
            // Hands travel down the kit: a drum higher than the last one is half as likely.
            const bool up = lane.lane != "snare" && last_drum != 38 && pitch > last_drum;
            weights.push_back(lane.hit[place] * (up ? 0.5 : pitch == last_drum ? 1.3 : 1.0));
            hands.push_back(&lane);
            any += lane.hit[place];
        }
        const bool strikes = chance.happens(std::clamp(any * 1.3, i % 4 == 0 ? 0.8 : 0.3, 0.95));
        const double luck = chance.uniform();
        if (strikes && any > 0) {
            const std::size_t which = chance.pick(weights);
            const double mean = hands[which]->velocity[place] > 0 ? hands[which]->velocity[place] : 0.7;
            last_drum = style::lane_pitch(hands[which]->lane);
            result.strokes.push_back({at, kSixteenth, last_drum,
                                      std::clamp(mean + 0.12 * (luck - 0.5) + 0.08 * i / steps, 0.25, 1.0)});
        }
        if (i % 4 == 0) result.strokes.push_back({at, kSixteenth, 36, 0.75});
    }
    return result;
}

// A machine's roll: eighths, then sixteenths, ever louder.
FillInBar roll(const BarView& bar, bool with_clap) {
    FillInBar result{bar.length, {}};
    const Ticks step = bar.build > 0.49 ? kSixteenth : base::kEighth;
    for (Ticks at{0}; at < bar.length; at += step) {
        const double through = static_cast<double>(at.value) / static_cast<double>(bar.length.value);
        result.strokes.push_back(
            {at, step, with_clap && bar.build < 0.5 ? 39 : 38, 0.35 + 0.45 * bar.build + 0.2 * through});
    }
    return result;
}

}  // namespace

FillInBar choose_fill(const Scene& scene, const Player& player, const BarView& bar) {
    const FillInBar none{bar.length, {}};
    const style::BandStyle& book = *player.book;
    if (bar.role == BarRole::build && book.loops) return roll(bar, true);
    const bool big = bar.role == BarRole::big_fill || (bar.role == BarRole::build && bar.build > 0.99);
    if (!big && bar.role != BarRole::small_fill && bar.role != BarRole::pickup) return none;
    const FillSize size = big ? FillSize::big : FillSize::small;

    base::Chance chance = scene.own(base::Stream::fills, bar, 0);
    const bool recorded = chance.happens(book.trained_weight * 0.35);
    if (recorded && book.trained != nullptr && !book.trained->fill_lanes.empty() &&
        scene.score.metre.denominator == 4)
        return from_recorded(*book.trained, bar, size, chance);
    std::vector<const style::Fill*> able;
    std::vector<double> weights;
    for (const style::Fill& fill : book.fills) {
        if (fill.part != player.manner.part || fill.size != size) continue;
        const bool fits = bar.intensity >= fill.energy_low && bar.intensity <= fill.energy_high;
        able.push_back(&fill);
        weights.push_back(fill.weight * (fits ? 1.0 : 0.01));
    }
    if (able.empty()) return none;
    FillInBar fill = from_vocabulary(scene, bar, *able[chance.pick(weights)], chance);
    // After a roll that grew through the whole build its last bar must not begin softly.
    if (book.loops && bar.kind == music::SectionKind::build)
        for (auto& stroke : fill.strokes) stroke.velocity = std::min(1.0, 0.55 + 0.45 * stroke.velocity);
    return fill;
}

}  // namespace mmx::compose
