#include <algorithm>
#include <numeric>

#include "mix/mix.h"
#include "mix/vocals.h"

namespace mmx::mix {
namespace {

// Bars that fill the sound check.
std::size_t excerpt_bars(const music::Score& score) {
    const double bar_seconds = std::max(score.tempo.to_seconds(score.bars[0].length).value, 0.1);
    std::size_t count = 1;
    while (count < score.bars.size() && static_cast<double>(count) * bar_seconds < kSoundCheckSeconds)
        ++count;
    return count;
}

// Loudness of a part, bar by bar, in no unit: power times time.
std::vector<double> busyness(const music::Score& score, const music::Part& part) {
    std::vector<double> bars(score.bars.size(), 0.0);
    for (const music::Note& note : part.notes) {
        const music::Bar& bar = score.bars[static_cast<std::size_t>(score.bar_at(note.start))];
        const double length = static_cast<double>(std::min(note.length, bar.length).value) /
                              static_cast<double>(bar.length.value);
        // Struck sounds last a moment however long they are written.
        const double time =
            part.role == music::Role::drums || part.role == music::Role::percussion ? 0.1 : 0.05 + length;
        bars[static_cast<std::size_t>(score.bar_at(note.start))] += note.velocity * note.velocity * time;
    }
    return bars;
}

base::Ticks first_note(const music::SungLine& line) {
    for (const music::SungSyllable& syllable : line.syllables)
        if (!syllable.notes.empty()) return syllable.notes.front().start;
    return base::Ticks(-1);
}

struct Excerpt {
    std::size_t first_bar = 0;
    double busyness = -1;
};
Excerpt busiest(const std::vector<double>& bars, std::size_t count) {
    Excerpt best;
    double here = 0;
    for (std::size_t bar = 0; bar < bars.size(); ++bar) {
        here += bars[bar];
        if (bar >= count) here -= bars[bar - count];
        if (bar + 1 >= count && here > best.busyness + 1e-9) best = {bar + 1 - count, here};
    }
    return best;
}

}  // namespace

double activity(const music::Score& score, const music::Part& part) {
    if (score.bars.empty()) return 0;
    const std::vector<double> bars = busyness(score, part);
    const std::size_t count = excerpt_bars(score);
    const double most = busiest(bars, count).busyness / static_cast<double>(count);
    const double mean = std::accumulate(bars.begin(), bars.end(), 0.0) / static_cast<double>(bars.size());
    return most > 0 ? std::min(1.0, mean / most) : 0;
}

music::Score sound_check(const music::Score& score) {
    music::Score check = score;
    if (score.bars.empty()) return check;
    const std::size_t count = excerpt_bars(score);

    check.bars.assign(score.bars.begin(), score.bars.begin() + static_cast<std::ptrdiff_t>(count));
    for (music::Bar& bar : check.bars) bar.section = 0;
    // One section, full of energy: players who look at the form play out.
    music::Section section = *std::ranges::max_element(score.sections, {}, &music::Section::energy);
    section.first_bar = 0;
    section.bars = static_cast<int>(count);
    section.repeats = -1;
    check.sections = {section};
    check.end = check.bars.back().start + check.bars.back().length;
    check.tempo = music::TempoMap({{base::Ticks(0), score.tempo.changes().front().quarter_microseconds}});
    std::erase_if(check.chords, [&](const music::ChordEvent& chord) { return chord.start >= check.end; });
    for (music::ChordEvent& chord : check.chords) chord.section = 0;
    check.ending = music::Ending::cold;
    check.length = check.tempo.to_seconds(check.end) + base::Seconds(1);

    for (music::Part& part : check.parts) {
        const std::size_t first = busiest(busyness(score, part), count).first_bar;
        const base::Ticks from = score.bars[first].start;
        const base::Ticks to = score.bars[first + count - 1].start + score.bars[first + count - 1].length;
        std::erase_if(part.notes,
                      [&](const music::Note& note) { return note.start < from || note.start >= to; });
        for (music::Note& note : part.notes) note.start = note.start - from;
    }
    for (music::VocalPart& singer : check.vocals) {
        const std::size_t first = busiest(busyness(score, as_part(singer)), count).first_bar;
        const base::Ticks from = score.bars[first].start;
        const base::Ticks to = score.bars[first + count - 1].start + score.bars[first + count - 1].length;
        std::erase_if(singer.lines, [&](const music::SungLine& line) {
            const base::Ticks start = first_note(line);
            return start < from || start >= to;
        });
        for (music::SungLine& line : singer.lines)
            for (music::SungSyllable& syllable : line.syllables)
                for (music::SungNote& note : syllable.notes) note.start = note.start - from;
    }
    return check;
}

}  // namespace mmx::mix
