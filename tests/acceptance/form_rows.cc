// Form: choruses that come back, verses that differ, the hook, and solos that vary it.
#include <algorithm>
#include <cmath>
#include <map>

#include "score_rows.h"

namespace mmx::acceptance {
namespace {

using Bars = std::vector<const MelodyBar*>;

Bars bars_of(const ScoreView& view, const SectionView& section) {
    Bars bars;
    for (int i = 0; i < section.bars; ++i) {
        const auto index = static_cast<std::size_t>(section.first_bar + i);
        if (index < view.bars.size()) bars.push_back(&view.bars[index]);
    }
    return bars;
}

// What a section may owe to an earlier one. The song's very last bar is its close, the tonic held, and nobody
// hears another refrain in it.
Bars owed_bars(const ScoreView& view, const SectionView& section) {
    Bars bars = bars_of(view, section);
    if (&section == &view.sections.back() && bars.size() > 2) bars.pop_back();
    return bars;
}

// A bar is shared when three quarters of its notes are: an ornament does not make another tune. Transposed as
// a whole by `lift`.
bool shared(const MelodyBar& a, const MelodyBar& b, int lift, int until) {
    std::size_t common = 0, in_a = 0, in_b = 0;
    for (std::size_t i = 0; i < a.onsets.size(); ++i) {
        if (a.onsets[i] >= until) continue;
        ++in_a;
        for (std::size_t j = 0; j < b.onsets.size(); ++j)
            common += a.onsets[i] == b.onsets[j] && a.pitches[i] + lift == b.pitches[j];
    }
    for (const int onset : b.onsets) in_b += onset < until;
    return 4 * common >= 3 * std::max(in_a, in_b);
}

// Share of the bars with notes that are the same at the same place. The second half of the last bar belongs
// to what follows: pickups. Half a chorus comes to rest where the whole one goes on: of sections of different
// length the shorter one's last bar is not compared.
double shared_bars(const Bars& a, const Bars& b, int bar_ticks) {
    const auto with_lift = [&](int lift) {
        double same = 0, all = 0;
        std::size_t bars = std::min(a.size(), b.size());
        if (a.size() != b.size() && bars > 2) --bars;
        for (std::size_t i = 0; i < bars; ++i) {
            if (a[i]->empty() && b[i]->empty()) continue;
            const bool last = i + 1 == std::min(a.size(), b.size());
            all += 1;
            same += shared(*a[i], *b[i], lift, last ? bar_ticks / 2 : bar_ticks);
        }
        return all > 0 ? same / all : -1;
    };
    double best = -1;
    for (const int lift : {0, 1, 2, 3, -12, 12}) best = std::max(best, with_lift(lift));
    return best;
}

// The sections the song is about: choruses, or drops and themes where there are none; of one kind ("theme
// a").
std::vector<const SectionView*> main_sections(const ScoreView& view) {
    for (const char* kind : {"chorus", "drop", "theme"}) {
        std::map<std::string, std::vector<const SectionView*>> groups;
        for (const SectionView* section : view.of_kind(kind)) groups[section->kind].push_back(section);
        const std::vector<const SectionView*>* most = nullptr;
        for (const auto& [name, group] : groups)
            if (most == nullptr || group.size() > most->size()) most = &group;
        if (most != nullptr) return *most;
    }
    return {};
}

struct Figures {
    double pitch = 0, density = 0;
};

Figures figures(const ScoreView& view, const std::vector<const SectionView*>& sections) {
    double notes = 0, weight = 0, pitch = 0, bars = 0;
    for (const SectionView* section : sections) {
        bars += section->bars;
        for (const MidiNote& note : view.melody) {
            if (note.start < section->start - 1e-6 || note.start >= section->end - 1e-6) continue;
            notes += 1;
            weight += note.end - note.start;
            pitch += note.pitch * (note.end - note.start);
        }
    }
    return {weight > 0 ? pitch / weight : 0, bars > 0 ? notes / bars : 0};
}

void judge_verse_and_chorus(const ScoreView& view, Findings& findings) {
    const auto verses = view.of_kind("verse");
    const auto choruses = view.of_kind("chorus");
    if (verses.empty() || choruses.empty()) return;
    const double match = shared_bars(bars_of(view, *verses.front()), bars_of(view, *choruses.front()),
                                     static_cast<int>(std::lround(view.song.bar_quarters() * 24)));
    if (match >= 0) findings.add("verse-chorus bar match", match);
    const Figures verse = figures(view, verses), chorus = figures(view, choruses);
    if (verse.density <= 0 || chorus.density <= 0) return;
    const double semitones = chorus.pitch - verse.pitch;
    const double density = chorus.density / verse.density - 1;
    char detail[100];
    std::snprintf(detail, sizeof detail, "%+.1f semitones, %+.0f %% notes a bar", semitones, 100 * density);
    findings.add("chorus lift", std::max(semitones / 2, density / 0.15), detail);
}

// The best candidate for a hook among the one- and two-bar figures of the main sections.
struct Hook {
    double score = -1;  // of the three demands the worst, as a share of what is wanted
    double recurs = 0, absent = 0, apart = 0;
    Bars bars;
    int first_bar = 0;
};

bool figure_at(const ScoreView& view, std::size_t at, const Bars& figure) {
    for (std::size_t i = 0; i < figure.size(); ++i)
        if (at + i >= view.bars.size() || !view.bars[at + i].same_shape(*figure[i])) return false;
    return true;
}

bool figure_in(const ScoreView& view, const SectionView& section, const Bars& figure) {
    for (int i = 0; i + static_cast<int>(figure.size()) <= section.bars; ++i)
        if (figure_at(view, static_cast<std::size_t>(section.first_bar + i), figure)) return true;
    return false;
}

std::vector<int> contour(const MelodyBar& bar) {
    std::vector<int> signs;
    for (const int interval : bar.intervals) signs.push_back(interval > 0 ? 1 : interval < 0 ? -1 : 0);
    return signs;
}

// Different from the bars right before and after, other than its own returns.
double stands_apart(const ScoreView& view, int first, const Bars& figure) {
    double neighbours = 0, different = 0;
    for (const int index : {first - 1, first + static_cast<int>(figure.size())}) {
        if (index < 0 || index >= static_cast<int>(view.bars.size())) continue;
        const MelodyBar& neighbour = view.bars[static_cast<std::size_t>(index)];
        const MelodyBar& own = index < first ? *figure.front() : *figure.back();
        neighbours += 1;
        if (neighbour.empty() || (!neighbour.same_rhythm(own) && contour(neighbour) != contour(own)))
            different += 1;
    }
    return neighbours > 0 ? different / neighbours : 1;
}

Hook find_hook(const ScoreView& view) {
    Hook best;
    const auto mains = main_sections(view);
    const auto verses = view.of_kind("verse");
    for (const SectionView* section : mains) {
        for (int length = 1; length <= 2; ++length) {
            for (int i = 0; i + length <= section->bars; ++i) {
                Hook hook;
                hook.first_bar = section->first_bar + i;
                std::size_t notes = 0;
                for (int j = 0; j < length; ++j) {
                    const auto index = static_cast<std::size_t>(hook.first_bar + j);
                    if (index >= view.bars.size()) break;
                    hook.bars.push_back(&view.bars[index]);
                    notes += view.bars[index].onsets.size();
                }
                if (notes < 3 || hook.bars.front()->empty()) continue;
                double in = 0, times = 0;
                for (const SectionView* one : mains) in += figure_in(view, *one, hook.bars);
                for (std::size_t at = 0; at < view.bars.size(); ++at) times += figure_at(view, at, hook.bars);
                if (times < 2) continue;
                hook.recurs = in / static_cast<double>(mains.size());
                double without = 0, verse_bars = 0;
                for (const SectionView* verse : verses)
                    for (int bar = 0; bar < verse->bars; ++bar) {
                        verse_bars += 1;
                        without +=
                            !figure_at(view, static_cast<std::size_t>(verse->first_bar + bar), hook.bars);
                    }
                hook.absent = verse_bars > 0 ? without / verse_bars : 1;
                hook.apart = stands_apart(view, hook.first_bar, hook.bars);
                hook.score = std::min({hook.recurs / 0.6, hook.absent / 0.5, hook.apart / 0.5});
                if (hook.score > best.score) best = hook;
            }
        }
    }
    return best;
}

}  // namespace

void judge_form(const ScoreView& view, Findings& findings) {
    if (!view.has_melody() || view.sections.empty()) return;
    const auto mains = main_sections(view);
    const int ticks = static_cast<int>(std::lround(view.song.bar_quarters() * 24));
    // Each later one against its best earlier sister.
    double least = 2;
    std::string where;
    for (std::size_t i = 1; i < mains.size(); ++i) {
        double best = -1;
        for (std::size_t j = 0; j < i; ++j)
            best = std::max(best, shared_bars(bars_of(view, *mains[j]), owed_bars(view, *mains[i]), ticks));
        if (best >= 0 && best < least) {
            least = best;
            where = mains[i]->label;
        }
    }
    if (least <= 1)
        findings.add(mains.front()->kind == "chorus" ? "repeated choruses" : "main theme returns", least,
                     where);
    judge_verse_and_chorus(view, findings);

    if (mains.size() < 2) return;
    const Hook hook = find_hook(view);
    char detail[160];
    std::snprintf(
        detail, sizeof detail,
        "bar %d, %zu long: in %.0f %% of main sections, absent from %.0f %% of verse bars, apart %.1f",
        hook.first_bar + 1, hook.bars.size(), 100 * hook.recurs, 100 * hook.absent, hook.apart);
    findings.add("hook", std::max(0.0, hook.score), hook.bars.empty() ? "no figure comes back" : detail);

    for (const SectionView* solo : view.of_kind("solo")) {
        const Bars bars = bars_of(view, *solo);
        double filled = 0, copied = 0, kin = 0;
        for (const MelodyBar* bar : bars) {
            if (bar->empty()) continue;
            filled += 1;
            bool same = false, related = false;
            for (std::size_t i = 0; i < view.bars.size(); ++i) {
                const auto index = static_cast<int>(i);
                if (index >= solo->first_bar && index < solo->first_bar + solo->bars) continue;
                const MelodyBar& other = view.bars[i];
                if (other.empty()) continue;
                same = same || other.same(*bar);
                related = related || other.same_rhythm(*bar) ||
                          (contour(other) == contour(*bar) && other.onsets.size() >= 4);
            }
            copied += same;
            kin += related && !same;
        }
        if (filled < 2) continue;
        findings.add("solo is no copy", 1 - copied / filled, solo->label);
        findings.add("solo varies the tune", kin / filled, solo->label);
    }
}

}  // namespace mmx::acceptance
