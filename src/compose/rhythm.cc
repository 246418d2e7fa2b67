#include "compose/rhythm.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/data_files.h"
#include "base/maths.h"

namespace mmx::compose {
namespace {

using base::Chance;
using base::Ticks;

// How one pulse may be struck. Places are 48ths of a quarter: 12 is a sixteenth.
struct RhythmCell {
    std::array<int, 4> places;
    int count;
    double weight;
    enum Kind { plain, syncopated, sixteenth, triplet } kind;
};
constexpr RhythmCell kQuarterCells[] = {
    {{}, 0, 0.9, RhythmCell::plain},
    {{0}, 1, 3.0, RhythmCell::plain},
    {{0, 24}, 2, 2.6, RhythmCell::plain},
    {{24}, 1, 1.2, RhythmCell::syncopated},
    {{0, 36}, 2, 1.0, RhythmCell::sixteenth},
    {{0, 24, 36}, 3, 1.0, RhythmCell::sixteenth},
    {{0, 12, 24}, 3, 0.6, RhythmCell::sixteenth},
    {{0, 12, 24, 36}, 4, 0.5, RhythmCell::sixteenth},
    {{12, 36}, 2, 0.2, RhythmCell::sixteenth},
    {{0, 16, 32}, 3, 1.5, RhythmCell::triplet},
};
constexpr RhythmCell kDottedCells[] = {
    {{}, 0, 0.5, RhythmCell::plain},
    {{0}, 1, 2.6, RhythmCell::plain},
    {{0, 48}, 2, 2.4, RhythmCell::plain},
    {{0, 24, 48}, 3, 1.6, RhythmCell::plain},
    {{0, 24}, 2, 0.8, RhythmCell::syncopated},
    {{48}, 1, 0.7, RhythmCell::syncopated},
    {{24, 48}, 2, 0.6, RhythmCell::syncopated},
    {{0, 36, 48}, 3, 0.8, RhythmCell::sixteenth},
    {{0, 24, 48, 60}, 4, 0.5, RhythmCell::sixteenth},
};

double cell_weight(const RhythmCell& cell, const RhythmTaste& taste, double wanted) {
    double weight = cell.weight;
    if (cell.kind == RhythmCell::syncopated) weight *= 2.2 * taste.syncopation;
    if (cell.kind == RhythmCell::sixteenth) weight *= 2.0 * taste.sixteenths;
    if (cell.kind == RhythmCell::triplet) weight *= taste.triplets;
    const double miss = cell.count - wanted;
    return weight / (1.0 + 1.6 * miss * miss);
}

void set_lengths(Rhythm& rhythm, Ticks total, Ticks longest) {
    for (std::size_t i = 0; i < rhythm.size(); ++i) {
        const Ticks next = i + 1 < rhythm.size() ? rhythm[i + 1].at : total;
        rhythm[i].length = std::min(next - rhythm[i].at, longest);
    }
}

Rhythm draw(const music::Metre& metre, int bars, const RhythmTaste& taste, Chance& chance) {
    Rhythm rhythm;
    const auto pulses = metre.pulses();
    const double beat = static_cast<double>(metre.beat().value);
    double owed = 0;
    for (int bar = 0; bar < bars; ++bar)
        for (std::size_t i = 0; i < pulses.size(); ++i) {
            const Ticks start = metre.bar() * bar + pulses[i];
            const Ticks length = (i + 1 < pulses.size() ? pulses[i + 1] : metre.bar()) - pulses[i];
            const std::span<const RhythmCell> cells = length > base::kQuarter
                                                          ? std::span<const RhythmCell>(kDottedCells)
                                                          : std::span<const RhythmCell>(kQuarterCells);
            // What one pulse has too much the next has too little, so that the bar keeps its density. Beat
            // one speaks.
            const double wanted = taste.density * static_cast<double>(length.value) / beat + 0.6 * owed;
            std::vector<double> weights;
            for (const RhythmCell& cell : cells) {
                double weight = cell_weight(cell, taste, wanted);
                if (i == 0 && (cell.count == 0 || cell.places[0] != 0))
                    weight *= bar == 0 ? 0.15 + 0.5 * taste.syncopation : 0.5;
                weights.push_back(weight);
            }
            const RhythmCell& cell = cells[chance.pick(weights)];
            owed = std::clamp(wanted - cell.count, -1.5, 1.5);
            for (int k = 0; k < cell.count; ++k)
                rhythm.push_back({start + Ticks(cell.places[static_cast<std::size_t>(k)] * 20), Ticks(0)});
        }
    // Pushes: a note on a beat comes an eighth early and is tied over.
    for (std::size_t i = 1; i < rhythm.size(); ++i) {
        const bool on_beat = metre.strength(rhythm[i].at % metre.bar()) >= 1;
        const bool room = rhythm[i].at - rhythm[i - 1].at >= base::kQuarter;
        if (on_beat && room && chance.happens(0.4 * taste.syncopation * taste.syncopation))
            rhythm[i].at = rhythm[i].at - base::kEighth;
    }
    set_lengths(rhythm, metre.bar() * bars, metre.beat() * 3);
    // A breath within or after the figure: the longest note of its end gives it up.
    if (!rhythm.empty() && rhythm.back().length > metre.beat() && chance.happens(0.6))
        rhythm.back().length = metre.beat();
    return rhythm;
}

struct CountedBar {
    std::vector<int> places;  // sixteenths
    double weight;
};

// One-bar rhythms of hymns and old songs, by metre (data/trained).
const std::vector<CountedBar>& old_rhythms(const music::Metre& metre) {
    static const auto all = [] {
        std::map<std::string, std::vector<CountedBar>, std::less<>> read;
        std::string_view text = base::data_file("trained/melody_rhythms.tsv").value_or("");
        while (!text.empty()) {
            const std::string_view line = text.substr(0, text.find('\n'));
            text.remove_prefix(std::min(text.size(), line.size() + 1));
            const std::size_t first = line.find('\t'), second = line.rfind('\t');
            if (line.starts_with("#") || first == std::string_view::npos || second == first) continue;
            CountedBar bar;
            const std::string_view steps = line.substr(first + 1, second - first - 1);
            for (std::size_t i = 0; i < steps.size(); ++i)
                if (steps[i] == 'x') bar.places.push_back(static_cast<int>(i));
            int count = 0;
            std::from_chars(line.data() + second + 1, line.data() + line.size(), count);
            // The square root lets the rarer and livelier bars be heard among so many plain ones.
            bar.weight = base::sqrt(static_cast<double>(count));
            read[std::string(line.substr(0, first))].push_back(bar);
        }
        return read;
    }();
    static const std::vector<CountedBar> none;
    const auto found = all.find(metre.name());
    return found == all.end() ? none : found->second;
}

Rhythm draw_from_old(const music::Metre& metre, int bars, Chance& chance) {
    const auto& known = old_rhythms(metre);
    std::vector<double> weights;
    for (const CountedBar& bar : known) weights.push_back(bar.weight);
    Rhythm rhythm;
    for (int bar = 0; bar < bars; ++bar)
        for (const int place : known[chance.pick(weights)].places)
            rhythm.push_back({metre.bar() * bar + base::kSixteenth * place, Ticks(0)});
    set_lengths(rhythm, metre.bar() * bars, metre.beat() * 3);
    return rhythm;
}

double worth(const Rhythm& rhythm, const music::Metre& metre, int bars, const RhythmTaste& taste,
             const std::vector<Rhythm>& avoid) {
    const double beats =
        bars * static_cast<double>(metre.bar().value) / static_cast<double>(metre.beat().value);
    double score = -std::abs(static_cast<double>(rhythm.size()) / beats - taste.density) * 2.5;
    if (rhythm.size() < 2) return score - 5;
    std::vector<Ticks> lengths;
    for (const Onset& onset : rhythm) lengths.push_back(onset.length);
    std::ranges::sort(lengths);
    lengths.erase(std::unique(lengths.begin(), lengths.end()), lengths.end());
    // Two or three different lengths have a face; one is a drill, five are a stumble.
    score += lengths.size() == 1   ? -1.2
             : lengths.size() <= 3 ? 0.8
                                   : -0.3 * (static_cast<double>(lengths.size()) - 3);
    int beside = 0;
    for (const Onset& onset : rhythm) beside += metre.strength(onset.at % metre.bar()) == 0;
    const double share = static_cast<double>(beside) / static_cast<double>(rhythm.size());
    score -= 1.5 * std::max(0.0, share - 0.3 - 0.5 * taste.syncopation);
    // The last note of a figure is the one remembered: rather long.
    if (rhythm.back().length >= metre.beat()) score += 0.6;
    // The second bar answers the first: like it, but not the same.
    if (bars == 2) {
        const double same =
            likeness(bar_of(rhythm, metre.bar(), 0), bar_of(rhythm, metre.bar(), 1), metre.bar());
        score += same > 0.97 ? -0.2 : same > 0.7 ? 0.4 : 0;
    }
    for (const Rhythm& other : avoid)
        score -= 3.0 * std::max(0.0, likeness(rhythm, other, metre.bar() * bars) - 0.72);
    return score;
}

}  // namespace

double likeness(const Rhythm& a, const Rhythm& b, Ticks length) {
    const auto cells = static_cast<std::size_t>(length.value / base::kSixteenth.value);
    std::vector<char> first(cells, 0), second(cells, 0);
    const auto mark = [&](const Rhythm& rhythm, std::vector<char>& into) {
        for (const Onset& onset : rhythm)
            if (const auto cell = static_cast<std::size_t>(onset.at.value / base::kSixteenth.value);
                cell < cells)
                into[cell] = 1;
    };
    mark(a, first);
    mark(b, second);
    std::size_t agree = 0;
    for (std::size_t i = 0; i < cells; ++i) agree += first[i] == second[i];
    return cells == 0 ? 1.0 : static_cast<double>(agree) / static_cast<double>(cells);
}

Rhythm bar_of(const Rhythm& rhythm, Ticks bar, int index) {
    Rhythm part;
    for (const Onset& onset : rhythm)
        if (onset.at >= bar * index && onset.at < bar * (index + 1)) {
            const Ticks at = onset.at - bar * index;
            part.push_back({at, std::min(onset.length, bar - at)});
        }
    return part;
}

Rhythm compose_rhythm(const music::Metre& metre, int bars, const RhythmTaste& taste,
                      const std::vector<Rhythm>& avoid, Chance& chance) {
    Rhythm best;
    double best_score = -1e9;
    for (int i = 0; i < 10; ++i) {
        // Old songs teach straight styles; syncopated ones have their own feet.
        const bool old = !old_rhythms(metre).empty() && chance.happens(0.35 * (1.0 - taste.syncopation));
        Rhythm rhythm = old ? draw_from_old(metre, bars, chance) : draw(metre, bars, taste, chance);
        const double score = worth(rhythm, metre, bars, taste, avoid);
        if (score > best_score) {
            best_score = score;
            best = std::move(rhythm);
        }
    }
    return best;
}

Rhythm cadence_rhythm(const music::Metre& metre, const RhythmTaste& taste, double rest, Chance& chance) {
    const auto pulses = metre.pulses();
    // Where the long note falls: on the bar line, or on the middle pulse after a few leading notes.
    std::vector<Ticks> middles;
    for (const Ticks pulse : pulses)
        if (pulse.value > 0 && pulse * 3 <= metre.bar() * 2 && metre.strength(pulse) >= 1)
            middles.push_back(pulse);
    const bool leads = !middles.empty() && chance.happens(0.25 + 0.15 * taste.density);
    const Ticks goal =
        leads ? middles[static_cast<std::size_t>(chance.integer(0, static_cast<int>(middles.size()) - 1))]
              : Ticks(0);
    Rhythm rhythm;
    if (goal.value > 0) {
        RhythmTaste calm = taste;
        calm.syncopation *= 0.5;
        for (const Onset& onset : draw(metre, 1, calm, chance))
            if (onset.at < goal) rhythm.push_back(onset);
        if (rhythm.empty()) rhythm.push_back({Ticks(0), Ticks(0)});
    }
    rhythm.push_back({goal, Ticks(0)});
    const double breath = std::clamp(rest * 1.6, 0.1, 0.6);
    const auto keep =
        static_cast<std::int64_t>(static_cast<double>((metre.bar() - goal).value) * (1.0 - breath));
    // Whole eighths, and never less than a beat.
    const Ticks held = std::max(Ticks(keep / 480 * 480), std::min(metre.beat(), metre.bar() - goal));
    set_lengths(rhythm, goal + held, metre.bar());
    return rhythm;
}

void fit_onset_count(Rhythm& rhythm, int onsets, Ticks finest) {
    while (static_cast<int>(rhythm.size()) < onsets) {
        auto longest = std::ranges::max_element(rhythm, {}, &Onset::length);
        if (longest == rhythm.end() || longest->length < finest * 2) return;
        // An uneven split keeps to the eighth grid: 3 = 2 + 1.
        const Ticks half = Ticks(longest->length.value / 2 / finest.value * finest.value);
        const Onset added{longest->at + (longest->length - half), half};
        longest->length = longest->length - half;
        rhythm.insert(longest + 1, added);
    }
    while (static_cast<int>(rhythm.size()) > std::max(onsets, 1)) {
        // Joins the shortest neighbour pair.
        std::size_t at = 0;
        Ticks least{1LL << 40};
        for (std::size_t i = 0; i + 1 < rhythm.size(); ++i) {
            const Ticks sum = rhythm[i].length + rhythm[i + 1].length;
            if (sum < least) {
                least = sum;
                at = i;
            }
        }
        rhythm[at].length = rhythm[at + 1].at + rhythm[at + 1].length - rhythm[at].at;
        rhythm.erase(rhythm.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
}

}  // namespace mmx::compose
