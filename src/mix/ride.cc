#include "mix/ride.h"

#include <algorithm>

#include "base/maths.h"
#include "mix/mix.h"
#include "mix/vocals.h"

namespace mmx::mix {
namespace {

constexpr double kMostRideDb = 10;  // noise and room come up as well

double power_of(double db) {
    return base::exp2(db * 0.33219280948873623);
}

// Power of a part in each bar, in no unit. Over the twelve genres a stem's power follows the fourth power of
// velocity (2 dB rms; the square errs by 3).
std::vector<double> effort(const music::Score& score, const music::Part& part) {
    const bool struck = part.role == music::Role::drums || part.role == music::Role::percussion;
    std::vector<double> bars(score.bars.size(), 0.0);
    for (const music::Note& note : part.notes) {
        const auto index = static_cast<std::size_t>(score.bar_at(note.start));
        const double squared = static_cast<double>(note.velocity) * note.velocity;
        const double bar = static_cast<double>(score.bars[index].length.value);
        // Held notes go on into the next bars.
        double left = struck ? 0.1 : 0.05 + static_cast<double>(note.length.value) / bar;
        for (std::size_t b = index; b < bars.size() && left > 0; ++b, left -= 1)
            bars[b] += squared * squared * std::min(left, 1.0);
    }
    return bars;
}

double busiest_mean(const std::vector<double>& bars, std::size_t count) {
    double here = 0, best = 0;
    for (std::size_t bar = 0; bar < bars.size(); ++bar) {
        here += bars[bar];
        if (bar >= count) here -= bars[bar - count];
        best = std::max(best, here);
    }
    return best / static_cast<double>(std::min(count, bars.size()));
}

// The first note, in a section's last bar, of a part that was silent in the section until then.
base::Ticks first_newcomer(const music::Score& score, base::Ticks start, base::Ticks last_bar,
                           base::Ticks end) {
    base::Ticks first = end;
    for (const music::Part& part : score.parts) {
        if (part.role == music::Role::effects) continue;
        base::Ticks entry = end;
        for (const music::Note& note : part.notes)
            if (note.start >= start && note.start < entry) entry = note.start;
        if (entry >= last_bar) first = std::min(first, entry);
    }
    return first;
}

}  // namespace

std::vector<Ride> ride(const music::Score& score, const Console& console) {
    std::vector<Ride> rides(score.sections.size());
    const style::AutomationStyle& style = console.automation;
    if (score.bars.empty() || style.ride <= 0) return rides;
    const double bar_seconds = std::max(score.tempo.to_seconds(score.bars[0].length).value, 0.1);
    const auto count = static_cast<std::size_t>(kSoundCheckSeconds / bar_seconds) + 1;
    std::vector<double> power(score.bars.size(), 0.0);
    for (std::size_t p = 0; p < score.parts.size(); ++p) {
        if (score.parts[p].role == music::Role::effects) continue;
        const std::vector<double> bars = effort(score, score.parts[p]);
        const double full = busiest_mean(bars, count);
        if (full <= 0) continue;
        for (std::size_t b = 0; b < bars.size(); ++b)
            power[b] += power_of(console.channels[p].target_lufs) * bars[b] / full;
    }
    for (std::size_t v = 0; v < score.vocals.size(); ++v) {
        const std::vector<double> bars = effort(score, as_part(score.vocals[v]));
        const double full = busiest_mean(bars, count);
        if (full <= 0) continue;
        for (std::size_t b = 0; b < bars.size(); ++b)
            power[b] += power_of(console.channels[score.parts.size() + v].target_lufs) * bars[b] / full;
    }
    // A last bar is left out of a longer section: it may hold the next one's fill.
    const auto mean = [&](const music::Section& section) {
        double sum = 0, bars = 0;
        for (int b = 0; b < std::max(section.bars - 1, 1); ++b) {
            const auto bar = static_cast<std::size_t>(section.first_bar + b);
            if (bar < power.size()) sum += power[bar], bars += 1;
        }
        return bars > 0 ? sum / bars : 0;
    };
    double fullest = 0;
    for (const music::Section& section : score.sections) fullest = std::max(fullest, mean(section));
    if (fullest <= 0) return rides;
    for (std::size_t s = 0; s < score.sections.size(); ++s) {
        const music::Section& section = score.sections[s];
        const double below = 10 * base::log10(fullest / std::max(mean(section), fullest * 1e-6));
        rides[s].db = std::clamp((below - style.ride_from_db) * style.ride, 0.0, kMostRideDb);
        const auto last = static_cast<std::size_t>(section.first_bar + std::max(section.bars - 1, 0));
        if (last >= score.bars.size()) continue;
        const music::Bar& bar = score.bars[last];
        rides[s].until = first_newcomer(score, score.bars[static_cast<std::size_t>(section.first_bar)].start,
                                        bar.start, bar.start + bar.length);
    }
    return rides;
}

}  // namespace mmx::mix
