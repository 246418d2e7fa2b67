#include "compose/pattern.h"

#include <algorithm>

namespace mmx::compose {
namespace {

using base::kEighth;
using base::kQuarter;
using base::Ticks;

bool same_metre(const music::Metre& a, const music::Metre& b) {
    return a.numerator == b.numerator && a.denominator == b.denominator;
}

// Which beat (0-3) of a written 4/4 bar a group of an odd bar takes. A bar starts on a downbeat and ends on a
// backbeat; where the number of groups is odd one more downbeat stands before the last pair, so that
// kick, snare | kick, snare becomes kick, snare | kick, kick, snare and never two backbeats in a row.
std::vector<int> beats_for(int groups, int bar_number) {
    if (groups == 1) return {bar_number % 4};
    if (groups == 2) return bar_number % 2 == 0 ? std::vector{0, 1} : std::vector{2, 3};
    std::vector<int> beats;
    for (int left = groups; left > 0;) {
        const int first = beats.empty() ? 0 : 2;
        if (left == 3) {
            beats.insert(beats.end(), {first, 2, 3});
            break;
        }
        beats.insert(beats.end(), {first, first + 1});
        left -= 2;
    }
    return beats;
}

// The felt groups of the bar in eighths, 2 or 3 each (a single beat is 2).
std::vector<int> eighths_of_groups(const music::Metre& metre) {
    std::vector<int> groups;
    if (metre.denominator == 8) {
        for (int group : metre.groups)
            for (; group > 0;) {
                const int piece = group == 4 || group == 2 || group == 5 ? 2 : std::min(group, 3);
                groups.push_back(piece);
                group -= piece;
            }
    } else {
        groups.assign(static_cast<std::size_t>(metre.numerator), 2);
    }
    return groups;
}

// Beats of the written bar for each beat of a quarter metre: each of its groups goes by itself (5/4 is 3 +
// 2).
std::vector<int> beats_of_bar(const music::Metre& metre, int bar_number) {
    const bool grouped =
        metre.denominator == 4 && std::ranges::any_of(metre.groups, [](int g) { return g > 1; });
    if (!grouped) return beats_for(static_cast<int>(eighths_of_groups(metre).size()), bar_number);
    std::vector<int> beats;
    for (std::size_t i = 0; i < metre.groups.size(); ++i)
        for (const int beat : beats_for(metre.groups[i], static_cast<int>(i))) beats.push_back(beat);
    return beats;
}

struct Cell {
    std::string steps;
    Ticks step;
};

// A beat of the written bar, stretched from two eighths to three where the group is long.
Cell make_cell(std::string_view beat, int eighths, LongGroups long_groups) {
    const auto size = static_cast<int>(beat.size());
    if (eighths == 2) return {std::string(beat), kQuarter / size};
    if (eighths == 1)
        return {std::string(beat.substr(0, static_cast<std::size_t>((size + 1) / 2))),
                kEighth / ((size + 1) / 2)};
    if (size % 2 != 0) return {std::string(beat), kEighth * 3 / size};  // triplets become the three eighths
    const std::string_view first = beat.substr(0, beat.size() / 2), second = beat.substr(beat.size() / 2);
    const bool plays_on =
        second.front() != '.' && second.front() != '-' && first.front() != '.' && first.front() != '-';
    std::string middle(first.size(), second.front() == '-' || first.back() == '-' ? '-' : '.');
    if (long_groups == LongGroups::keep_time && plays_on) middle = std::string(second);
    return {std::string(first) + middle + std::string(second), kEighth / (size / 2)};
}

std::vector<Cell> cells_for(std::string_view text, const music::Metre& written, const music::Metre& metre,
                            int bar_number, LongGroups long_groups) {
    if (same_metre(written, metre))
        return {{std::string(text), metre.bar() / static_cast<std::int64_t>(text.size())}};
    const std::size_t beat_size = std::max<std::size_t>(1, text.size() / 4);
    std::vector<Cell> cells;
    const std::vector<int> groups = eighths_of_groups(metre), beats = beats_of_bar(metre, bar_number);
    for (std::size_t i = 0; i < groups.size(); ++i)
        cells.push_back(make_cell(text.substr(static_cast<std::size_t>(beats[i]) * beat_size, beat_size),
                                  groups[i], long_groups));
    return cells;
}

double fitness(const style::Fit& fit, std::string_view part, const music::Metre& metre,
               music::SectionKind kind, double energy, music::Feel feel) {
    if (fit.part != part) return 0;
    const bool native = same_metre(fit.metre, metre);
    if (!native && !(fit.metre.numerator == 4 && fit.metre.denominator == 4)) return 0;
    double weight = fit.weight * (native ? 1000.0 : 1.0);
    if (!fit.sections.empty()) {
        // Written for this kind of section: before the general ones.
        if (std::ranges::find(fit.sections, kind) == fit.sections.end())
            weight *= 1e-6;
        else
            weight *= 20.0;
    }
    if (energy < fit.energy_low - 1e-9 || energy > fit.energy_high + 1e-9) {
        const double miss = energy < fit.energy_low ? fit.energy_low - energy : energy - fit.energy_high;
        weight *= 1e-3 * (1.0 - miss) * (1.0 - miss) * (1.0 - miss) * (1.0 - miss);
    }
    if (!fit.any_feel) weight *= fit.feel == feel ? 100.0 : 1e-4;
    return weight;
}

template <class T>
const T* choose(const std::vector<T>& all, std::string_view part, const music::Metre& metre,
                music::SectionKind kind, double energy, music::Feel feel, double luck) {
    double best = 0;
    std::vector<double> weights;
    for (const T& one : all) {
        weights.push_back(fitness(one.fit, part, metre, kind, energy, feel));
        best = std::max(best, weights.back());
    }
    if (best <= 0) return nullptr;
    // Only those of the same class of fitness compete; the taste weights are within it.
    double total = 0;
    for (double& weight : weights) {
        if (weight < best * 0.02) weight = 0;
        total += weight;
    }
    double left = luck * total;
    const T* chosen = nullptr;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (weights[i] <= 0) continue;
        chosen = &all[i];
        if (left < weights[i]) break;
        left -= weights[i];
    }
    return chosen;
}

}  // namespace

std::vector<Step> lay_out(std::string_view bar_text, const music::Metre& written, const music::Metre& metre,
                          int bar_number, LongGroups long_groups) {
    std::vector<Step> steps;
    Ticks at{0};
    bool holding = false;
    for (const Cell& cell : cells_for(bar_text, written, metre, bar_number, long_groups))
        for (const char symbol : cell.steps) {
            if (symbol == '-') {
                if (holding) steps.back().length += cell.step;
            } else if (symbol == '.') {
                holding = false;
            } else {
                steps.push_back({at, cell.step, symbol});
                holding = true;
            }
            at += cell.step;
        }
    return steps;
}

const style::Pattern* choose_pattern(const std::vector<style::Pattern>& patterns, std::string_view part,
                                     const music::Metre& metre, music::SectionKind kind, double energy,
                                     music::Feel feel, double luck) {
    return choose(patterns, part, metre, kind, energy, feel, luck);
}

const style::GroovePattern* choose_groove(const std::vector<style::GroovePattern>& grooves,
                                          std::string_view part, const music::Metre& metre,
                                          music::SectionKind kind, double energy, music::Feel feel,
                                          double luck) {
    return choose(grooves, part, metre, kind, energy, feel, luck);
}

}  // namespace mmx::compose
