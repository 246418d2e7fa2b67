#include "compose/line.h"

#include <algorithm>
#include <array>
#include <limits>

namespace mmx::compose {
namespace {

using base::Ticks;

bool is_step(int semitones) {
    return std::abs(semitones) <= 2;
}

// How hard an interval is to sing, whatever the scale: nats on top of what was counted in scale steps.
double awkwardness(int semitones) {
    constexpr std::array<double, 13> kCost = {0, 0, 0, 0.05, 0.1, 0.3, 2.2, 0.6, 1.5, 1.6, 2.8, 3.5, 1.3};
    const int size = std::abs(semitones);
    return size > 12 ? 6.0 + size : kCost[static_cast<std::size_t>(size)];
}

struct Place {
    const music::ChordEvent* chord = nullptr;
    const music::ChordEvent* struck = nullptr;  // the chord under the onset
    music::Key key;
    int strength = 0;
    double beats = 1;
    std::vector<int> pitches;
    std::vector<double> costs;
    std::vector<bool> chord_tones;
    std::vector<int> degrees;  // for counting scale steps
};

// The notes a melody may use here.
bool offered(const Place& place, int pitch) {
    const int above = ((pitch - place.key.tonic) % 12 + 12) % 12;
    if (place.chord != nullptr && place.chord->chord.contains(pitch) && !place.key.contains(pitch))
        return true;
    if (!place.key.contains(pitch)) return false;
    // A scale note a semitone beside an altered chord tone is its false relation.
    if (place.chord != nullptr && !place.chord->chord.contains(pitch))
        for (const int side : {-1, 1})
            if (place.chord->chord.contains(pitch + side) && !place.key.contains(pitch + side))
                return above == 0;
    return true;
}

double note_cost(const Draft& draft, const Place& place, int pitch, const LineTaste& taste) {
    const int above = ((pitch - place.key.tonic) % 12 + 12) % 12;
    const bool chord_tone = place.chord != nullptr && place.chord->chord.contains(pitch);
    double cost = draft.pull * 0.32 * std::abs(pitch - draft.target);
    if (place.chord != nullptr && !chord_tone) {
        cost += place.strength >= 3 ? 3.0 : place.strength == 2 ? 1.6 : place.strength == 1 ? 0.7 : 0.1;
        if (place.beats >= 1) cost += 0.8 * std::min(place.beats, 3.0);
    }
    if (place.struck != nullptr && place.struck != place.chord && !place.struck->chord.contains(pitch))
        cost += 0.5;
    if (!place.key.contains(pitch)) cost += 0.8;
    // Notes that tell the key: the tonic, then the fifth and the third; more so when they last.
    const double lasting = (place.strength >= 2 ? 0.3 : 0.1) + 0.45 * std::min(place.beats, 2.5);
    if (above == 0) cost -= 0.45 * taste.tonic * lasting;
    if (above == 7) cost -= 0.25 * taste.tonic * lasting;
    if (above == 3 || above == 4) cost -= 0.15 * taste.tonic * lasting;
    const bool minor = music::facts(place.key.mode).minor_third;
    const bool outside_five =
        minor ? above == 2 || above == 8 || above == 9 : above == 5 || above == 11 || above == 6;
    if (outside_five) cost += taste.pentatonic * (chord_tone ? 0.4 : 1.6);
    switch (draft.rest) {
        case Rest::none:
            break;
        case Rest::open:
            cost += chord_tone ? (above == 0 ? 1.5 : 0) : 4;
            break;
        case Rest::closed:
            cost += above == 0 ? -1.6 : above == 3 || above == 4 ? -0.8 : chord_tone ? 1.0 : 5;
            break;
        case Rest::final:
            cost += above == 0 ? -6 : 6;
            break;
    }
    return cost;
}

int scale_degree(const music::Key& key, int pitch) {
    // In the parent's seven notes, so that pentatonic skips count as the small leaps they are.
    music::Key seven = key;
    seven.mode = music::facts(key.mode).parent;
    return seven.nearest_degree(pitch, key.tonic);
}

}  // namespace

const music::ChordEvent* heard_chord(const music::Score& score, Ticks start, Ticks length) {
    const music::ChordEvent* at_start = score.chord_at(start);
    const music::ChordEvent* at_middle = score.chord_at(start + length / 2);
    return at_middle != nullptr ? at_middle : at_start;
}

bool same_harmony(const music::Score& score, const Draft& a, const Draft& b) {
    const auto alike = [](const music::ChordEvent* x, const music::ChordEvent* y) {
        return x == y || (x != nullptr && y != nullptr && x->chord == y->chord);
    };
    return alike(score.chord_at(a.start), score.chord_at(b.start)) &&
           alike(heard_chord(score, a.start, a.length), heard_chord(score, b.start, b.length)) &&
           score.section_at(a.start).key == score.section_at(b.start).key;
}

void keep_or_lean(const music::Score& score, Draft& draft, const Draft& model) {
    draft.target = model.pitch;
    draft.pull = 3.5;
    draft.pitch = same_harmony(score, draft, model) ? model.pitch : 0;
}

void fit_pitches(std::vector<Draft>& drafts, const music::Score& score, const Knowledge& knowledge,
                 const LineTaste& taste, base::Chance& chance) {
    if (drafts.empty()) return;
    const std::size_t count = drafts.size();
    std::vector<Place> places(count);
    for (std::size_t i = 0; i < count; ++i) {
        const Draft& draft = drafts[i];
        Place& place = places[i];
        place.chord = heard_chord(score, draft.start, draft.length);
        place.struck = score.chord_at(draft.start);
        place.key = score.section_at(draft.start).key.value_or(music::Key{});
        const int bar = score.bar_at(draft.start);
        place.strength = score.metre.strength(draft.start - score.bars[static_cast<std::size_t>(bar)].start);
        place.beats = static_cast<double>(draft.length.value) / static_cast<double>(score.metre.beat().value);
        for (int pitch = taste.low; pitch <= taste.high; ++pitch) {
            if (draft.pitch != 0 ? pitch != draft.pitch : !offered(place, pitch)) continue;
            place.pitches.push_back(pitch);
            place.costs.push_back(note_cost(draft, place, pitch, taste) - taste.noise * chance.uniform());
            place.chord_tones.push_back(place.chord == nullptr || place.chord->chord.contains(pitch));
            place.degrees.push_back(scale_degree(place.key, pitch));
        }
        if (place.pitches.empty()) {  // a kept pitch outside the range, or a range too small for the scale
            const int pitch = draft.pitch != 0
                                  ? draft.pitch
                                  : std::clamp(static_cast<int>(draft.target), taste.low, taste.high);
            place.pitches.push_back(pitch);
            place.costs.push_back(0);
            place.chord_tones.push_back(true);
            place.degrees.push_back(scale_degree(place.key, pitch));
        }
    }

    const auto move_cost = [&](std::size_t i, std::size_t a, std::size_t b, int before_semitones,
                               int before_steps, bool before_was_dissonant) {
        const Place& from = places[i - 1];
        const Place& to = places[i];
        const int semitones = to.pitches[b] - from.pitches[a];
        const int steps = to.degrees[b] - from.degrees[a];
        const bool free = drafts[i].begins;
        double cost = free ? 0.08 * std::abs(semitones) : awkwardness(semitones);
        if (!free) {
            const MelodyContext context{to.strength, to.beats >= 1, before_steps};
            cost -= 0.45 * knowledge.melody_step(context, steps);
        }
        // Dissonances resolve by step, and are reached by step or from a chord tone near by.
        if (!from.chord_tones[a] && !is_step(semitones)) cost += free ? 1.0 : 2.6;
        if (!to.chord_tones[b] && std::abs(semitones) > 4) cost += 1.6;
        if (!from.chord_tones[a] && !to.chord_tones[b] && before_was_dissonant) cost += 0.8;
        if (std::abs(before_semitones) >= 5 && semitones * before_semitones > 0)
            cost += std::abs(semitones) > 2 ? 2.5 : 0.8;
        // The same note a third time is a stammer, unless the words ask for it.
        if (semitones == 0 && before_semitones == 0 && !free && before_steps == 0 && i >= 2) cost += 1.9;
        return cost;
    };

    // best[i][a][b]: cheapest way to have pitch a at i-1 and b at i.
    constexpr double kFar = std::numeric_limits<double>::max() / 4;
    std::vector<std::vector<double>> cost(count);
    std::vector<std::vector<std::size_t>> from(count);
    const auto size = [&](std::size_t i) { return places[i].pitches.size(); };
    if (count == 1) {
        const auto best = std::ranges::min_element(places[0].costs);
        drafts[0].pitch = places[0].pitches[static_cast<std::size_t>(best - places[0].costs.begin())];
        return;
    }
    cost[1].assign(size(0) * size(1), kFar);
    for (std::size_t a = 0; a < size(0); ++a)
        for (std::size_t b = 0; b < size(1); ++b)
            cost[1][a * size(1) + b] =
                places[0].costs[a] + places[1].costs[b] + move_cost(1, a, b, 0, 0, false);
    for (std::size_t i = 2; i < count; ++i) {
        cost[i].assign(size(i - 1) * size(i), kFar);
        from[i].assign(size(i - 1) * size(i), 0);
        for (std::size_t a = 0; a < size(i - 1); ++a)
            for (std::size_t b = 0; b < size(i); ++b) {
                double best = kFar;
                std::size_t best_from = 0;
                for (std::size_t z = 0; z < size(i - 2); ++z) {
                    const bool fresh = drafts[i - 1].begins;
                    const int before = fresh ? 99 : places[i - 1].pitches[a] - places[i - 2].pitches[z];
                    const int before_steps = fresh ? 0 : places[i - 1].degrees[a] - places[i - 2].degrees[z];
                    const double way =
                        cost[i - 1][z * size(i - 1) + a] +
                        move_cost(i, a, b, fresh ? 0 : before, before_steps, !places[i - 2].chord_tones[z]);
                    if (way < best) {
                        best = way;
                        best_from = z;
                    }
                }
                cost[i][a * size(i) + b] = best + places[i].costs[b];
                from[i][a * size(i) + b] = best_from;
            }
    }
    const auto last = std::ranges::min_element(cost[count - 1]);
    auto index = static_cast<std::size_t>(last - cost[count - 1].begin());
    std::size_t b = index % size(count - 1), a = index / size(count - 1);
    for (std::size_t i = count - 1; i >= 1; --i) {
        drafts[i].pitch = places[i].pitches[b];
        if (i == 1) {
            drafts[0].pitch = places[0].pitches[a];
            break;
        }
        const std::size_t z = from[i][a * size(i) + b];
        b = a;
        a = z;
    }
}

}  // namespace mmx::compose
