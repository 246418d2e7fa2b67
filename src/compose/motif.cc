#include "compose/motif.h"

#include <algorithm>
#include <array>

#include "base/maths.h"

namespace mmx::compose {
namespace {

using base::Chance;

std::vector<int> draw_contour(const Rhythm& rhythm, const music::Metre& metre, const Knowledge& knowledge,
                              Chance& chance) {
    constexpr int kReach = 5;
    std::vector<int> steps{0};
    int before = 0;
    for (std::size_t i = 1; i < rhythm.size(); ++i) {
        const MelodyContext context{metre.strength(rhythm[i].at % metre.bar()),
                                    rhythm[i].length >= metre.beat(), before};
        std::array<double, 2 * kReach + 1> weights{};
        for (int step = -kReach; step <= kReach; ++step) {
            double weight = base::exp(knowledge.melody_step(context, step));
            const int place = steps.back() + step;
            if (place > 6 || place < -5) weight *= 0.05;
            // A leap is answered in the other direction.
            if (std::abs(before) >= 3 && step * before > 0) weight *= 0.15;
            weights[static_cast<std::size_t>(step + kReach)] = weight;
        }
        before = static_cast<int>(chance.pick(weights)) - kReach;
        steps.push_back(steps.back() + before);
    }
    return steps;
}

double worth(const Motif& motif, const std::vector<Motif>& others, base::Ticks length) {
    const auto [low, high] = std::ranges::minmax_element(motif.steps);
    const int range = *high - *low;
    double score = range < 2 ? -2.5 : range <= 6 ? 0.8 : -0.4 * (range - 6);
    int turns = 0, leaps = 0, repeats = 0, run = 0, direction = 0;
    for (std::size_t i = 1; i < motif.steps.size(); ++i) {
        const int step = motif.steps[i] - motif.steps[i - 1];
        if (step == 0) ++repeats;
        if (std::abs(step) >= 2) ++leaps;
        if (step * direction < 0) {
            ++turns;
            run = 0;
        }
        if (step != 0) direction = step;
        if (++run > 5) score -= 0.4;  // a scale is no tune
    }
    const double count = static_cast<double>(std::max<std::size_t>(motif.steps.size() - 1, 1));
    // One leap gives a figure its face, many make it hard to sing.
    score += leaps == 0 ? -0.5 : leaps <= 2 ? 0.7 : -0.4 * (leaps - 2);
    score -= 2.5 * std::max(0.0, repeats / count - 0.4);
    score += turns == 0 ? -0.4 : turns <= 4 ? 0.4 : -0.25 * (turns - 4);
    // One summit only.
    score += std::ranges::count(motif.steps, *high) == 1 ? 0.4 : 0;
    for (const Motif& other : others) {
        double alike = likeness(motif.rhythm, other.rhythm, length);
        std::size_t same = 0;
        const std::size_t both = std::min(motif.steps.size(), other.steps.size());
        for (std::size_t i = 1; i < both; ++i)
            same += motif.steps[i] - motif.steps[i - 1] == other.steps[i] - other.steps[i - 1];
        if (both > 1) alike += 0.8 * static_cast<double>(same) / static_cast<double>(both - 1);
        score -= 1.5 * std::max(0.0, alike - 0.9);
    }
    return score;
}

}  // namespace

Motif compose_motif(const music::Metre& metre, int bars, const RhythmTaste& taste, const Knowledge& knowledge,
                    const std::vector<Motif>& others, Chance& chance) {
    std::vector<Rhythm> avoid;
    for (const Motif& other : others) avoid.push_back(other.rhythm);
    Motif best;
    double best_score = -1e9;
    for (int i = 0; i < 14; ++i) {
        Motif motif;
        motif.bars = bars;
        motif.rhythm = compose_rhythm(metre, bars, taste, avoid, chance);
        motif.steps = draw_contour(motif.rhythm, metre, knowledge, chance);
        const double score = worth(motif, others, metre.bar() * bars) + chance.uniform(0, 0.6);
        if (score > best_score) {
            best_score = score;
            best = std::move(motif);
        }
    }
    return best;
}

Motif developed(const Motif& motif, Development how) {
    Motif next = motif;
    const int shift = how == Development::up ? 1 : how == Development::down ? -1 : 0;
    for (int& step : next.steps) {
        if (how == Development::inverted) step = -step;
        // Opened: every interval a little wider, as an answer that insists.
        if (how == Development::opened) step = step + (step > 0 ? 1 : step < 0 ? -1 : 0);
        step += shift;
    }
    return next;
}

}  // namespace mmx::compose
