#include "compose/judge.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

#include "base/maths.h"
#include "compose/key_finding.h"

namespace mmx::compose {
namespace {

using base::Ticks;
using music::Note;
using music::SectionKind;

struct BarNotes {
    std::vector<std::array<std::int64_t, 3>> notes;  // place, length, pitch
    std::set<std::int64_t> grid;                     // struck sixteenths
    SectionKind kind = SectionKind::verse;
    bool empty() const { return notes.empty(); }
    std::vector<std::array<std::int64_t, 2>> rhythm() const {
        std::vector<std::array<std::int64_t, 2>> times;
        for (const auto& note : notes) times.push_back({note[0], note[1]});
        return times;
    }
};

std::vector<BarNotes> bars_of(const music::Score& score, const music::Part& lead) {
    std::vector<BarNotes> bars(score.bars.size());
    for (std::size_t b = 0; b < bars.size(); ++b)
        bars[b].kind = score.sections[static_cast<std::size_t>(score.bars[b].section)].kind;
    for (const Note& note : lead.notes) {
        const auto b = static_cast<std::size_t>(score.bar_at(note.start));
        const Ticks in_bar = note.start - score.bars[b].start;
        bars[b].notes.push_back({in_bar.value, note.length.value, note.pitch});
        bars[b].grid.insert(in_bar.value / base::kSixteenth.value);
    }
    return bars;
}

// Plain major and minor are told by their profile. A mode shares its notes with six others: its tonic is
// known by the profile or by where the music comes to rest.
// 0: beyond doubt, 1: another key is as likely. Chords that are played in rhythm are heard a little otherwise
// than they are written, so a bare lead is not enough.
double doubt_about_key(const music::Score& score, const std::array<double, 12>& sounding,
                       const music::Key& key) {
    constexpr double kSure = 0.12;
    const bool plain = key.mode == music::Mode::major || key.mode == music::Mode::minor ||
                       key.mode == music::Mode::harmonic_minor;
    const music::Chord& last = score.chords.back().chord;
    if (!plain && (last.root == key.tonic || last.bass == key.tonic)) return 0;
    return std::clamp((kSure - key_margin(sounding, key)) / kSure, 0.0, 1.0);
}

double share(double part, double whole, double otherwise) {
    return whole > 0 ? part / whole : otherwise;
}

}  // namespace

Measures measure(const music::Score& score) {
    Measures m;
    const auto lead = std::ranges::find(score.parts, music::Role::lead, &music::Part::role);
    if (score.chords.empty() || score.sections.empty() || !score.sections.front().key) return m;
    const music::Key key = *score.sections.front().key;

    std::array<double, 12> sounding{}, classes{};
    std::set<std::pair<int, int>> chords;
    for (const music::ChordEvent& event : score.chords) {
        chords.insert({event.chord.root, static_cast<int>(event.chord.quality)});
        for (const int interval : event.chord.intervals())
            // The band says the same notes in many places; the tune says them once, in front.
            sounding[static_cast<std::size_t>((event.chord.root + interval) % 12)] +=
                0.4 * static_cast<double>(event.length.value) / 960.0;
    }
    m.distinct_chords = static_cast<int>(chords.size());
    if (lead == score.parts.end() || lead->notes.empty()) {
        m.key_doubt = doubt_about_key(score, sounding, key);
        return m;
    }

    double total = 0, in_chord = 0, in_key = 0, downbeats = 0, good_downbeats = 0;
    double small = 0, wide = 0, same = 0, intervals = 0;
    const Note* before = nullptr;
    for (const Note& note : lead->notes) {
        const double length = static_cast<double>(note.length.value) / 960.0;
        const auto pitch_class = static_cast<std::size_t>(note.pitch % 12);
        const music::ChordEvent* chord = score.chord_at(note.start);
        const bool fits = chord != nullptr && chord->chord.contains(note.pitch);
        total += length;
        classes[pitch_class] += length;
        sounding[pitch_class] += length;
        if (fits) in_chord += length;
        if (score.section_at(note.start).key.value_or(key).contains(note.pitch)) in_key += length;
        if (note.start == score.bars[static_cast<std::size_t>(score.bar_at(note.start))].start) {
            ++downbeats;
            if (fits) ++good_downbeats;
        }
        if (before != nullptr) {
            const int size = std::abs(note.pitch - before->pitch);
            ++intervals;
            if (size <= 2) ++small;
            if (size > 7) ++wide;
            if (size == 0) ++same;
        }
        before = &note;
    }
    m.notes = static_cast<int>(lead->notes.size());
    const auto [lowest, highest] = std::ranges::minmax(lead->notes, {}, &Note::pitch);
    m.range = highest.pitch - lowest.pitch;
    m.chord_tones = share(in_chord, total, 1);
    m.diatonic = share(in_key, total, 1);
    m.downbeat_chord_tones = share(good_downbeats, downbeats, 1);
    m.small_intervals = share(small, intervals, m.small_intervals);
    m.wide_leaps = share(wide, intervals, 0);
    m.repeated_notes = share(same, intervals, 0);
    m.entropy = 0;
    for (const double weight : classes)
        if (weight > 0) m.entropy -= weight / total * base::log2(weight / total);
    m.key_doubt = doubt_about_key(score, sounding, key);

    const auto bars = bars_of(score, *lead);
    std::set<std::vector<std::array<std::int64_t, 3>>> seen, chorus_bars;
    std::set<std::vector<std::array<std::int64_t, 2>>> rhythms;
    double filled = 0, exact = 0, rhythm = 0, pairs = 0, alike = 0;
    const double places = static_cast<double>(score.metre.bar().value / base::kSixteenth.value);
    for (std::size_t b = 0; b < bars.size(); ++b) {
        if (bars[b].empty()) continue;
        ++filled;
        if (!seen.insert(bars[b].notes).second) ++exact;
        if (!rhythms.insert(bars[b].rhythm()).second) ++rhythm;
        if (bars[b].kind == SectionKind::chorus || bars[b].kind == SectionKind::drop)
            chorus_bars.insert(bars[b].notes);
        if (b > 0 && !bars[b - 1].empty()) {
            std::size_t both = 0;
            for (const std::int64_t cell : bars[b].grid) both += bars[b - 1].grid.contains(cell);
            const double differ =
                static_cast<double>(bars[b].grid.size() + bars[b - 1].grid.size() - 2 * both);
            ++pairs;
            alike += 1.0 - differ / places;
        }
    }
    m.exact_bars = share(exact, filled, m.exact_bars);
    m.rhythm_bars = share(rhythm, filled, m.rhythm_bars);
    m.groove = share(alike, pairs, m.groove);

    double verse = 0, verse_matches = 0;
    std::array<double, 2> pitch{}, count{}, sections_bars{};
    for (const BarNotes& bar : bars) {
        const bool chorus = bar.kind == SectionKind::chorus || bar.kind == SectionKind::drop;
        if (!chorus && bar.kind != SectionKind::verse) continue;
        sections_bars[chorus] += 1;
        for (const auto& note : bar.notes) pitch[chorus] += static_cast<double>(note[2]), ++count[chorus];
        if (chorus || bar.empty()) continue;
        ++verse;
        if (chorus_bars.contains(bar.notes)) ++verse_matches;
    }
    m.has_verse_and_chorus = count[0] > 0 && count[1] > 0;
    if (m.has_verse_and_chorus) {
        m.verse_in_chorus = share(verse_matches, verse, 0);
        m.chorus_lift = pitch[1] / count[1] - pitch[0] / count[0];
        m.chorus_density = (count[1] / sections_bars[1]) / (count[0] / sections_bars[0]);
    }
    return m;
}

double complaints(const Measures& m, const music::Key& key, const style::CompositionStyle& style) {
    const bool loops = style.loops;
    double sum = 0;
    const auto within = [&](double value, double low, double high, double scale) {
        // Half the tolerance of the gate is kept as a margin: a tune near the edge is sent back as well.
        if (value < low) sum += (low - value) / scale + 0.3;
        if (value > high) sum += (value - high) / scale + 0.3;
    };
    const int notes_in_scale = static_cast<int>(music::facts(key.mode).scale.size());
    const bool pentatonic = notes_in_scale == 5;
    sum += m.key_doubt >= 1 ? 2 : m.key_doubt;
    if (m.distinct_chords < 3 && !loops) sum += 1;
    if (m.notes < 8) return sum;
    within(m.chord_tones, 0.62, 0.94, 0.1);
    within(m.downbeat_chord_tones, 0.75, 1.0, 0.1);
    within(m.diatonic, notes_in_scale < 7 ? 0.8 : 0.88, 1.0, 0.1);
    within(m.entropy, pentatonic ? 1.85 : 2.25, pentatonic ? 2.9 : 3.05, 0.3);
    if (!loops) within(m.exact_bars, 0.13, 0.62, 0.1);
    if (!loops) within(m.groove, 0.70, 0.94, 0.05);
    within(m.rhythm_bars, 0.42, loops ? 0.99 : 0.9, 0.1);
    within(m.small_intervals, 0.48, 0.83, 0.1);
    within(m.wide_leaps, 0, 0.1, 0.05);
    within(m.repeated_notes, 0, 0.42, 0.1);
    // A tune within a sixth goes nowhere; drifting tones may.
    within(m.range, style.melody.density < 0.8 ? 5 : 10, std::max(19, style.melody.range + 5), 4);
    if (m.has_verse_and_chorus) {
        within(m.verse_in_chorus, 0, 0.4, 0.2);
        if (m.chorus_lift < 2.2 && m.chorus_density < 1.17) sum += 0.5 + (2.2 - m.chorus_lift) * 0.3;
    }
    return sum;
}

}  // namespace mmx::compose
